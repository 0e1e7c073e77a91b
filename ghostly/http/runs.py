"""POST /v1/runs/{id}/cancel."""

from __future__ import annotations

from typing import Annotated

from aiohttp import web
from msgspec import Meta, Struct

from ghostly.accounts.scopes import WRITE
from ghostly.http.auth import allowed
from ghostly.http.body import answer, read
from ghostly.http.context import RUNS
from ghostly.http.problems import Problem
from ghostly.http.visible import find, may_change


class Cancellation(Struct, frozen=True, forbid_unknown_fields=True):
    """The optional body of a cancel."""

    reason: Annotated[str, Meta(max_length=256)] | None = None


async def cancel(request: web.Request) -> web.Response:
    """POST /v1/runs/{id}/cancel."""
    caller = await allowed(request, WRITE)
    row = await find(request, caller)
    if not may_change(caller, row.owner):
        raise Problem("forbidden")
    body = await read(request, Cancellation)
    run = await request.app[RUNS].cancel(row.id, by=str(caller.id), reason=body.reason)
    stale = {"status": "cancelled", "stale": True} if run.stale else {"status": "cancelling"}
    return answer({"ok": True, "id": run.id, **stale})
