"""Workers whose connection, or whose row, is gone without a word."""

from __future__ import annotations

import asyncio
from functools import partial
from uuid import uuid4

import pytest
from silence import PATIENCE_S, wire
from stores import begin

from ghostly.database.pool import connect
from ghostly.domain.run import Run
from ghostly.workers import Membership

LONG_AGO = "update workers set seen_at = now() - interval '1 hour'"


@pytest.fixture
def member(dsn) -> Membership:
    return Membership(uuid4(), partial(connect, dsn))


async def test_a_worker_whose_old_session_nobody_ended_enters_again(dsn, workers):
    async with wire(dsn) as way:
        one = Membership(uuid4(), partial(connect, way.dsn))
        await one.enter()
        way.cut()
        async with asyncio.timeout(PATIENCE_S):
            await one.enter()

        assert await workers.is_alive(one.worker)
        await one.leave()


async def test_the_session_of_another_is_left_alone_when_a_worker_enters_again(member, workers, dsn):
    other = Membership(uuid4(), partial(connect, dsn))
    await other.enter()
    await member.enter()
    member._session = other._session  # as if the server had given its number to somebody else
    member._connection.terminate()
    await member.enter()

    assert await workers.is_alive(other.worker)
    await member.leave()
    await other.leave()


async def test_a_worker_whose_row_is_gone_has_one_again_with_its_next_beat(member, workers, pool):
    await member.enter()
    await pool.execute("delete from workers")
    await member.beat()

    assert await workers.seen_within(30)
    await member.leave()


async def known(pool) -> list[str]:
    return [row["id"] for row in await pool.fetch("select id from workers")]


async def test_the_row_of_a_worker_that_was_killed_is_struck_off(workers, pool):
    await pool.execute("insert into workers (id, lock_key) values ('killed', 7)")
    await pool.execute(LONG_AGO)
    await workers.forget_dead()

    assert await known(pool) == []


async def test_the_row_of_a_worker_that_has_only_just_gone_is_kept(workers, pool):
    await pool.execute("insert into workers (id, lock_key) values ('gone', 7)")
    await workers.forget_dead()

    assert await known(pool) == ["gone"]


async def test_the_row_of_a_worker_that_lives_is_kept_however_silent_it_is(member, workers, pool):
    await member.enter()
    await pool.execute(LONG_AGO)
    await workers.forget_dead()

    assert await known(pool) == [member.worker]
    await member.leave()


async def test_the_row_of_a_killed_worker_is_kept_until_its_runs_are_settled(runs, workers, pool):
    await pool.execute("insert into workers (id, lock_key) values ('killed', 7)")
    await pool.execute(LONG_AGO)
    await runs.decide(await begin(runs), partial(Run.assign, worker="killed"))
    await workers.forget_dead()

    assert await known(pool) == ["killed"]
