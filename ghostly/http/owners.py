"""Whose things a request means."""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from ghostly.accounts import Caller
from ghostly.accounts.scopes import EVERYTHING
from ghostly.http.problems import Problem
from ghostly.http.query import Id, id_of

OWNER = Id("owner", "The user whose things are meant; somebody else's are for who may read everything.")


def path_id(request: web.Request) -> UUID:
    """The id in the path; a malformed one is as unknown as any."""
    return id_of(request.match_info["id"])


def owner(request: web.Request, caller: Caller) -> UUID:
    """The caller, or the user of ``?owner=``; raises ``Problem`` (404) where that one's may not be read."""
    user = OWNER.of(request) or caller.id
    if user != caller.id and EVERYTHING not in caller.scopes:
        raise Problem("not_found")
    return user
