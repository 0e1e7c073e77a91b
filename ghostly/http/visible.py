"""Which run a request means, and who may know of it."""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from ghostly.accounts import Caller
from ghostly.accounts.scopes import ADMIN, EVERYTHING
from ghostly.http.owners import path_id
from ghostly.http.problems import Problem
from ghostly.http.records import RECORDS
from ghostly.projections.run_view import Stand


async def find(request: web.Request, caller: Caller) -> Stand:
    """How far the run of the path is; raises what ``visible`` does."""
    return await visible(request, caller, path_id(request))


async def visible(request: web.Request, caller: Caller, run: UUID) -> Stand:
    """How far the run is; raises ``Problem`` (404) also for someone else's: nobody can tell the two apart."""
    stand = await request.app[RECORDS].stand(run)
    if stand is None or not (stand.owner == caller.id or EVERYTHING in caller.scopes):
        raise Problem("not_found")
    return stand


def may_change(caller: Caller, owner: UUID) -> bool:
    """Whether the caller may write to a run that it may see: who audits others' runs only reads them."""
    return owner == caller.id or ADMIN in caller.scopes
