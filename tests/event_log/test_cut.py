"""Connections that are lost while a batch is on its way: before it is sent, at the server, after the commit."""

from __future__ import annotations

import asyncio
from functools import partial
from random import Random
from uuid import uuid4

import asyncpg
import pytest
from appends import note, raw
from cuts import Gate, Scissors, lose, opened
from stores import another_node, begin, now, open_log

from ghostly.database.pool import connect
from ghostly.event_log import Conflict, LogUnavailable
from ghostly.event_log.append import LOCK
from ghostly.runs import Runs


async def kill(killer: asyncpg.Pool, connection) -> None:
    """The server ends the session; we hear of it when we write."""
    await killer.execute("select pg_terminate_backend($1)", connection.get_server_pid())


async def write_all(log, streams: int, each: int) -> list:
    """That many writers, each of a stream of its own, event by event; their outcomes."""

    async def write(stream) -> list:
        return [await log.append(note(stream, seq)) for seq in range(1, each + 1)]

    async with asyncio.timeout(60):
        return await asyncio.gather(*(write(uuid4()) for _ in range(streams)), return_exceptions=True)


async def places(pool) -> list[tuple[int, int]]:
    rows = await pool.fetch("select count(*), max(seq) from events group by stream")
    return [tuple(row) for row in rows]


WAYS = {"lost before it was sent": "before_send", "lost after the commit": "after_commit"}


@pytest.mark.parametrize("point", WAYS.values(), ids=WAYS)
async def test_a_lost_connection_loses_and_doubles_nothing(pool, dsn, point):
    async with open_log(pool, dsn, **{point: Scissors(lose, {1, 2, 5, 6, 11})}) as log:
        told = await write_all(log, streams=40, each=5)

    assert [outcome for outcome in told if isinstance(outcome, BaseException)] == []
    assert await places(pool) == [(5, 5)] * 40
    assert await pool.fetchval("select max(position) from events") == 200


async def test_a_killed_session_loses_and_doubles_nothing(pool, dsn):
    async with open_log(pool, dsn, before_send=Scissors(partial(kill, pool), {1, 2, 5, 6, 11})) as log:
        told = await write_all(log, streams=40, each=5)

    assert [outcome for outcome in told if isinstance(outcome, BaseException)] == []
    assert await places(pool) == [(5, 5)] * 40


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_sessions_killed_at_any_moment_lose_and_double_nothing(pool, dsn, seed):
    async with open_log(pool, dsn) as log, asyncio.TaskGroup() as tasks:
        killing = tasks.create_task(kill_writers(pool, Random(seed), times=6))
        told = await write_all(log, streams=20, each=12)
        await killing

    assert [outcome for outcome in told if isinstance(outcome, BaseException)] == []
    assert await places(pool) == [(12, 12)] * 20


async def kill_writers(pool, chance: Random, times: int) -> None:
    """End every session that has appended, again and again, at no particular moment."""
    for _ in range(times):
        await asyncio.sleep(chance.uniform(0.005, 0.03))
        await pool.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where query like '%append_events%' and pid <> pg_backend_pid() and datname = current_database()"
        )


async def test_a_session_killed_while_it_waits_for_its_turn_is_replaced(pool, log):
    async with pool.acquire() as other, other.transaction():
        await other.execute("select pg_advisory_xact_lock($1)", LOCK)
        appending = asyncio.create_task(log.append(append := note()))
        await kill_whoever_waits(pool)

    assert await asyncio.wait_for(appending, timeout=20) == 1
    assert [stored.seq for stored in await log.read(append.stream)] == [1]


async def kill_whoever_waits(pool) -> None:
    kill = "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and not granted"
    async with asyncio.timeout(20):
        while not await pool.fetchval(kill):
            await asyncio.sleep(0.01)


# ---- what is ours


