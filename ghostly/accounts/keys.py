"""API keys: made once, shown once, stored as a hash."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from ghostly.accounts.account import Accounts, Change, by
from ghostly.accounts.fresh import Fresh
from ghostly.accounts.scopes import SCOPES, Caller, effective
from ghostly.domain.account_events import KeyIssued, KeyRevoked
from ghostly.domain.errors import AccountNotFound

MOST = 100
PREFIX = "gly_"
SHOWN = 8
COLUMNS = "k.id, k.label, k.hint, k.scopes, k.created_at, u.role"


class Key(NamedTuple):
    """A key as it may be shown: ``hint`` is its beginning."""

    id: UUID
    label: str
    hint: str
    scopes: frozenset[str]
    created_at: datetime


class Keys:
    """All API keys there are."""

    def __init__(self, accounts: Accounts, fresh: Fresh) -> None:
        self._accounts = accounts
        self._fresh = fresh

    async def by_key(self, key: str) -> Caller | None:
        """The owner of an API key, with what the key allows now; None if there is no such key."""
        digest = _digest(key)
        return self._fresh.get(digest) or await self._find(digest, "k.sha256")

    async def by_id(self, key: UUID) -> Caller | None:
        """The same for whoever knows the key's id only: who made a ticket with it."""
        return self._fresh.get(key) or await self._find(key, "k.id")

    async def all(self, owner: UUID) -> list[Key]:
        """The owner's keys, the oldest first, with the scopes that count now."""
        rows = await self._accounts.pool.fetch(
            f"select {COLUMNS} from api_keys k join users u on u.id = k.owner"  # noqa: S608
            " where k.owner = $1 order by k.created_at, k.id",
            owner,
        )
        return [
            Key(id_, label, hint, SCOPES[role].intersection(scopes), at)
            for id_, label, hint, scopes, at, role in rows
        ]

    async def issue(self, owner: UUID, label: str, scopes: Sequence[str]) -> tuple[Key, str]:
        """A new key: as it may be shown later, and as it is shown once. Raises ``LimitReached``."""
        async with self._accounts.changing(owner, by(owner)) as change:
            await change.refuse_more_than(MOST, "api_keys")
            return await write_key(change, self._accounts.new_id(), label, sorted(set(scopes)))

    async def revoke(self, key: UUID, *, caller: UUID, any_owner: bool = False) -> None:
        """The key opens nothing any more; raises ``AccountNotFound`` also for a key of someone else's."""
        owner = await self._accounts.pool.fetchval("select owner from api_keys where id = $1", key)
        if owner is None or not (any_owner or owner == caller):
            raise AccountNotFound(f"no key {key}")
        async with self._accounts.changing(owner, by(caller)) as change:
            if await change.connection.execute("delete from api_keys where id = $1", key) == "DELETE 0":
                raise AccountNotFound(f"no key {key}")
            change.tell(KeyRevoked, key=str(key))
        self._fresh.forget()

    async def _find(self, credential: bytes | UUID, column: str) -> Caller | None:
        row = await self._accounts.pool.fetchrow(
            "select u.id, u.email, u.role, k.scopes, k.id from api_keys k join users u on u.id = k.owner"  # noqa: S608
            f" where {column} = $1",
            credential,
        )
        if row is None:
            return None
        user, email, role, scopes, key = row
        return self._fresh.keep(credential, Caller(user, email, role, effective(scopes, role), key))


async def write_key(change: Change, key_id: UUID, label: str, scopes: Sequence[str]) -> tuple[Key, str]:
    """Make a key of the account that is being changed."""
    key = f"{PREFIX}{secrets.token_urlsafe(32)}"
    hint = f"{key[:SHOWN]}••••"
    created_at = await change.connection.fetchval(
        "insert into api_keys (id, owner, label, sha256, hint, scopes) values ($1, $2, $3, $4, $5, $6)"
        " returning created_at",
        key_id,
        change.user,
        label,
        _digest(key),
        hint,
        scopes,
    )
    change.tell(KeyIssued, key=str(key_id), scopes=list(scopes))
    return Key(key_id, label, hint, frozenset(scopes), created_at), key


def _digest(key: str) -> bytes:
    # A key has 256 random bits: a slow hash would protect nothing more.
    return sha256(key.encode("utf-8", "replace")).digest()
