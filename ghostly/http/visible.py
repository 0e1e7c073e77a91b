"""Which run a path means, and who may know of it."""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from ghostly.accounts import Caller
from ghostly.domain.errors import RunNotFound
from ghostly.http.context import POOL
from ghostly.projections.run_view import Row, find_row

EVERYTHING = "audit:read"
ADMIN = "admin"


async def find(request: web.Request, caller: Caller) -> Row:
    """The run of the path; raises ``RunNotFound`` also for someone else's: nobody can tell the two apart."""
    row = await find_row(request.app[POOL], run_id(request))
    if row is None or not may_see(caller, row.owner):
        raise RunNotFound("no such run, or someone else's")
    return row


def run_id(request: web.Request) -> UUID:
    """The id in the path; a malformed one is as unknown as any."""
    try:
        return UUID(request.match_info["id"])
    except ValueError as error:
        raise RunNotFound("no such run") from error


def may_see(caller: Caller, owner: UUID) -> bool:
    """Whether the caller may know that there is such a run."""
    return owner == caller.id or EVERYTHING in caller.scopes


def may_change(caller: Caller, owner: UUID) -> bool:
    """Whether the caller may write to a run that it may see: who audits others' runs only reads them."""
    return owner == caller.id or ADMIN in caller.scopes
