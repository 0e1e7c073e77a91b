"""The routes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web

from ghostly.http import account, health, runs, start
from ghostly.http.body import LARGE
from ghostly.http.problems import problems
from ghostly.http.records import RECORDS, Records
from ghostly.http.stream import STREAMS, Streams, stream

ROUTES = [
    web.get("/health", health.health),
    web.get("/ready", health.ready),
    web.post("/v1/auth/login", account.log_in),
    web.get("/v1/auth/me", account.me),
    web.get("/v1/projects", account.projects),
    web.post("/v1/run", start.start),
    web.get("/v1/runs", runs.get_runs),
    web.get("/v1/runs/{id}", runs.get_run),
    web.post("/v1/runs/{id}/cancel", runs.cancel),
    web.get("/v1/runs/{id}/events/stream", stream),
]


def app(streams: Streams | None = None) -> web.Application:
    """The application, still without what its handlers share (``ghostly.http.context``)."""
    made = web.Application(middlewares=[problems], client_max_size=LARGE)
    made.add_routes(ROUTES)
    made[RECORDS] = Records()
    made[STREAMS] = streams or Streams()
    made.cleanup_ctx.append(_tend_streams)
    return made


async def _tend_streams(made: web.Application) -> AsyncIterator[None]:
    tending = asyncio.create_task(made[STREAMS].tend(made), name="streams")
    yield
    tending.cancel()
    with suppress(asyncio.CancelledError):
        await tending
