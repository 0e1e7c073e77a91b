"""Secrets: stored, named, taken away; no value ever comes back."""

from __future__ import annotations

import re
from typing import Annotated, Any

from aiohttp import web
from msgspec import Meta, Struct

from ghostly.accounts import Secret
from ghostly.accounts.scopes import READ, WRITE
from ghostly.domain.errors import Flaw
from ghostly.domain.moment import rfc3339
from ghostly.http.auth import allowed
from ghostly.http.body import answer, read
from ghostly.http.context import SECRETS
from ghostly.http.owners import owner
from ghostly.http.problems import Problem

LARGEST = 64 * 1024
_NAME = re.compile("[A-Za-z_][A-Za-z0-9_]{0,127}")


class NewSecret(Struct, frozen=True, forbid_unknown_fields=True):
    """The body that stores a secret."""

    value: Annotated[str, Meta(min_length=1, max_length=LARGEST)]


async def get_secrets(request: web.Request) -> web.Response:
    """GET /v1/secrets."""
    caller = await allowed(request, READ)
    found = await request.app[SECRETS].all(owner(request, caller))
    return answer([_secret(secret) for secret in found])


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
    return answer({"ok": True, **_secret(stored)})


async def remove(request: web.Request) -> web.Response:
    """DELETE /v1/secrets/{name}."""
    caller = await allowed(request, WRITE)
    await request.app[SECRETS].remove(caller.id, request.match_info["name"])
    return answer({"ok": True})


def _secret(secret: Secret) -> dict[str, Any]:
    return {
        "name": secret.name,
        "createdAt": rfc3339(secret.created_at),
        "updatedAt": rfc3339(secret.updated_at),
    }
