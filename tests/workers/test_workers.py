from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from functools import partial
from uuid import uuid4

import asyncpg
import pytest
from stores import begin, now
from stories import FLOW, OWNER, PROJECT, WORKER

from ghostly.database.errors import UNREACHABLE
from ghostly.database.pool import connect
from ghostly.domain.moment import rfc3339
from ghostly.domain.run import Run
from ghostly.domain.verdict import PASSED
from ghostly.event_log import decode
from ghostly.worker import Reaper
from ghostly.workers import Membership

AN_HOUR = timedelta(hours=1)

LOCKS = """
select count(*) from pg_locks join pg_database on oid = database
 where locktype = 'advisory' and datname = current_database()
"""

assign = partial(Run.assign, worker=WORKER)


def release(due, reason: str = "waiting"):
    return partial(Run.release, worker=WORKER, reason=reason, due_at=rfc3339(now() + due))


async def queued(runs, owner=OWNER):
    run = await runs.start(runs.new_id(), owner=owner, project=PROJECT, flow=FLOW, request={}, inputs=b"sealed")
    return run.id


async def waiting_for(workers) -> list:
    return [due.started.stream for due in await workers.due(100)]


@pytest.fixture
async def member(dsn):
    """Makes workers that live until the end of the test."""
    members = []

    async def entered() -> Membership:
        members.append(Membership(uuid4(), partial(connect, dsn)))
        await members[-1].enter()
        return members[-1]

    yield entered
    for each in members:
        with suppress(*UNREACHABLE):  # some were killed
            await each.leave()


# ---- the queue


async def test_a_run_that_was_begun_is_due(runs, workers):
    run_id = await queued(runs)
    [due] = await workers.due(5)

    assert (due.started.stream, decode(due.started).flow, due.inputs) == (run_id, FLOW, b"sealed")


async def test_a_run_without_inputs_is_due_without_them(runs, workers):
    await begin(runs)

    assert [due.inputs for due in await workers.due(5)] == [None]


async def test_a_driven_run_is_not_due(runs, workers):
    await runs.decide(await queued(runs), assign)

    assert await waiting_for(workers) == []


async def test_a_run_that_ended_is_not_due(runs, workers):
    await runs.cancel(await queued(runs), by="ana")

    assert await waiting_for(workers) == []


async def test_a_run_that_was_handed_back_is_due_again(runs, workers):
    run_id = await queued(runs)
    await runs.decide(run_id, assign)
    await runs.decide(run_id, release(-AN_HOUR, "shutting down"))

    assert await waiting_for(workers) == [run_id]


async def test_a_run_that_waits_is_due_when_its_time_has_come(runs, workers, pool):
    run_id = await queued(runs)
    await runs.decide(run_id, assign)
    await runs.decide(run_id, release(AN_HOUR))
    before = await waiting_for(workers)
    await pool.execute("update runs set due_at = due_at - interval '1 hour'")

    assert (before, await waiting_for(workers)) == ([], [run_id])


async def test_who_waited_longest_comes_first(runs, workers):
    run_ids = [await queued(runs) for _ in range(5)]

    assert await waiting_for(workers) == run_ids


async def test_as_many_are_due_as_were_asked_for(runs, workers):
    run_ids = [await queued(runs) for _ in range(5)]

    assert [due.started.stream for due in await workers.due(2)] == run_ids[:2]


async def test_who_has_least_under_way_comes_first(runs, workers):
    busy, idle = uuid4(), uuid4()
    first = await queued(runs, busy)
    busy_runs = [await queued(runs, busy), await queued(runs, busy)]
    await runs.decide(first, assign)
    idle_run = await queued(runs, idle)

    assert await waiting_for(workers) == [idle_run, *busy_runs]


# ---- who lives


async def test_a_worker_that_entered_lives(workers, member):
    assert await workers.is_alive((await member()).worker)


async def test_a_worker_that_never_entered_does_not_live(workers):
    assert not await workers.is_alive(str(uuid4()))


async def test_a_worker_that_left_does_not_live(workers, member):
    one = await member()
    await one.leave()

    assert not await workers.is_alive(one.worker)


async def test_a_worker_whose_connection_is_gone_is_dead_at_once(workers, member, pool):
    one = await member()
    await pool.execute("select pg_terminate_backend($1)", one._connection.get_server_pid())

    assert await dies(workers, one.worker)


async def dies(workers, worker: str) -> bool:
    async with asyncio.timeout(20):
        while await workers.is_alive(worker):
            await asyncio.sleep(0.01)
    return True


async def test_a_worker_that_enters_again_lives(workers, member):
    one = await member()
    one._connection.terminate()
    await one.enter()

    assert await workers.is_alive(one.worker)


async def test_a_worker_whose_connection_is_gone_cannot_beat(member):
    one = await member()
    one._connection.terminate()

    with pytest.raises((asyncpg.InterfaceError, OSError)):
        await one.beat()


async def test_many_observers_do_not_take_each_other_for_the_worker(workers, pool):
    worker, key = str(uuid4()), 7
    await pool.execute("insert into workers (id, lock_key) values ($1, $2)", worker, key)

    assert not any(await asyncio.gather(*[workers.is_alive(worker) for _ in range(50)]))


async def test_looking_at_a_worker_leaves_no_lock_behind(workers, pool):
    await pool.execute("insert into workers (id, lock_key) values ('gone', 7)")
    await workers.is_alive("gone")

    assert await pool.fetchval(LOCKS) == 0


async def test_drivers_are_those_that_drive(runs, workers, member):
    busy, _ = await member(), await member()
    run_ids = {await queued(runs), await queued(runs)}
    for run_id in run_ids:
        await runs.decide(run_id, partial(Run.assign, worker=busy.worker))
    await busy.beat()
    [driver] = await workers.drivers()

    assert (driver.id, driver.beat, driver.holds_lock, set(driver.runs)) == (busy.worker, 1, True, run_ids)


async def test_a_driver_that_nobody_knows_is_dead(runs, workers):
    run_id = await queued(runs)
    await runs.decide(run_id, assign)

    assert await workers.drivers() == [(WORKER, 0, False, [run_id])]


async def test_nobody_drives_what_ended(runs, workers):
    run_id = await queued(runs)
    await runs.decide(run_id, assign)
    await runs.decide(run_id, partial(Run.finish, worker=WORKER, outcome=PASSED))

    assert await workers.drivers() == []


async def test_a_beat_is_seen(workers, member, pool):
    one = await member()
    await pool.execute("update workers set seen_at = now() - interval '1 hour'")
    before = await workers.seen_within(30)
    await one.beat()

    assert (before, await workers.seen_within(30)) == (False, True)


async def test_without_workers_nobody_was_seen(workers):
    assert not await workers.seen_within(30)


# ---- settling


async def test_a_row_that_a_newer_program_wrote_does_not_stop_the_reaper(runs, workers, pool):
    newer, other = await queued(runs), await queued(runs)
    for run_id in (newer, other):
        await runs.decide(run_id, assign)
    await pool.execute("update runs set projection_version = 99 where id = $1", newer)
    await Reaper(workers, runs, settle_after=0, monotonic=lambda: 0.0).look_around()

    rows = await pool.fetch("select id, phase from runs")
    assert {row["id"]: row["phase"] for row in rows} == {newer: "running", other: "finished"}
