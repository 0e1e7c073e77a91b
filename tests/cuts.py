"""Connections that are lost, and a database that is away, for as long as a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import asyncpg

from ghostly.database.pool import connect
from ghostly.event_log import EventLog
from ghostly.event_log.writer import FaultPoint
from tests.conftest import connected, execute


class Scissors:
    """A fault point that cuts the connection at these turns, in this way."""

    def __init__(self, cut, turns) -> None:
        self.turns = set(turns)
        self.turn = 0
        self._cut = cut

    async def __call__(self, connection) -> None:
        self.turn += 1
        if self.turn in self.turns:
            await self._cut(connection)


async def lose(connection) -> None:
    """The network breaks: what was answered never arrives."""
    connection.terminate()
    raise ConnectionResetError("cut")


class Gate:
    """A way to the database that can be closed."""

    def __init__(self, dsn: str) -> None:
        self.dsn, self.shut = dsn, False

    async def __call__(self) -> asyncpg.Connection:
        if self.shut:
            raise ConnectionRefusedError
        return await connect(self.dsn)

    def shutting(self, turn: int) -> FaultPoint:
        """A fault point that shuts the gate at this turn. As long as it is shut, every connection is lost."""
        turns = count(1)

        async def fault(connection: asyncpg.Connection) -> None:
            self.shut = self.shut or next(turns) == turn
            if self.shut:
                await lose(connection)

        return fault


@asynccontextmanager
async def opened(pool: asyncpg.Pool, connect: Any, **more: Any) -> AsyncIterator[EventLog]:
    """A log that takes its own connections in this way."""
    log = EventLog(pool, connect, **more)
    await log.open()
    yield log
    await asyncio.wait_for(log.close(), timeout=10)


@asynccontextmanager
async def away(server: str, pool: asyncpg.Pool) -> AsyncIterator[None]:
    """The test's database lets nobody in, and has cut all who were."""
    name = await pool.fetchval("select current_database()")
    there = f"datname = '{name}'"
    await execute(server, f"alter database {name} allow_connections false")
    async with connected(server) as killer, asyncio.timeout(20):  # they end when they are told, and not before
        while await killer.fetch(f"select pg_terminate_backend(pid) from pg_stat_activity where {there}"):
            await asyncio.sleep(0.01)
    try:
        yield
    finally:
        await execute(server, f"alter database {name} allow_connections true")
