"""Whose things a request means."""

from __future__ import annotations

from uuid import UUID

from aiohttp import web

from ghostly.accounts import Caller
from ghostly.accounts.scopes import EVERYTHING
from ghostly.http.problems import Problem


def path_id(request: web.Request) -> UUID:
    """The id in the path; a malformed one is as unknown as any."""
    return id_of(request.match_info["id"])


def owner(request: web.Request, caller: Caller) -> UUID:
    """The caller, or the user of ``?owner=``; raises ``Problem`` (404) where that one's may not be read."""
    asked = request.query.get("owner")
    user = id_of(asked) if asked else caller.id
    if user != caller.id and EVERYTHING not in caller.scopes:
        raise Problem("not_found")
    return user


def id_of(text: str) -> UUID:
    """The id; raises ``Problem`` (404) for what cannot be one."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Problem("not_found") from error
