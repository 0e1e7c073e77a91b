"""Whether the node lives, and whether it is ready."""

from __future__ import annotations

import asyncio
from typing import Literal, TypeAlias

from aiohttp import web
from msgspec import UNSET, Struct, UnsetType

from ghostly.database.errors import REFUSING
from ghostly.database.migrations import pending
from ghostly.http.body import answer, answer_bytes
from ghostly.http.context import POOL, WORKERS
from ghostly.http.openapi import Answer, Group, described
from ghostly.http.openapi.shapes import RETRY_AFTER

LIVE = b'{"status":"ok"}'
WORKER_SEEN_S = 30.0
LOOK_S = 2.0

Missing: TypeAlias = Literal["database", "migrations", "worker"]


class Health(Struct, frozen=True):
    """The process answers."""

    status: Literal["ok"]


class Readiness(Struct, frozen=True, omit_defaults=True):
    """Whether the node can do its work, and what is missing if it cannot."""

    status: Literal["ready", "not ready"]
    missing: list[Missing] | UnsetType = UNSET


@described(
    "See whether the process lives",
    "The process answers. Needs no database.",
    Group.SERVER,
    None,
    Answer("It does.", Health),
    stored=False,
)
async def health(_: web.Request) -> web.Response:
    """GET /health: the process answers."""
    return answer_bytes(LIVE)


@described(
    "See whether the node is ready",
    "The database can be reached, no migration is missing, and some worker was seen in the last 30 seconds.",
    Group.SERVER,
    None,
    {
        200: Answer("It is.", Readiness),
        503: Answer("Something is missing.", Readiness, headers=(RETRY_AFTER,)),
    },
    stored=False,
)
async def ready(request: web.Request) -> web.Response:
    """GET /ready: 200, or 503 with what is missing."""
    missing = await _missing(request)
    if missing:
        return answer(Readiness("not ready", missing), 503, **{RETRY_AFTER.name: "2"})
    return answer(Readiness("ready"))


async def _missing(request: web.Request) -> list[Missing]:
    try:
        async with asyncio.timeout(LOOK_S):  # one that hangs is as little of a database as one that is gone
            async with request.app[POOL].acquire() as connection:
                missing: list[Missing] = ["migrations"] if await pending(connection) else []
            return missing if await request.app[WORKERS].seen_within(WORKER_SEEN_S) else [*missing, "worker"]
    except REFUSING:
        return ["database"]
