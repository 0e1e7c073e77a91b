"""A node with a real browser, shared by a module's tests, and a site whose pages the test writes."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
import pytest_asyncio
from aiohttp import web

from ghostly import node
from ghostly.event_log import Stored
from ghostly.http.client import Client
from ghostly.node import Node
from ghostly.settings import Settings
from tests.conftest import database

SECRETS = {"CARD": "4111 1111/1111+1111", "PLAIN": "hunter-two"}


class Site:
    """Answers every path with the HTML that a test gave it, and counts."""

    def __init__(self) -> None:
        self.url = ""
        self.pages: dict[str, str] = {}
        self.visits: Counter[str] = Counter()

    async def answer(self, request: web.Request) -> web.Response:
        self.visits[request.path] += 1
        if request.path not in self.pages:
            return web.Response(status=404, text="nothing here")
        return web.Response(
            text=f"<!doctype html><title>t</title>{self.pages[request.path]}", content_type="text/html"
        )


@dataclass(frozen=True)
class Told:
    """A run that has ended: its record, and everything the log has of it."""

    record: Any
    events: list[Stored]

    def payloads(self, topic: str) -> list[Any]:
        return [msgspec.json.decode(event.data) for event in self.events if event.topic == topic]


class Tester:
    """Asks the node for runs on the site."""

    __test__ = False  # its name looks as if it were one

    def __init__(self, client: Client, up: Node, site: Site, artifacts: Path) -> None:
        self.client = client
        self.up = up
        self.site = site
        self.artifacts = artifacts

    async def starts(self, *steps: Any, html: str | None = None, **options: Any) -> str:
        if html is not None:
            self.site.pages["/"] = html
        body = {"project": "default", "baseUrl": self.site.url, "defaultTimeoutMs": 5_000, "steps": list(steps)}
        return await self.client.start(body | options)

    async def runs(self, *steps: Any, **options: Any) -> Told:
        return await self.ended(await self.starts(*steps, **options))

    async def ended(self, run: str) -> Told:
        async with asyncio.timeout(60):
            _ = [message async for message in self.client.follow(run)]
        return Told(await self.client.record(run), await self.up.store.log.read(UUID(run)))

    async def reached(self, run: str, seq: int) -> None:
        """Wait until the run has so many events."""
        async with asyncio.timeout(60):
            while (await self.client.record(run))["seq"] < seq:
                await asyncio.sleep(0.02)


@asynccontextmanager
async def serving(site: Site, method: str = "GET") -> AsyncIterator[None]:
    """The site answers on loopback meanwhile."""
    app = web.Application()
    app.router.add_route(method, "/{path:.*}", site.answer)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield
    await runner.cleanup()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    site = Site()
    async with serving(site):
        yield site


@asynccontextmanager
async def asking(settings: Settings, site: Site) -> AsyncIterator[Tester]:
    """A node of these settings meanwhile, and who asks it for runs."""
    async with node.up(settings) as up, Client(up.url, up.credentials.api_key) as client:
        yield Tester(client, up, site, settings.artifacts_dir)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tester(server: str, template: str, tmp_path_factory, site: Site) -> AsyncIterator[Tester]:
    directory = tmp_path_factory.mktemp("data")
    uploads = tmp_path_factory.mktemp("uploads")
    (uploads / "cv.txt").write_text("my life")
    async with database(server, template) as dsn:
        settings = Settings(
            database_url=dsn, data_dir=directory, port=0, workers=2, secrets=SECRETS, uploads_dir=uploads
        )
        async with asking(settings, site) as tester:
            yield tester


@pytest.fixture(autouse=True)
def empty_site(site: Site) -> None:
    site.pages.clear()
    site.visits.clear()
