"""API keys: made, shown, taken away."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from aiohttp import web
from msgspec import Meta, Struct

from ghostly.accounts import Key
from ghostly.accounts.scopes import ADMIN, READ, WRITE
from ghostly.domain.moment import rfc3339
from ghostly.http.auth import allowed
from ghostly.http.body import answer, read
from ghostly.http.context import KEYS
from ghostly.http.owners import owner, path_id
from ghostly.http.problems import Problem

Label = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]
Scope = Literal["runs:read", "runs:write", "audit:read", "admin"]


class NewKey(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a request for a key."""

    label: Label
    scopes: Annotated[tuple[Scope, ...], Meta(min_length=1, max_length=4)] = ("runs:read", "runs:write")


async def get_keys(request: web.Request) -> web.Response:
    """GET /v1/api-keys."""
    caller = await allowed(request, READ)
    found = await request.app[KEYS].all(owner(request, caller))
    return answer([_key(key) for key in found])


async def issue(request: web.Request) -> web.Response:
    """POST /v1/api-keys."""
    caller = await allowed(request, WRITE)
    body = await read(request, NewKey)
    if not caller.scopes.issuperset(body.scopes):  # or a key could make one that may do more than itself
        raise Problem("forbidden")
    made, key = await request.app[KEYS].issue(caller.id, body.label, body.scopes)
    return answer({"ok": True, **_key(made), "key": key}, 201)


async def revoke(request: web.Request) -> web.Response:
    """DELETE /v1/api-keys/{id}."""
    caller = await allowed(request, WRITE)
    await request.app[KEYS].revoke(path_id(request), caller=caller.id, any_owner=ADMIN in caller.scopes)
    return answer({"ok": True})


def _key(key: Key) -> dict[str, Any]:
    return {
        "id": key.id,
        "label": key.label,
        "key": key.hint,
        "scopes": sorted(key.scopes),
        "createdAt": rfc3339(key.created_at),
    }
