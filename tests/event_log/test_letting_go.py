"""The log's connections for writing: all of them are let go, whatever happens to one."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from ghostly.event_log import EventLog


class Breaking(asyncpg.Connection):
    """A connection whose farewell breaks off."""

    async def close(self, *, timeout=None) -> None:
        raise RuntimeError("broken")


class Slow(asyncpg.Connection):
    """A connection whose farewell takes its time."""

    async def close(self, *, timeout=None) -> None:
        await asyncio.sleep(0.1)
        await super().close(timeout=timeout)


@pytest.fixture
async def connecting(dsn):
    """Makes a way to connect that gives one connection of each kind, and the list of those it gave."""
    made = []

    def connecting(*kinds):
        left = iter(kinds)

        async def connect() -> asyncpg.Connection:
            kind = next(left, None)
            if kind is None:
                raise ConnectionRefusedError
            made.append(await asyncpg.connect(dsn, connection_class=kind))
            return made[-1]

        return connect, made

    yield connecting
    for connection in made:
        connection.terminate()


async def test_a_connection_that_cannot_be_closed_keeps_no_other_open(pool, connecting):
    connect, made = connecting(Breaking, Slow)
    log = EventLog(pool, connect)
    await log.open()
    with pytest.raises(RuntimeError, match="broken"):
        await log.close()

    assert made[1].is_closed()


async def test_a_log_that_cannot_be_opened_leaves_no_connection(pool, connecting):
    connect, made = connecting(asyncpg.Connection)  # and no second one
    with pytest.raises(ConnectionRefusedError):
        await EventLog(pool, connect).open()

    assert [connection.is_closed() for connection in made] == [True]
