"""Logging in, who there is, and tickets for URLs."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Literal

from aiohttp import web
from msgspec import Meta, Struct

from ghostly.accounts import Caller, User
from ghostly.accounts.scopes import ADMIN, EVERYTHING, READ
from ghostly.domain.errors import Flaw
from ghostly.domain.moment import rfc3339
from ghostly.http.auth import AFTERWARDS, allowed, identified
from ghostly.http.body import answer, read
from ghostly.http.context import CLOCK, LOGINS, POOL, USERS
from ghostly.http.owners import id_of, path_id
from ghostly.http.problems import Problem
from ghostly.http.signer import SIGNER, Ticket
from ghostly.http.visible import may_see
from ghostly.projections.run_end import find_end

LONGEST = timedelta(hours=24)
_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+")


class Login(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a login."""

    email: str
    password: str


class Registration(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a registration."""

    email: Annotated[str, Meta(max_length=254)]
    password: Annotated[str, Meta(min_length=8, max_length=1024)]
    role: Literal["member", "admin"] = "member"


class TicketFor(Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """The body of a request for a ticket."""

    run_id: str


async def log_in(request: web.Request) -> web.Response:
    """POST /v1/auth/login."""
    body = await read(request, Login)
    # The peer's address, whatever X-Forwarded-For says: anyone can write that.
    caller = await request.app[LOGINS].log_in(body.email, body.password, request.remote or "")
    token = request.app[SIGNER].issue(caller.id, request.app[CLOCK]())
    return answer({"ok": True, "token": token, "user": _user(caller)})


async def me(request: web.Request) -> web.Response:
    """GET /v1/auth/me."""
    return answer({"ok": True, "user": _user(await identified(request))})


async def register(request: web.Request) -> web.Response:
    """POST /v1/auth/register."""
    caller = await allowed(request, ADMIN)
    body = await read(request, Registration)
    if not _EMAIL.fullmatch(body.email):
        raise Problem("validation_error", [Flaw("email", "must be an e-mail address")])
    user = await request.app[USERS].register(body.email, body.password, body.role, admin=caller.id)
    return answer({"ok": True, "user": _user(user)}, 201)


async def get_users(request: web.Request) -> web.Response:
    """GET /v1/users."""
    await allowed(request, EVERYTHING)
    users = await request.app[USERS].all()
    return answer([_user(user) | {"createdAt": rfc3339(user.created_at)} for user in users])


async def remove_user(request: web.Request) -> web.Response:
    """DELETE /v1/users/{id}."""
    caller = await allowed(request, ADMIN)
    await request.app[USERS].remove(path_id(request), admin=caller.id)
    return answer({"ok": True})


async def stream_ticket(request: web.Request) -> web.Response:
    """POST /v1/auth/stream-ticket."""
    caller = await allowed(request, READ)
    run = id_of((await read(request, TicketFor)).run_id)
    end = await find_end(request.app[POOL], run)
    if end is None or not may_see(caller, end.owner):
        raise Problem("not_found")
    now = request.app[CLOCK]()
    until = now + (LONGEST if end.finished_at is None else AFTERWARDS)
    ticket = Ticket(caller.id, run, caller.key, EVERYTHING in caller.scopes, now)
    token = request.app[SIGNER].issue_ticket(ticket, until)
    return answer({"ok": True, "token": token, "expiresAt": rfc3339(until)})


def _user(user: Caller | User) -> dict[str, Any]:
    return {"id": user.id, "email": user.email, "role": user.role}
