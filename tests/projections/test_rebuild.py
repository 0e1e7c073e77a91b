from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest
from written import FINISHED, STEP, door, driven, finished, keep_writing, report, tamper

from ghostly.domain.events import LoopStateReached, StepPassed
from ghostly.domain.run import say
from ghostly.event_log import append
from ghostly.projections.audit import verify
from ghostly.projections.rebuild import Rebuilt, rebuild

LOCK = f"select pg_advisory_xact_lock({append.LOCK})"


@pytest.fixture
async def runs(dsn, pool):
    async with door(dsn, pool) as opened:
        yield opened


@pytest.fixture
async def run(runs):
    """A finished run of eight events, between two others."""
    await finished(runs)
    between = await finished(runs)
    await driven(runs)
    return between


async def rows(pool) -> list[tuple]:
    heads = await pool.fetch("select r.*::text from runs r order by id")
    steps = await pool.fetch("select s.*::text from steps s order by run, index")
    return [*map(tuple, heads), *map(tuple, steps)]


# ---- what it repairs


@pytest.mark.parametrize(
    "wreck",
    [
        "update runs set seq = 1, hash = 'x', phase = 'queued', summary = '{}', state = '{}', due_at = now()",
        "update runs set owner = id, project = id, about = '{}', started_at = now(), projection_version = 0",
        "update steps set data = '{}'",
        "delete from steps where index > 0",
        "delete from runs",
        "truncate runs, steps",
        "insert into steps select id, 9, '{}' from runs",
        "insert into steps select gen_random_uuid(), 0, '{}' from runs",
        """insert into runs select gen_random_uuid(), seq, hash, owner, project, phase, status, driver, due_at,
                  started_at, finished_at, about, summary, state, projection_version from runs""",
    ],
)
async def test_wrecked_rows_are_as_they_were(pool, run, wreck):
    before = await rows(pool)
    await pool.execute(wreck)
    await rebuild(pool)

    assert await rows(pool) == before


async def test_rows_that_say_what_their_events_say_are_not_written(pool, run):
    assert await rebuild(pool) == Rebuilt(events=2 * FINISHED + 2, runs=3)


async def test_it_tells_what_it_wrote_and_removed(pool, run):
    await pool.execute("delete from steps where run = $1", run)
    await pool.execute("update runs set status = 'fail' where id = $1", run)
    await pool.execute("insert into steps values ($1, 9, '{}'), (gen_random_uuid(), 0, '{}')", run)

    assert await rebuild(pool) == Rebuilt(events=2 * FINISHED + 2, runs=3, written=4, removed=2)


async def test_more_rows_without_events_than_go_at_once_are_removed(pool, run):
    await pool.execute("insert into steps select gen_random_uuid(), 0, '{}' from generate_series(1, 2500)")

    assert (await rebuild(pool)).removed == 2500


async def test_an_empty_log_makes_no_rows(pool):
    assert await rebuild(pool) == Rebuilt()


async def test_a_history_of_several_pages_is_one_history(pool, runs, run):
    long = await driven(runs)
    for _ in range(9):
        await report(runs, long, *(say(LoopStateReached, state="acting") for _ in range(500)))
    before = await rows(pool)
    await pool.execute("truncate runs, steps")

    assert (await rebuild(pool)).events == 2 * FINISHED + 4 + 4500
    assert await rows(pool) == before


async def test_progress_reaches_the_total(pool, run):
    seen = []
    await rebuild(pool, progress=lambda folded, total: seen.append((folded, total)))

    assert seen[-1] == (2 * FINISHED + 2, 2 * FINISHED + 2)


READS_ONLY = """
import asyncio, sys
from ghostly.database.pool import open_pool
from ghostly.projections.rebuild import rebuild

async def main():
    print(await rebuild(await open_pool(sys.argv[1])))

asyncio.run(main())
"""


async def test_a_process_that_has_written_no_event_can_fold_them(run, dsn):
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", READS_ONLY, dsn, stdout=subprocess.PIPE)
    told, _ = await process.communicate()

    assert told.decode().strip() == str(Rebuilt(events=2 * FINISHED + 2, runs=3))


# ---- what it leaves alone


async def test_what_a_newer_program_wrote_is_left_alone(pool, run):
    await pool.execute("update runs set projection_version = 99, summary = '{}' where id = $1", run)
    await pool.execute("update steps set data = '{}' where run = $1", run)
    await pool.execute("insert into steps values ($1, 9, '{}')", run)
    before = await rows(pool)

    assert await rebuild(pool) == Rebuilt(events=2 * FINISHED + 2, runs=2, newer=1)
    assert await rows(pool) == before


async def test_rows_of_an_erased_run_are_left_alone(pool, run):
    await pool.execute("update events set data = null, salt = null, erased_by = 17 where stream = $1", run)
    before = await rows(pool)

    assert await rebuild(pool) == Rebuilt(events=2 * FINISHED + 2, runs=2, unfolded=1)
    assert await rows(pool) == before


async def test_a_run_that_cannot_be_folded_keeps_no_other_from_its_rows(pool, run):
    before = await rows(pool)
    await tamper(pool, "update events set data = '[]' where stream = $1 and seq = 4", run)
    await pool.execute("update runs set status = 'running' where id <> $1", run)

    assert (await rebuild(pool)).unfolded == 1
    assert await rows(pool) == before


async def test_what_runs_shall_type_is_left_alone(pool, run):
    before = await pool.fetch("select * from run_inputs")
    await rebuild(pool)

    assert len(before) == 1
    assert await pool.fetch("select * from run_inputs") == before


# ---- while others write


async def test_what_is_appended_between_reading_and_writing_is_in_the_rows(pool, runs):
    run = await driven(runs)
    passed = say(StepPassed, index=0, step=STEP, duration_ms=40)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(LOCK)
        writing = asyncio.create_task(report(runs, run, passed))
        await waiting_for_the_lock(pool, 1)
        rebuilding = asyncio.create_task(rebuild(pool))  # it reads what was committed: the report was not
        await waiting_for_the_lock(pool, 2)
    await asyncio.gather(writing, rebuilding)

    assert rebuilding.result() == Rebuilt(events=3, runs=1)
    assert (await verify(pool)).differences == []


async def waiting_for_the_lock(pool, many: int) -> None:
    waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
    async with asyncio.timeout(20):
        while await pool.fetchval(waiting) < many:
            await asyncio.sleep(0.01)


async def test_runs_that_go_on_meanwhile_lose_nothing(pool, runs, run):
    driving = [await driven(runs) for _ in range(4)]
    done = asyncio.Event()
    writers = [asyncio.create_task(keep_writing(runs, each, done)) for each in driving]
    for _ in range(20):
        await pool.execute("update steps set data = '{}' where run = any ($1) and index % 2 = 0", driving)
        await rebuild(pool)
    done.set()
    told = [3 * reports + 2 for reports in await asyncio.gather(*writers)]

    assert [await pool.fetchval("select seq from runs where id = $1", each) for each in driving] == told
    assert (await verify(pool)).differences == []


async def test_a_run_whose_row_was_gone_goes_on(pool, runs):
    run = await driven(runs)
    await pool.execute("truncate runs, steps")
    await rebuild(pool)
    await report(runs, run, say(StepPassed, index=0, step=STEP, duration_ms=40))

    assert (await verify(pool)).differences == []
