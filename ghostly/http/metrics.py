"""GET /metrics: what Prometheus reads."""

from __future__ import annotations

import math
from functools import cache

from aiohttp import hdrs, web
from prometheus_client import Counter

from ghostly import telemetry
from ghostly.http.context import WORKERS
from ghostly.http.openapi import Answer, Group, described
from ghostly.http.problems import UNREACHABLE, Handler
from ghostly.http.streams import STREAMS

COUNTED = 100_000
UNMATCHED = "unmatched"

_METHODS = frozenset(hdrs.METH_ALL)


@described(
    "Read the metrics",
    "What Prometheus reads, of this process. Nothing in it is a user's.",
    Group.SERVER,
    None,
    Answer("How much was done, and how long the queue is.", media=("text/plain",)),
    stored=False,
)
async def metrics(request: web.Request) -> web.Response:
    """GET /metrics: how much was done, and how long the queue is."""
    telemetry.STREAMS_OPEN.set(request.app[STREAMS].count)
    telemetry.QUEUED.set(await _queued(request))
    return web.Response(body=telemetry.exposition(), headers={hdrs.CONTENT_TYPE: telemetry.EXPOSITION_TYPE})


async def _queued(request: web.Request) -> float:
    try:
        return await request.app[WORKERS].queued(most=COUNTED)
    except UNREACHABLE:
        return math.nan  # nobody knows


@web.middleware
async def counted(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Count the request by its route, method and answer; never by what a client can make up."""
    status = 499  # who has gone is answered nothing
    try:
        response = await handler(request)
        status = response.status
    finally:
        resource = request.match_info.route.resource
        route = resource.canonical if resource is not None else UNMATCHED
        method = request.method if request.method in _METHODS else "other"
        _counter(route, method, str(status)).inc()
    return response


@cache
def _counter(route: str, method: str, status: str) -> Counter:
    return telemetry.REQUESTS.labels(route, method, status)
