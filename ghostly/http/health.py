"""Whether the node lives, and whether it is ready."""

from __future__ import annotations

import asyncpg
from aiohttp import web

from ghostly.database.migrations import pending
from ghostly.http.body import answer, answer_bytes
from ghostly.http.context import POOL, WORKERS

LIVE = b'{"status":"ok"}'
WORKER_SEEN_S = 30.0


async def health(_: web.Request) -> web.Response:
    """GET /health: the process answers."""
    return answer_bytes(LIVE)


async def ready(request: web.Request) -> web.Response:
    """GET /ready: 200, or 503 with what is missing."""
    missing = await _missing(request)
    if missing:
        return answer({"status": "not ready", "missing": missing}, 503, **{"Retry-After": "2"})
    return answer({"status": "ready"})


async def _missing(request: web.Request) -> list[str]:
    try:
        async with request.app[POOL].acquire(timeout=2) as connection:
            missing = ["migrations"] if await pending(connection) else []
        return missing + ([] if await request.app[WORKERS].seen_within(WORKER_SEEN_S) else ["worker"])
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return ["database"]
