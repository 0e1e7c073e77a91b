"""One connection that appends: what a lost connection, a bad append or a busy server means for a batch."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

import asyncpg

from ghostly.event_log.append import SQL, Append, arguments, placed
from ghostly.event_log.batcher import Outcome
from ghostly.event_log.stored import Stored

logger = logging.getLogger("ghostly.event_log")

CUT = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # asyncpg's own confusion when a session is killed in the wrong moment
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.InsufficientResourcesError,
    OSError,
    asyncio.TimeoutError,
)
"""What says nothing about the appends: a lost connection, or a server that cannot take them just now.

Whether the statement took effect is then unknown.
"""

RECONNECT_S = 20.0
CLOSE_S = 1.0
STATEMENT_S = 12.0  # longer than a lock is waited for, which says no by itself; to append again is safe

Connect = Callable[[], Awaitable[asyncpg.Connection]]
FaultPoint = Callable[[asyncpg.Connection], Awaitable[None]]
Hear = Callable[[Sequence[Stored]], None]
"""Told what became durable, in one piece, as soon as that is known; it raises nothing."""


class Conflict(Exception):
    """The stream went on since the writer looked: nothing of this append was written."""


class LogUnavailable(Exception):
    """The database did not answer in time. What was to be appended may or may not be in the log."""


class Writer:
    """Appends batches over a connection of its own, which it replaces when it is lost."""

    def __init__(
        self,
        connect: Connect,
        before_send: FaultPoint | None,
        after_commit: FaultPoint | None,
        reconnect_s: float = RECONNECT_S,
        hear: Hear | None = None,
    ) -> None:
        self._connect = connect
        self._hear = hear
        self._reconnect_s = reconnect_s
        self._before_send = before_send
        self._after_commit = after_commit
        self._connection: asyncpg.Connection | None = None

    async def open(self) -> None:
        """Take the connection."""
        self._connection = await self._connect()

    async def close(self) -> None:
        """Let the connection go, also if nobody is there to say good-bye to."""
        if self._connection is not None:
            with suppress(*CUT):
                await self._connection.close(timeout=CLOSE_S)

    async def write(self, batch: Sequence[Append]) -> Sequence[Outcome]:
        """Append the batch in one transaction; what fails is answered for that append alone, never raised."""
        try:
            return await self._send(batch)
        except CUT as cut:
            logger.warning("connection lost while appending %d: %r", len(batch), cut)
            return await self._send_again(batch)
        except asyncpg.PostgresError as error:
            return await self._find_the_bad_one(batch, error)

    async def _find_the_bad_one(self, batch: Sequence[Append], error: Exception) -> Sequence[Outcome]:
        # One bad append spoils the statement for all: find out which, each on its own.
        return [error] if len(batch) == 1 else [(await self.write([append]))[0] for append in batch]

    async def _send_again(self, batch: Sequence[Append]) -> Sequence[Outcome]:
        deadline = asyncio.get_running_loop().time() + self._reconnect_s
        while True:
            try:
                await self._reconnect()
                return await self._send(batch)
            except CUT as cut:
                if asyncio.get_running_loop().time() > deadline:
                    return [LogUnavailable(f"the database does not answer: {cut}")] * len(batch)
                await asyncio.sleep(0.2)
            except asyncpg.PostgresError as error:
                return await self._find_the_bad_one(batch, error)

    async def _send(self, batch: Sequence[Append]) -> Sequence[Outcome]:
        connection = self._connection
        if connection is None or connection.is_closed():
            raise asyncpg.ConnectionDoesNotExistError("no connection")
        if self._before_send:
            await self._before_send(connection)
        [(position, taken)] = await connection.fetch(SQL, *arguments(batch), timeout=STATEMENT_S)
        if self._after_commit:
            await self._after_commit(connection)
        done = set(taken)
        if self._hear:
            self._hear(placed(batch, done, position))
        # Nobody knows whether a lost statement was committed: what was is in conflict with itself now. It may come
        # again from whoever was told that the database does not answer, so it is always looked for.
        done |= {
            append.stream for append in batch if append.stream not in done and await _is_ours(connection, append)
        }
        return [
            position if append.stream in done else Conflict(f"stream {append.stream} is not at {append.expected}")
            for append in batch
        ]

    async def _reconnect(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
        self._connection = await self._connect()


async def _is_ours(connection: asyncpg.Connection, append: Append) -> bool:
    """Whether the log holds exactly this append: salts are random, so ours are nobody else's."""
    first = append.events[0]
    salt = await connection.fetchval(
        "select salt from events where stream = $1 and seq = $2", append.stream, first.seq
    )
    return bool(salt == first.salt)
