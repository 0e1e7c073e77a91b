"""Who joins while a read is under way that was begun without them."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
from followers import driven, glimpsed, saying
from stores import now, open_log

from ghostly.database.pool import connect, open_pool
from ghostly.runs import Runs
from ghostly.tail import Follower, Tail


@pytest.fixture
async def reading(dsn):
    """The one connection that the tail's log reads over: who has it holds up its reads."""
    pool = await open_pool(dsn, size=1)
    yield pool
    await pool.close()


@pytest.fixture
async def log(reading, dsn):
    async with open_log(reading, dsn) as opened:
        yield opened


@pytest.fixture
def runs(log, pool):
    return Runs(log, pool, now)


@pytest.fixture
async def tail(log, dsn, runs):
    """It listens to what is appended here, and reads when it is told to; it follows one run so far."""
    tail = Tail(log, partial(connect, dsn))
    log.listen(tail._hear)
    tail._join(await driven(runs), Follower(2))
    await tail._read_new()
    return tail


async def begun(tail: Tail) -> asyncio.Task[None]:
    """A read that waits for its connection."""
    read = asyncio.create_task(tail._read_new())
    await asyncio.sleep(0)
    return read


async def test_what_an_earlier_read_passed_over_is_seen_behind_what_was_heard(runs, other_runs, reading, tail):
    late = await driven(runs)
    async with reading.acquire():
        read = await begun(tail)
        tail._join(late, Follower(2))
        await runs.decide(late, saying(1))
        await other_runs.decide(late, saying(2))
    await read
    await tail._read_new()

    assert await glimpsed(tail, late, 2, after=2) == [3, 4]


async def test_what_was_heard_before_the_first_read_is_seen_too(runs, reading, tail):
    late = await driven(runs)
    tail._join(late, Follower(2))
    async with reading.acquire():
        read = await begun(tail)
        await runs.decide(late, saying(1))
    await read
    await runs.decide(late, saying(2))

    assert await glimpsed(tail, late, 2, after=2) == [3, 4]
