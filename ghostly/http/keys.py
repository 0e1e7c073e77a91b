"""API keys: made, shown, taken away."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from aiohttp import web
from msgspec import Meta, Struct

from ghostly.accounts import Key
from ghostly.accounts.scopes import ADMIN, READ, WRITE
from ghostly.domain.moment import rfc3339
from ghostly.http.auth import allowed
from ghostly.http.body import answer, read
from ghostly.http.context import KEYS
from ghostly.http.openapi import Answer, Done, Group, Time, described
from ghostly.http.owners import OWNER, owner, path_id
from ghostly.http.problems import Problem

Label = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]
Scope = Literal["runs:read", "runs:write", "audit:read", "admin"]


class NewKey(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a request for a key."""

    label: Label
    scopes: Annotated[tuple[Scope, ...], Meta(min_length=1, max_length=4)] = ("runs:read", "runs:write")


class ListedKey(Struct, frozen=True, rename="camel"):
    """A key as it may be shown: `key` is its beginning, `scopes` are those that count now."""

    id: UUID
    label: str
    key: str
    scopes: list[str]
    created_at: Time


class IssuedKey(Struct, frozen=True, rename="camel"):
    """A new key, whole, this once."""

    ok: bool
    id: UUID
    label: str
    key: str
    scopes: list[str]
    created_at: Time


@described(
    "List API keys",
    "The caller's keys, the oldest first.",
    Group.KEYS,
    READ,
    Answer("The keys.", list[ListedKey]),
    parameters=(OWNER,),
)
async def get_keys(request: web.Request) -> web.Response:
    """GET /v1/api-keys."""
    caller = await allowed(request, READ)
    found = await request.app[KEYS].all(owner(request, caller))
    return answer([_key(key) for key in found])


@described(
    "Make an API key",
    "`key` is shown this once. Each scope must be one of the caller's own.",
    Group.KEYS,
    WRITE,
    {201: Answer("The key.", IssuedKey)},
    body=NewKey,
    errors=("limit_reached",),
)
async def issue(request: web.Request) -> web.Response:
    """POST /v1/api-keys."""
    caller = await allowed(request, WRITE)
    body = await read(request, NewKey)
    if not caller.scopes.issuperset(body.scopes):  # or a key could make one that may do more than itself
        raise Problem("forbidden")
    made, key = await request.app[KEYS].issue(caller.id, body.label, body.scopes)
    shown = IssuedKey(True, made.id, made.label, key, sorted(made.scopes), rfc3339(made.created_at))
    return answer(shown, 201)


@described(
    "Take an API key away",
    "It opens nothing any more. An admin takes away anybody's.",
    Group.KEYS,
    WRITE,
    Answer("It is gone.", Done),
)
async def revoke(request: web.Request) -> web.Response:
    """DELETE /v1/api-keys/{id}."""
    caller = await allowed(request, WRITE)
    await request.app[KEYS].revoke(path_id(request), caller=caller.id, any_owner=ADMIN in caller.scopes)
    return answer(Done(ok=True))


def _key(key: Key) -> ListedKey:
    return ListedKey(key.id, key.label, key.hint, sorted(key.scopes), rfc3339(key.created_at))
