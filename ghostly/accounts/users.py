"""Who calls: users by e-mail and password, or by API key. Only hashes are stored."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import asyncpg
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

READ = "runs:read"
WRITE = "runs:write"
SCOPES = {"member": frozenset({READ, WRITE}), "admin": frozenset({READ, WRITE, "audit:read", "admin"})}

FRESH_S = 1.0
"""For how long a credential that was good is not looked up again; a deleted one stops working within that time."""

_hasher = PasswordHasher()


class Caller(NamedTuple):
    """Who makes a request, and what the credential allows."""

    id: UUID
    email: str
    role: str
    scopes: frozenset[str]


class Credentials(NamedTuple):
    """What the first admin gets, once. ``password`` is None where it was given by setting."""

    email: str
    password: str | None
    api_key: str


class Users:
    """All users and their API keys."""

    def __init__(self, pool: asyncpg.Pool, monotonic: Callable[[], float]) -> None:
        self._pool = pool
        self._monotonic = monotonic
        self._fresh: dict[bytes | UUID, tuple[float, Caller]] = {}

    async def first_admin(
        self, make_id: Callable[[], UUID], email: str, password: str | None
    ) -> Credentials | None:
        """Make the admin, an API key and the project ``default`` if there is no user yet; None if there is."""
        if await self._pool.fetchval("select exists (select from users)"):
            return None
        chosen = password or secrets.token_urlsafe(12)
        hashed = await asyncio.to_thread(_hasher.hash, chosen)
        key, user = f"gly_{secrets.token_urlsafe(32)}", make_id()
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("lock table users in share row exclusive mode")  # two nodes may start at once
            if await connection.fetchval("select exists (select from users)"):
                return None
            await connection.execute("insert into users values ($1, $2, $3, 'admin')", user, email, hashed)
            await connection.execute(
                "insert into api_keys (id, owner, label, sha256, hint, scopes) values ($1, $2, $3, $4, $5, $6)",
                make_id(),
                user,
                "first",
                _digest(key),
                f"{key[:8]}••••",
                sorted(SCOPES["admin"]),
            )
            await connection.execute(
                "insert into projects (id, owner, slug, label) values ($1, $2, 'default', 'Default')",
                make_id(),
                user,
            )
        return Credentials(email, None if password else chosen, key)

    async def log_in(self, email: str, password: str) -> Caller | None:
        """The user with this e-mail and password; None for a wrong one, after the same time as for an unknown."""
        row = await self._pool.fetchrow(
            "select id, email, role, password_hash from users where lower(email) = lower($1)", email
        )
        matches = await asyncio.to_thread(_matches, row["password_hash"] if row else None, password)
        return _caller(row) if row and matches else None

    async def by_key(self, key: str) -> Caller | None:
        """The owner of an API key, with the key's scopes; None if there is no such key."""
        digest = _digest(key)
        return self._known(digest) or self._learn(
            digest,
            await self._pool.fetchrow(
                "select u.id, u.email, u.role, k.scopes from api_keys k join users u on u.id = k.owner"
                " where k.sha256 = $1",
                digest,
            ),
        )

    async def by_id(self, user: UUID) -> Caller | None:
        """The user with this id, with the scopes of the role; None if there is none (any more)."""
        query = "select id, email, role from users where id = $1"
        return self._known(user) or self._learn(user, await self._pool.fetchrow(query, user))

    def _known(self, credential: bytes | UUID) -> Caller | None:
        until, caller = self._fresh.get(credential, (0.0, None))
        return caller if self._monotonic() < until else None

    def _learn(self, credential: bytes | UUID, row: asyncpg.Record | None) -> Caller | None:
        if row is None:
            return None
        if len(self._fresh) > 10_000:
            self._fresh.clear()
        caller = _caller(row)
        self._fresh[credential] = (self._monotonic() + FRESH_S, caller)
        return caller


def _caller(row: asyncpg.Record) -> Caller:
    scopes = frozenset(row["scopes"]) if "scopes" in row else SCOPES[row["role"]]
    return Caller(row["id"], row["email"], row["role"], scopes)


def _digest(key: str) -> bytes:
    # A key has 256 random bits: a slow hash would protect nothing more.
    return sha256(key.encode("utf-8", "replace")).digest()


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_hex())


def _matches(hashed: str | None, password: str) -> bool:
    try:
        return _hasher.verify(hashed or _nobodys(), password.encode("utf-8", "replace"))
    except (VerificationError, InvalidHashError):
        return False
