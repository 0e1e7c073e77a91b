"""Whole nodes on one database, and a page that counts its visitors."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from ghostly.settings import Settings


@pytest.fixture
def settings(dsn: str, tmp_path: Path) -> Settings:
    """Those of a node with the embedded database of the tests."""
    return Settings(database_url=dsn, data_dir=tmp_path, port=0, workers=1, settle_after_s=1)


class Shop:
    """A page, and how often each of its addresses was opened."""

    def __init__(self) -> None:
        self.url = ""
        self.visits: Counter[str] = Counter()

    async def answer(self, request: web.Request) -> web.Response:
        self.visits[request.path] += 1
        return web.Response(text="<!doctype html><input id=who><p>here", content_type="text/html")


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    shop, app = Shop(), web.Application()
    app.router.add_get("/{path:.*}", shop.answer)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    shop.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield shop
    await runner.cleanup()
