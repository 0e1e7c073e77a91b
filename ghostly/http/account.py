"""Logging in, who there is, and tickets for URLs."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from aiohttp import web
from msgspec import Meta, Struct

from ghostly.accounts import Caller, User
from ghostly.accounts.scopes import ADMIN, EVERYTHING, READ
from ghostly.domain.errors import Flaw
from ghostly.domain.moment import rfc3339
from ghostly.http.addresses import address_of
from ghostly.http.auth import AFTERWARDS, allowed, identified
from ghostly.http.body import answer, read
from ghostly.http.context import CLOCK, LOGINS, USERS
from ghostly.http.openapi import Answer, Done, Group, Time, described
from ghostly.http.openapi.operation import ANY
from ghostly.http.owners import path_id
from ghostly.http.problems import Problem
from ghostly.http.query import id_of
from ghostly.http.signer import SIGNER, Ticket
from ghostly.http.visible import visible

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


class Person(Struct, frozen=True):
    """A user."""

    id: UUID
    email: str
    role: Literal["member", "admin"]


class ListedPerson(Struct, frozen=True, rename="camel"):
    """A user, and since when there is one."""

    id: UUID
    email: str
    role: Literal["member", "admin"]
    created_at: Time


class Identity(Struct, frozen=True):
    """Who it is."""

    ok: bool
    user: Person


class LoggedIn(Struct, frozen=True):
    """A token, and who has it."""

    ok: bool
    token: str
    user: Person


class IssuedTicket(Struct, frozen=True, rename="camel"):
    """A token for a URL, and the latest that it can be good."""

    ok: bool
    token: str
    expires_at: Time


@described(
    "Log in",
    "A token for an e-mail and a password. Capitals in the e-mail do not matter; wrong logins are limited.",
    Group.ACCOUNTS,
    None,
    Answer("The token.", LoggedIn),
    body=Login,
    errors=("invalid_credentials", "rate_limited"),
)
async def log_in(request: web.Request) -> web.Response:
    """POST /v1/auth/login."""
    body = await read(request, Login)
    caller = await request.app[LOGINS].log_in(body.email, body.password, address_of(request))
    token = request.app[SIGNER].issue(caller.id, request.app[CLOCK]())
    return answer(LoggedIn(ok=True, token=token, user=_person(caller)))


@described(
    "Say who I am",
    "Who the credential belongs to. Any good credential may ask, whatever its scopes.",
    Group.ACCOUNTS,
    ANY,
    Answer("The user.", Identity),
)
async def me(request: web.Request) -> web.Response:
    """GET /v1/auth/me."""
    return answer(Identity(ok=True, user=_person(await identified(request))))


@described(
    "Register a user",
    "A new user, who gets the project `default`.",
    Group.ACCOUNTS,
    ADMIN,
    {201: Answer("The user.", Identity)},
    body=Registration,
    errors=("email_taken", "rate_limited"),
)
async def register(request: web.Request) -> web.Response:
    """POST /v1/auth/register."""
    caller = await allowed(request, ADMIN)
    body = await read(request, Registration)
    if not _EMAIL.fullmatch(body.email):
        raise Problem("validation_error", [Flaw("email", "must be an e-mail address")])
    user = await request.app[USERS].register(body.email, body.password, body.role, admin=caller.id)
    return answer(Identity(ok=True, user=_person(user)), 201)


@described(
    "List users",
    "Everybody, the oldest first.",
    Group.ACCOUNTS,
    EVERYTHING,
    Answer("The users.", list[ListedPerson]),
)
async def get_users(request: web.Request) -> web.Response:
    """GET /v1/users."""
    await allowed(request, EVERYTHING)
    users = await request.app[USERS].all()
    return answer([ListedPerson(*_who(user), rfc3339(user.created_at)) for user in users])


@described(
    "Take a user away",
    "With keys, projects and secrets. Runs stay in the log, and those under way go on.",
    Group.ACCOUNTS,
    ADMIN,
    Answer("The user is gone.", Done),
    errors=("last_admin",),
)
async def remove_user(request: web.Request) -> web.Response:
    """DELETE /v1/users/{id}."""
    caller = await allowed(request, ADMIN)
    await request.app[USERS].remove(path_id(request), admin=caller.id)
    return answer(Done(ok=True))


@described(
    "Make a ticket for a URL",
    "A token that opens the stream and the files of one run as `?token=`, and nothing else. It lasts until ten "
    "minutes after the run has ended, and 24 hours at most.",
    Group.ACCOUNTS,
    READ,
    Answer("The ticket.", IssuedTicket),
    body=TicketFor,
    errors=("not_found",),
)
async def stream_ticket(request: web.Request) -> web.Response:
    """POST /v1/auth/stream-ticket."""
    caller = await allowed(request, READ)
    run = id_of((await read(request, TicketFor)).run_id)
    stand = await visible(request, caller, run)
    now = request.app[CLOCK]()
    until = now + (AFTERWARDS if stand.finished else LONGEST)
    ticket = Ticket(caller.id, run, caller.key, EVERYTHING in caller.scopes, now)
    token = request.app[SIGNER].issue_ticket(ticket, until)
    return answer(IssuedTicket(ok=True, token=token, expires_at=rfc3339(until)))


def _person(user: Caller | User) -> Person:
    return Person(*_who(user))


def _who(user: Caller | User) -> tuple[UUID, str, Any]:
    return user.id, user.email, user.role
