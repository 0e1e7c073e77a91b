"""Changing an account: the rows, and what the log says of them, in one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from ghostly.domain.account_events import KIND, AccountEvent
from ghostly.domain.errors import AccountNotFound, LimitReached
from ghostly.domain.moment import cut
from ghostly.event_log import Append, append_within, chained, encode, genesis

LAST = "select seq, hash, at from events where stream = $1 order by seq desc limit 1"


class Change:
    """A change under way: the connection to write rows with, and what will be told of it."""

    def __init__(self, user: UUID, connection: PoolConnectionProxy) -> None:
        self.user = user
        self.connection = connection
        self.facts: list[tuple[type[AccountEvent], dict[str, Any]]] = []

    def tell(self, fact: type[AccountEvent], **fields: Any) -> None:
        """Say this of the account, if the change comes to be."""
        self.facts.append((fact, fields))

    async def refuse_more_than(self, most: int, what: str) -> None:
        """Raise ``LimitReached`` if the user has so many rows in the table ``what``."""
        count = await self.connection.fetchval(f"select count(*) from {what} where owner = $1", self.user)  # noqa: S608
        if count >= most:
            raise LimitReached(what.replace("_", " "), most)


class Accounts:
    """All accounts there are, and the only way to change one.

    Rows and events go into one transaction, so neither is there without the other. Its last statement appends,
    because every other append waits from then to the commit.
    """

    def __init__(self, pool: asyncpg.Pool, clock: Callable[[], datetime], new_id: Callable[[], UUID]) -> None:
        self.pool = pool
        self.new_id = new_id
        self._clock = clock

    @asynccontextmanager
    async def changing(self, user: UUID, actor: str) -> AsyncIterator[Change]:
        """One change of an account, after any other that is under way; raises ``AccountNotFound``."""
        async with self.beginning(user, actor) as change:
            there = await change.connection.fetchval("select true from users where id = $1 for update", user)
            if not there:
                raise AccountNotFound(f"no user {user}")
            yield change

    @asynccontextmanager
    async def beginning(self, user: UUID, actor: str) -> AsyncIterator[Change]:
        """The change that makes the account: nobody else can know of it yet."""
        async with self.pool.acquire() as connection, connection.transaction():
            change = Change(user, connection)
            yield change
            if change.facts:
                await self._append(change, actor)

    async def _append(self, change: Change, actor: str) -> None:
        row = await change.connection.fetchrow(LAST, change.user)
        seq, before, last = row or (0, genesis(KIND, change.user), None)
        now = cut(self._clock())
        at = max(now, last or now)
        events = [
            encode(fact(change.user, number, at, actor, **fields))[1]
            for number, (fact, fields) in enumerate(change.facts, seq + 1)
        ]
        append = Append(stream=change.user, kind=KIND, expected=seq, events=events, hashes=chained(before, events))
        await append_within(change.connection, append)


def by(user: UUID) -> str:
    """The user as the actor of an event."""
    return f"user:{user}"