async def test_what_was_committed_before_the_cut_is_no_conflict(pool, dsn):
    async with open_log(pool, dsn, after_commit=Scissors(lose, {1})) as log:
        assert await log.append(note()) == 1


async def test_what_others_wrote_before_the_cut_is_a_conflict(pool, dsn):
    async with open_log(pool, dsn, before_send=Scissors(lose, {2})) as log:
        await log.append(first := note())

        with pytest.raises(Conflict):
            await log.append(note(first.stream))


async def test_what_was_written_on_top_of_ours_does_not_make_it_a_conflict(pool, dsn):
    stream = uuid4()
    async with another_node(dsn) as (other, _):

        async def overtake(connection) -> None:
            await other.append(note(stream, 2))
            await lose(connection)

        async with open_log(pool, dsn, after_commit=Scissors(overtake, {1})) as log:
            assert await log.append(note(stream)) == 2


async def test_a_bad_append_in_a_lost_batch_still_fails_alone(pool, dsn):
    async with open_log(pool, dsn, before_send=Scissors(lose, {1})) as log:
        told = await asyncio.gather(
            *[log.append(note()) for _ in range(20)], log.append(raw(uuid4(), data="{")), return_exceptions=True
        )

    assert [type(outcome) for outcome in told[:-1]] == [int] * 20
    assert isinstance(told[-1], asyncpg.DataError)


async def test_a_run_that_was_committed_before_the_cut_began_once(pool, dsn):
    async with open_log(pool, dsn, after_commit=Scissors(lose, {1})) as log:
        run_id = await begin(Runs(log, pool, now))

    assert await pool.fetchval("select array_agg(seq) from events where stream = $1", run_id) == [1]


# ---- a database that is gone


@pytest.fixture
async def gate(dsn):
    return Gate(dsn)


@pytest.fixture
async def gated(pool, gate):
    async with opened(pool, gate, before_send=Scissors(lose, {1})) as log:
        yield log


@pytest.fixture
async def hasty(pool, gate):
    """The same, of little patience."""
    async with opened(pool, gate, before_send=Scissors(lose, {1}), reconnect_s=0.3) as log:
        yield log


async def test_who_appends_while_the_database_is_away_waits_for_it(gate, gated):
    gate.shut = True
    appending = asyncio.create_task(gated.append(note()))
    await asyncio.sleep(0.1)
    gate.shut = False

    assert await asyncio.wait_for(appending, timeout=20) == 1


async def test_who_appends_while_the_database_stays_away_is_told_so(gate, hasty):
    gate.shut = True

    with pytest.raises(LogUnavailable, match="does not answer"):
        await asyncio.wait_for(hasty.append(note()), timeout=20)


async def test_a_log_that_was_cut_off_goes_on_later(gate, hasty):
    gate.shut = True
    await asyncio.gather(hasty.append(note()), return_exceptions=True)
    gate.shut = False

    assert await asyncio.wait_for(hasty.append(note()), timeout=20) == 1


async def test_what_was_committed_though_its_writer_was_told_otherwise_can_be_submitted_again(pool, gate):
    append = note()
    async with opened(pool, gate, after_commit=gate.shutting(1), reconnect_s=0.3) as log:
        with pytest.raises(LogUnavailable):
            await log.append(append)
        gate.shut = False

        assert await log.append(append) == 1


async def test_a_database_that_is_too_busy_is_told_to_all_at_once(pool, dsn):
    hasty = opened(pool, partial(impatient, dsn), reconnect_s=0.3)
    async with hasty as log, pool.acquire() as other, other.transaction(), asyncio.timeout(10):
        await other.execute("select pg_advisory_xact_lock($1)", LOCK)
        told = await asyncio.gather(*[log.append(note()) for _ in range(40)], return_exceptions=True)

    assert {type(outcome) for outcome in told} == {LogUnavailable}


async def impatient(dsn: str) -> asyncpg.Connection:
    connection = await connect(dsn)
    await connection.execute("set lock_timeout = 50")
    return connection
