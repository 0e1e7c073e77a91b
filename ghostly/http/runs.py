"""The run: its record, the list, and how it is cancelled."""

from __future__ import annotations

from typing import Annotated

from aiohttp import web
from msgspec import Meta, Struct

from ghostly.accounts.users import READ, WRITE
from ghostly.domain.errors import Flaw
from ghostly.http.auth import allowed
from ghostly.http.body import answer, answer_bytes, read
from ghostly.http.context import LOG, POOL, PROJECTS, RUNS
from ghostly.http.problems import Problem
from ghostly.http.records import RECORDS
from ghostly.http.visible import find, is_number, may_change
from ghostly.projections import run_view
from ghostly.projections.run_list import list_runs
from ghostly.projections.run_view import Row


class Cancellation(Struct, frozen=True, forbid_unknown_fields=True):
    """The optional body of a cancel."""

    reason: Annotated[str, Meta(max_length=256)] | None = None


async def get_run(request: web.Request) -> web.Response:
    """GET /v1/runs/{id}."""
    caller = await allowed(request, READ)
    if "atSeq" in request.query:
        row = await find(request, caller)
        return answer(
            run_view.as_of(await run_view.read_all(request.app[LOG], row.id, up_to=_at_seq(request, row)))
        )
    return answer_bytes(await request.app[RECORDS].get(request, caller))


async def get_runs(request: web.Request) -> web.Response:
    """GET /v1/runs."""
    caller = await allowed(request, READ)
    project = None
    if name := request.query.get("project"):
        project = await request.app[PROJECTS].find(caller.id, name)
        if project is None:
            return answer([])
    return answer(await list_runs(request.app[POOL], caller.id, project=project and project.id))


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


def _at_seq(request: web.Request, row: Row) -> int:
    text = request.query["atSeq"]
    if not is_number(text) or not 1 <= int(text) <= row.seq:
        raise Problem("validation_error", [Flaw("atSeq", f"must be 1 to {row.seq}")])
    return int(text)
