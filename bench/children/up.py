"""A whole node: `ghostly up` but for what it prints."""

from __future__ import annotations

import asyncio
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from bench.children.ending import arguments, heard, say
from ghostly.node import settle, up
from ghostly.settings import Settings

NEVER_S = 80_000.0
MANY = 100_000
HERE = ip_network("127.0.0.1")


async def main(
    dsn: str, data_dir: str, workers: int, browser: str | None, guarded: bool, uploads: str | None = None
) -> None:
    settings = Settings(
        port=0,
        data_dir=Path(data_dir),
        database_url=dsn,
        workers=workers,
        chromium=browser,
        egress="guarded" if guarded else "open",
        egress_allow=(HERE,),
        uploads_dir=Path(uploads) if uploads else None,
        max_streams=MANY,
        settle_after_s=NEVER_S,  # the benchmarks' own runs have a driver that does not exist
    )
    async with up(settings) as node:
        address = urlsplit(node.url)
        settle()
        say(host=address.hostname, port=address.port, key=settings.key_file.read_text("utf-8"))
        await heard()


asyncio.run(main(**arguments()))
