"""A site that serves what a test gives it, and browsers that are shared by a module's tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web

from ghostly.browser.observer import Observer
from ghostly.browser.page import Page
from ghostly.browser.pool import Browsers
from ghostly.domain.flow import Flow
from ghostly.domain.steps import Goto

# It says so before: nothing that a page is asked for comes between an answer that it waits for and what is next.
HANG = """<script>function hang() {
const last = new XMLHttpRequest(); last.open("GET", "/hung", false); last.send(); for (;;) {} }</script>"""

FURTHER = {
    "broken": (500, "<p>broken"),
    "framed": (200, "<button>Pay</button><p>card"),
    "thrower": (200, "throw new Error('boo')"),
}

Visit = Callable[..., Awaitable[Page]]


class Site:
    """Answers ``/`` with ``html``, and the other paths as their names say."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.html = ""
        self.hung = asyncio.Event()

    def flow(self, **options) -> Flow:
        return Flow(**{"base_url": self.url, "steps": [], "default_timeout_ms": 5_000} | options)

    async def hear(self, _: web.Request) -> web.Response:
        self.hung.set()
        return web.Response()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        match request.path.strip("/").split("/"):
            case ["elsewhere"]:
                raise web.HTTPFound(self.url.replace("127.0.0.1", "localhost"))
            case ["missing"]:
                return web.Response(status=404, text="<p>nothing", content_type="text/html")
            case [what] if what in FURTHER:
                status, text = FURTHER[what]
                return web.Response(status=status, text=text, content_type="text/html")
            case ["silent"]:
                await asyncio.sleep(60)
            case ["cut"]:
                request.transport.abort()
            case ["round"]:
                raise web.HTTPFound("/round")
            case ["file"]:
                return web.Response(body=b"x", headers={"Content-Disposition": "attachment"})
        return web.Response(text=f"<!doctype html><title>t</title>{self.html}", content_type="text/html")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    site = Site("")
    app = web.Application()
    app.router.add_get("/hung", site.hear)
    app.router.add_get("/{path:.*}", site.answer)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    site.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield site
    await runner.cleanup()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browsers() -> AsyncIterator[Browsers]:
    browsers = Browsers(executable=None, slots=2)
    await browsers.start()
    yield browsers
    await browsers.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lonely() -> AsyncIterator[Browsers]:
    """Browsers with one slot, whose browser a test may do anything to."""
    browsers = Browsers(executable=None, slots=1)
    yield browsers
    await browsers.close()


@pytest.fixture
def artifacts(tmp_path: Path) -> Path:
    return tmp_path / "run-1"


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browsers: Browsers, site: Site, artifacts: Path) -> AsyncIterator[Visit]:
    """Opens a page on which the given HTML is loaded; keyword arguments are the flow's."""
    async with AsyncExitStack() as stack:

        async def visit(html: str, **options) -> Page:
            site.html = html
            flow = site.flow(**options)
            page = await stack.enter_async_context(browsers.page(flow, artifacts=artifacts, run="run-1"))
            await page.perform(Goto(url="/", timeout_ms=30_000), 0)
            return page

        yield visit


@pytest_asyncio.fixture(loop_scope="module")
async def observe(visit: Visit, site: Site) -> Callable[[str], Awaitable[Observer]]:
    """Loads the given HTML while the observer that it answers listens."""

    async def observe(html: str) -> Observer:
        page = await visit("")
        observer = Observer(page._tab.page)
        site.html = html
        await page.perform(Goto(url="/", timeout_ms=30_000), 1)
        return observer

    return observe


@pytest_asyncio.fixture(loop_scope="module")
async def hanging(visit: Visit, site: Site) -> Page:
    """A page that was loaded, and that a script keeps busy for ever since then."""
    site.hung.clear()
    page = await visit(
        "<input id=f><button>B</button><script>onload = () => setTimeout(hang, 200)</script>" + HANG
    )
    await site.hung.wait()
    return page
