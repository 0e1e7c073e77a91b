"""Logging in, and what a user has."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from msgspec import Struct

from ghostly.accounts import Caller, Project
from ghostly.accounts.users import READ
from ghostly.domain.moment import rfc3339
from ghostly.http.auth import SIGNER, allowed
from ghostly.http.body import answer, read
from ghostly.http.context import CLOCK, PROJECTS, USERS
from ghostly.http.problems import Problem


class Login(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a login."""

    email: str
    password: str


async def log_in(request: web.Request) -> web.Response:
    """POST /v1/auth/login."""
    body = await read(request, Login)
    caller = await request.app[USERS].log_in(body.email, body.password)
    if caller is None:
        raise Problem("invalid_credentials")
    token = request.app[SIGNER].issue(caller.id, request.app[CLOCK]())
    return answer({"ok": True, "token": token, "user": _user(caller)})


async def me(request: web.Request) -> web.Response:
    """GET /v1/auth/me."""
    return answer({"ok": True, "user": _user(await allowed(request, READ))})


async def projects(request: web.Request) -> web.Response:
    """GET /v1/projects."""
    caller = await allowed(request, READ)
    found = await request.app[PROJECTS].all(caller.id)
    return answer([_project(project) for project in found])


def _project(project: Project) -> dict[str, Any]:
    shown = project._asdict()
    return shown | {"createdAt": rfc3339(shown.pop("created_at"))}


def _user(caller: Caller) -> dict[str, Any]:
    return {"id": caller.id, "email": caller.email, "role": caller.role}
