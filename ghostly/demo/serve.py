"""The shop on a port of this machine, as long as somebody needs it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from ghostly.demo.shop import shop
from ghostly.settings import address


@asynccontextmanager
async def serve_shop(host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serves a new shop and yields its base URL; port 0 takes a free one. Afterwards it is gone."""
    runner = web.AppRunner(shop(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield address(*runner.addresses[0][:2])
    finally:
        await runner.cleanup()
