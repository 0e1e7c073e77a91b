"""Appending inside a transaction of somebody else's: rows that are no fold, and the events that tell of them."""

from __future__ import annotations

from asyncpg.pool import PoolConnectionProxy

from ghostly.event_log.append import SQL, Append, arguments
from ghostly.event_log.writer import Conflict

# All other appends wait from here to the commit: whoever gets lost in between must not hold them up for long.
BRIEF = "set local idle_in_transaction_session_timeout = '2s'"


async def append_within(connection: PoolConnectionProxy, append: Append) -> None:
    """Append as the last statement of the connection's transaction, and become durable with it or not at all.

    Raises ``Conflict`` if the stream is not at ``append.expected``. For what is rare: it goes in no batch.
    """
    await connection.execute(BRIEF)
    [(_, taken)] = await connection.fetch(SQL, *arguments([append]))
    if not taken:
        raise Conflict(f"stream {append.stream} is not at {append.expected}")
