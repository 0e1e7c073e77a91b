from __future__ import annotations

import asyncio

from ghostly.settings import Settings
from ghostly.store import database
from tests.node.processes import postgres


async def test_however_often_somebody_presses_ctrl_c_no_server_is_left_behind(reachable):
    given, begun = Settings(data_dir=reachable / "impatient"), asyncio.Event()

    async def hold():
        async with database(given):
            begun.set()
            await asyncio.Event().wait()

    holding = asyncio.create_task(hold())
    await begun.wait()
    while not holding.done():
        holding.cancel()
        await asyncio.sleep(0.001)

    assert postgres(given.data_dir) == set()
    assert holding.cancelled()
