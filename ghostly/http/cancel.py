"""POST /v1/runs/{id}/cancel."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from aiohttp import web
from msgspec import UNSET, Meta, Struct, UnsetType

from ghostly.accounts.scopes import WRITE
from ghostly.http.auth import allowed
from ghostly.http.body import answer, read
from ghostly.http.context import RUNS
from ghostly.http.openapi import Answer, Group, described
from ghostly.http.problems import Problem
from ghostly.http.visible import find, may_change


class Cancellation(Struct, frozen=True, forbid_unknown_fields=True):
    """The optional body of a cancel."""

    reason: Annotated[str, Meta(max_length=256)] | None = None


class Cancelling(Struct, frozen=True, omit_defaults=True):
    """The run is being stopped; or, if nobody was left to stop it, it is over: `cancelled` and `stale`."""

    ok: bool
    id: UUID
    status: Literal["cancelling", "cancelled"]
    stale: bool | UnsetType = UNSET


@described(
    "Cancel a run",
    "Its browser is gone within five seconds, whatever the page is doing. Asking twice is asking once.",
    Group.RUNS,
    WRITE,
    Answer("It is being stopped, or is over.", Cancelling),
    body=Cancellation,
    errors=("run_already_finished",),
)
async def cancel(request: web.Request) -> web.Response:
    """POST /v1/runs/{id}/cancel."""
    caller = await allowed(request, WRITE)
    stand = await find(request, caller)
    if not may_change(caller, stand.owner):
        raise Problem("forbidden")
    body = await read(request, Cancellation)
    run = await request.app[RUNS].cancel(stand.id, by=str(caller.id), reason=body.reason)
    if run.stale:
        return answer(Cancelling(ok=True, id=run.id, status="cancelled", stale=True))
    return answer(Cancelling(ok=True, id=run.id, status="cancelling"))
