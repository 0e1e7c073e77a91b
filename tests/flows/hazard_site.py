"""The site of the hazards: one path each, on loopback, and under another name elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from tests.flows.hazards import BIG, HAZARDS

PIECE = b"0123456789abcde\n" * 2**16
FILE = {"Content-Disposition": "attachment; filename=endless.bin", "Content-Type": "application/octet-stream"}
HTML = {"Content-Type": "text/html"}
REDIRECTS = {
    "/to-elsewhere": "ELSEWHERE/fine",
    "/to-file": "file:///etc/hostname",
    "/to-data": "data:text/html,there",
    "/round": "/round",
}
PAGES = {hazard.place: hazard.html for hazard in HAZARDS.values()} | {"/hang": "<script>for (;;) {}</script>"}


class HazardSite:
    """Where it is; ``url`` is at home, ``elsewhere`` is the same under a name of another origin."""

    port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def elsewhere(self) -> str:
        return f"http://localhost:{self.port}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        special = SPECIAL.get(request.path)
        if special is not None:
            return await special(request)
        if request.path in REDIRECTS:
            headers = {"Location": REDIRECTS[request.path].replace("ELSEWHERE", self.elsewhere)}
            return web.Response(status=302, headers=headers)
        return page(PAGES.get(request.path, "<p>fine").replace("ELSEWHERE", self.elsewhere))


@asynccontextmanager
async def hazard_site() -> AsyncIterator[HazardSite]:
    """The site, on a free port of this machine."""
    app = web.Application()
    runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
    site = HazardSite()
    app.router.add_get("/{path:.*}", site.answer)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.port = runner.addresses[0][1]
    yield site
    await runner.cleanup()


def page(html: str, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    text = f"<!doctype html><title>t</title>{html}"
    return web.Response(text=text, status=status, headers=headers, content_type="text/html")


async def stream(request: web.Request, body: AsyncIterator[bytes], headers: dict[str, str]) -> web.StreamResponse:
    response = web.StreamResponse(headers=headers)
    await response.prepare(request)
    async for piece in body:
        await response.write(piece)
    return response


async def forever(piece: bytes, pause: float) -> AsyncIterator[bytes]:
    while True:
        yield piece
        await asyncio.sleep(pause)


async def pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // len(PIECE)):
        yield PIECE
        await asyncio.sleep(0)


async def never(_: web.Request) -> web.StreamResponse:
    await asyncio.sleep(3_600)
    return web.Response()


async def late(_: web.Request) -> web.StreamResponse:
    await asyncio.sleep(0.6)
    return page("<p>late, but here")


async def drip(request: web.Request) -> web.StreamResponse:
    return await stream(request, forever(b"<p>more", 0.1), HTML)


async def fast(request: web.Request) -> web.StreamResponse:
    return await stream(request, forever(PIECE, 0), FILE)


async def slow(request: web.Request) -> web.StreamResponse:
    return await stream(request, forever(b"x" * 1_000, 0.1), FILE)


async def big(request: web.Request) -> web.StreamResponse:
    return await stream(request, pieces(BIG), HTML)


async def nothing(_: web.Request) -> web.StreamResponse:
    return web.Response(status=204)


async def locked(_: web.Request) -> web.StreamResponse:
    return page("<p>who are you?", 401, {"WWW-Authenticate": 'Basic realm="here"'})


SPECIAL: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {
    "/never": never,
    "/late": late,
    "/drip": drip,
    "/fast": fast,
    "/slow": slow,
    "/big": big,
    "/204": nothing,
    "/401": locked,
}
