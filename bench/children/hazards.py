"""The pages on which a run could stay for ever: those of the tests."""

from __future__ import annotations

import asyncio

from bench.children.ending import heard, say
from tests.flows.hazard_site import hazard_site


async def main() -> None:
    async with hazard_site() as site:
        say(url=site.url)
        await heard()


asyncio.run(main())
