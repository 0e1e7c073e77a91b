"""Secrets: stored, named, taken away; no value ever comes back."""

from __future__ import annotations

import re
from typing import Annotated

from aiohttp import web
from msgspec import Meta, Struct

from ghostly.accounts import Secret
from ghostly.accounts.scopes import READ, WRITE
from ghostly.domain.errors import Flaw
from ghostly.domain.moment import rfc3339
from ghostly.http.auth import allowed
from ghostly.http.body import answer, read
from ghostly.http.context import SECRETS
from ghostly.http.openapi import Answer, Done, Group, Time, described
from ghostly.http.owners import OWNER, owner
from ghostly.http.problems import Problem

LARGEST = 64 * 1024
_NAME = re.compile("[A-Za-z_][A-Za-z0-9_]{0,127}")


class NewSecret(Struct, frozen=True, forbid_unknown_fields=True):
    """The body that stores a secret."""

    value: Annotated[str, Meta(min_length=1, max_length=LARGEST)]


class ListedSecret(Struct, frozen=True, rename="camel"):
    """A secret's name; no answer ever holds its value."""

    name: str
    created_at: Time
    updated_at: Time


class StoredSecret(Struct, frozen=True, rename="camel"):
    """A secret that was stored."""

    ok: bool
    name: str
    created_at: Time
    updated_at: Time


@described(
    "List secrets",
    "The names of the caller's secrets, sorted. No answer ever holds a value.",
    Group.SECRETS,
    READ,
    Answer("The names.", list[ListedSecret]),
    parameters=(OWNER,),
)
async def get_secrets(request: web.Request) -> web.Response:
    """GET /v1/secrets."""
    caller = await allowed(request, READ)
    found = await request.app[SECRETS].all(owner(request, caller))
    return answer([ListedSecret(*_times(secret)) for secret in found])


@described(
    "Store a secret",
    "From now on `$secret:NAME` means this in the caller's runs, also in those that are under way. The name has "
    "letters, digits and `_`, no digit first, at most 128; the value has 1 byte to 64 KiB.",
    Group.SECRETS,
    WRITE,
    Answer("It is stored.", StoredSecret),
    body=NewSecret,
    errors=("limit_reached",),
)
async def store(request: web.Request) -> web.Response:
    """PUT /v1/secrets/{name}."""
    caller = await allowed(request, WRITE)
    name, value = request.match_info["name"], (await read(request, NewSecret)).value
    if not _NAME.fullmatch(name):
        raise Problem(
            "validation_error", [Flaw("name", "must be letters, digits and _, at most 128, no digit first")]
        )
    if len(value.encode()) > LARGEST:
        raise Problem("validation_error", [Flaw("value", f"must have at most {LARGEST} bytes")])
    stored = await request.app[SECRETS].store(caller.id, name, value)
    return answer(StoredSecret(True, *_times(stored)))


@described(
    "Forget a secret",
    "Runs that type it afterwards fail, unless the worker was given one of this name.",
    Group.SECRETS,
    WRITE,
    Answer("It is forgotten.", Done),
)
async def remove(request: web.Request) -> web.Response:
    """DELETE /v1/secrets/{name}."""
    caller = await allowed(request, WRITE)
    name = request.match_info["name"]
    if not _NAME.fullmatch(name):
        raise Problem("not_found")
    await request.app[SECRETS].remove(caller.id, name)
    return answer(Done(ok=True))


def _times(secret: Secret) -> tuple[str, str, str]:
    return secret.name, rfc3339(secret.created_at), rfc3339(secret.updated_at)
