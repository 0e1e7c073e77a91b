"""The fixture application: to-dos, forms, a shop; its faults are switched on in the address.

``/<visit>/<fault>+<fault>/todos``: each visit has a server state of its own, so that many runs can use one server
at once. ``plain`` stands for no fault; ``es`` makes the pages Spanish.
"""

from __future__ import annotations

import socket
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from aiohttp import web
from aiohttp.typedefs import Handler

from bench.truth.pages import (
    backrooms,
    catalogues,
    counters,
    desks,
    forms,
    memberships,
    oddities,
    offices,
    panels,
    paperwork,
    registers,
    shop,
    storefronts,
    todos,
    workshops,
)
from bench.truth.place import PLACE, PLAIN, Place, Things, hang_up, page

VISITS = web.AppKey("VISITS", dict[str, Things])

_PAGES = (
    *(todos, forms, shop, oddities, registers, panels, catalogues, counters, offices, workshops),
    *(storefronts, backrooms, desks, memberships, paperwork),
)


class Site(NamedTuple):
    """Where the application is, and an address of this machine at which nothing is."""

    url: str
    down: str


@asynccontextmanager
async def serve() -> AsyncIterator[Site]:
    """A new one, on a free port; afterwards it is gone."""
    app = web.Application(middlewares=[_placed])
    app[VISITS] = defaultdict(Things)
    for module in _PAGES:
        app.add_routes(module.ROUTES)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and never listened on
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            port = listening.getsockname()[1]
            app[oddities.ELSEWHERE] = f"http://localhost:{port}"
            await runner.setup()
            await web.SockSite(runner, listening).start()
            try:
                yield Site(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{taken.getsockname()[1]}")
            finally:
                await runner.cleanup()


@web.middleware
async def _placed(request: web.Request, handler: Handler) -> web.StreamResponse:
    visit, _, rest = request.path.removeprefix("/").partition("/")
    faults = frozenset(rest.partition("/")[0].split("+")) - {PLAIN}
    request[PLACE] = Place(visit, faults, request.app[VISITS][visit])
    if request.app[VISITS][visit].gone:
        return hang_up(request)
    try:
        return await handler(request)
    except web.HTTPNotFound:
        if request.path == "/favicon.ico":
            return web.Response(status=204)
        return page(request, "Page not found", "<p>There is nothing at this address.</p>", status=404)
