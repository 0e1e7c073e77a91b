"""What ``$secret:NAME`` means to a user's runs; encrypted, and read at the moment of typing only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from ghostly.accounts.account import Accounts, by
from ghostly.accounts.vault import Vault
from ghostly.database.errors import UNREACHABLE
from ghostly.domain.account_events import SecretRemoved, SecretStored
from ghostly.domain.errors import AccountNotFound

MOST = 1_000
PATIENCE_S = 20.0
LOOK_S = 0.5

PUT = """
insert into secrets (owner, name, value) values ($1, $2, $3)
on conflict (owner, name) do update set value = excluded.value, updated_at = now()
returning name, created_at, updated_at
"""


class Secret(NamedTuple):
    """A stored secret as it may be shown: never its value."""

    name: str
    created_at: datetime
    updated_at: datetime


class Secrets:
    """All secrets there are."""

    def __init__(self, accounts: Accounts, vault: Vault, monotonic: Callable[[], float]) -> None:
        self._accounts = accounts
        self._vault = vault
        self._monotonic = monotonic

    async def all(self, owner: UUID) -> list[Secret]:
        """The owner's secrets by name, without their values."""
        rows = await self._accounts.pool.fetch(
            "select name, created_at, updated_at from secrets where owner = $1 order by name", owner
        )
        return [Secret(*row) for row in rows]

    async def store(self, owner: UUID, name: str, value: str) -> Secret:
        """From now on the name means this; raises ``LimitReached``."""
        # Owner and name are encrypted with it: a row that is copied to someone else's name cannot be read there.
        locked = self._vault.lock([str(owner), name, value])
        async with self._accounts.changing(owner, by(owner)) as change:
            sql = "select exists (select from secrets where owner = $1 and name = $2)"
            if not await change.connection.fetchval(sql, owner, name):
                await change.refuse_more_than(MOST, "secrets")
            [row] = await change.connection.fetch(PUT, owner, name, locked)
            change.tell(SecretStored, name=name)
        return Secret(*row)

    async def remove(self, owner: UUID, name: str) -> None:
        """Forget what the name means; raises ``AccountNotFound`` if it means nothing."""
        async with self._accounts.changing(owner, by(owner)) as change:
            sql = "delete from secrets where owner = $1 and name = $2"
            if await change.connection.execute(sql, owner, name) == "DELETE 0":
                raise AccountNotFound(f"no secret {name}")
            change.tell(SecretRemoved, name=name)

    async def value(self, owner: UUID, name: str) -> str | None:
        """What the name means now; None if nothing. Waits for a database that is away, as an append does.

        Raises ``ValueError`` if it was encrypted with another key, or for another owner or name.
        """
        locked = await self._read(owner, name)
        if locked is None:
            return None
        match self._vault.unlock(locked):
            case [for_owner, for_name, value] if (for_owner, for_name) == (str(owner), name):
                return value
        raise ValueError(f"the secret {name} was encrypted for something else")

    async def _read(self, owner: UUID, name: str) -> bytes | None:
        deadline = self._monotonic() + PATIENCE_S
        while True:
            try:
                sql = "select value from secrets where owner = $1 and name = $2"
                found: bytes | None = await self._accounts.pool.fetchval(sql, owner, name)
            except UNREACHABLE:
                if self._monotonic() > deadline:
                    raise
                await asyncio.sleep(LOOK_S)
            else:
                return found
