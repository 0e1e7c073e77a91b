"""What runs taught, made anew from the log while others go on, and past runs that nobody can read."""

from __future__ import annotations

import asyncio
from functools import partial
from uuid import UUID, uuid4

import pytest
from written import OWNER, PROJECT, WORKER, erase, report, tamper

from ghostly.database.errors import DatabaseUnavailable
from ghostly.database.pool import open_pool
from ghostly.domain.events import MemoryRecalled, StepPassed, VictoryChecked
from ghostly.domain.run import Run, say
from ghostly.domain.verdict import Outcome
from ghostly.event_log import decode
from ghostly.projections import lessons, relearning
from ghostly.projections.lessons import find_lesson, subject
from ghostly.projections.relearning import Relearned, relearn

URL = "http://shop"
HERE = subject(OWNER, PROJECT, URL)
TABLES = ("memories", "fingerprints")


@pytest.fixture
def begin(runs):
    """Makes a run that is about to reach a goal with a click on something."""

    async def begin(goal: str, selector: str = "#save") -> UUID:
        run, step = runs.new_id(), {"action": "click", "selector": selector}
        flow = {"baseUrl": URL, "steps": [], "assist": {"goal": goal}}
        await runs.start(run, owner=OWNER, project=PROJECT, flow=flow, request={"assisted": {"goal": goal}})
        await runs.decide(run, partial(Run.assign, worker=WORKER))
        met = say(VictoryChecked, horizon=1, configured=True, met=True, checks=[])
        looked = {"selector": selector, "role": "button"}
        await report(runs, run, say(StepPassed, index=0, step=step, duration_ms=1, fingerprint=looked), met, met)
        return run

    return begin


@pytest.fixture
def teach(runs, begin):
    """Makes a run that reached a goal with a click on something."""

    async def teach(goal: str, selector: str = "#save") -> UUID:
        run = await begin(goal, selector)
        await win(runs, run)
        return run

    return teach


async def win(runs, run: UUID) -> None:
    won = Outcome(ok=True, stop_reason="victory", verdict="success", verdict_source="check")
    await runs.decide(run, partial(Run.finish, worker=WORKER, outcome=won))


@pytest.fixture
def fail_to_repeat(runs):
    """Makes a run that recalled what was remembered for a goal, and did not reach it so."""

    async def fail(goal: str) -> UUID:
        run = runs.new_id()
        flow = {"baseUrl": URL, "steps": [], "assist": {"goal": goal}}
        await runs.start(run, owner=OWNER, project=PROJECT, flow=flow, request={"assisted": {"goal": goal}})
        await runs.decide(run, partial(Run.assign, worker=WORKER))
        await report(runs, run, say(MemoryRecalled, horizon=1, candidates=1, source="adaptive"))
        lost = Outcome(ok=False, stop_reason="stalled", verdict="fail-agent-lost", verdict_source="check")
        await runs.decide(run, partial(Run.finish, worker=WORKER, outcome=lost))
        return run

    return fail


@pytest.fixture
async def taught(pool, teach) -> UUID:
    run = await teach("Save it")
    await lessons.learn(pool, run)
    return run


async def kept(pool) -> list:
    return [await pool.fetch(f"select ctid, t::text from {table} t order by 2") for table in TABLES]


async def told(pool) -> list:
    return [[row["t"] for row in rows] for rows in await kept(pool)]


async def until_somebody_waits(pool) -> None:
    """For a lock."""
    async with asyncio.timeout(20):
        while not await pool.fetchval("select exists (select from pg_locks where not granted)"):
            await asyncio.sleep(0.01)


async def learn_within(transaction, run: UUID) -> None:
    events = await lessons.read(transaction, run)
    await lessons.keep(transaction, lessons.fold(map(decode, events)), events[-1])


async def clicked(pool, goal) -> str | None:
    found = await find_lesson(pool, HERE, goal)
    return found and found.steps[0]["selector"]


async def test_what_is_right_already_is_not_even_touched(pool, taught):
    before = await kept(pool)

    assert await relearn(pool) == Relearned(runs=1)
    assert await kept(pool) == before
    assert [len(rows) for rows in before] == [1, 1]


@pytest.mark.parametrize(
    "wreck",
    [
        "delete from memories",
        "update memories set lesson = '{\"steps\":[]}'",
        "update memories set goal = 'x', key = 'x'",
        "update memories set position = 0",
    ],
)
async def test_what_is_remembered_wrongly_is_put_right(pool, taught, wreck):
    before = await told(pool)
    await pool.execute(wreck)
    await relearn(pool)

    assert await told(pool) == before


async def test_the_run_that_ended_last_counts(pool, teach):
    for selector in ("#one", "#two", "#three"):
        await teach("Save it", selector)
    await relearn(pool)

    assert await clicked(pool, "Save it") == "#three"


async def test_the_run_that_ended_last_counts_whichever_is_learned_from_last(pool, teach):
    first, last = await teach("Save it", "#one"), await teach("Save it", "#two")
    await lessons.learn(pool, last)
    await lessons.learn(pool, first)

    assert await clicked(pool, "Save it") == "#two"


async def test_who_waited_to_learn_takes_nothing_from_a_run_that_ended_meanwhile(pool, runs, begin, teach, taught):
    last, before = await begin("Save it", "#last"), await teach("Save it", "#before")
    async with pool.acquire() as other, other.transaction():
        await other.execute("select from memories for update")
        learning = asyncio.create_task(lessons.learn(pool, before))
        await until_somebody_waits(pool)
        await win(runs, last)
        await learn_within(other, last)
    await learning

    assert await clicked(pool, "Save it") == "#last"


async def test_what_did_not_hold_any_more_is_not_learned_from_an_earlier_run(pool, teach, fail_to_repeat):
    success = await teach("Save it")
    await lessons.learn(pool, await fail_to_repeat("Save it"))
    await lessons.learn(pool, success)

    assert await clicked(pool, "Save it") is None


async def test_how_an_element_looked_last_counts_whoever_is_learned_from_last(pool, teach):
    first, last = await teach("Save it"), await teach("Save that")
    await lessons.learn(pool, last)
    await lessons.learn(pool, first)

    assert await pool.fetchval("select run from fingerprints") == last


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
async def test_learning_in_any_order_and_learning_anew_come_to_the_same(pool, teach, fail_to_repeat, order):
    told = [await teach("Save it"), await fail_to_repeat("Save it"), await teach("Save it", "#two")]
    for number in order:
        await lessons.learn(pool, told[number])
    learned = await kept(pool)
    await relearn(pool)

    assert await kept(pool) == learned


async def test_more_runs_than_are_listed_at_once_all_teach(pool, teach):
    for number in range(3):
        await teach(f"Save {number}")

    assert await relearn(pool, page=2) == Relearned(runs=3)
    assert [len(rows) for rows in await kept(pool)] == [3, 1]


async def broken(pool, run):
    await tamper(pool, "update events set data = '[]' where stream = $1 and seq = 3", run)


async def erased(pool, run):
    await erase(pool, run, by=1)


@pytest.mark.parametrize("spoil", [broken, erased])
async def test_a_run_that_nobody_can_read_keeps_no_other_from_teaching(pool, teach, spoil, caplog):
    spoilt = await teach("Save it")
    await teach("Leave it", "#leave")
    await spoil(pool, spoilt)

    assert await relearn(pool) == Relearned(runs=2, unread=1)
    assert (await clicked(pool, "Save it"), await clicked(pool, "Leave it")) == (None, "#leave")
    assert f"run {spoilt} cannot be read" in caplog.text


@pytest.mark.parametrize("spoil", [broken, erased])
async def test_what_was_learned_of_a_run_that_nobody_can_read_is_forgotten(pool, taught, spoil):
    await spoil(pool, taught)
    await relearn(pool)

    assert [len(rows) for rows in await kept(pool)] == [0, 0]


async def test_what_is_remembered_is_recalled_while_it_is_put_in_its_place(pool, taught):
    async with pool.acquire() as other, other.transaction():
        await other.execute(relearning.LOCK)
        await other.execute("delete from memories")
        async with asyncio.timeout(20):
            assert await clicked(pool, "Save it") == "#save"


async def test_a_run_that_ends_meanwhile_teaches_too(pool, taught, teach):
    async with pool.acquire() as other, other.transaction():
        await other.execute("lock table memories in row exclusive mode")  # as somebody who learns
        learning = asyncio.create_task(relearn(pool))
        await until_somebody_waits(pool)
        await teach("Leave it", "#leave")

    assert await learning == Relearned(runs=2)
    assert await clicked(pool, "Leave it") == "#leave"


@pytest.fixture
async def guests(dsn, pool):
    """Connections of somebody who may make no temporary tables."""
    role, name = f"guest_{uuid4().hex}", await pool.fetchval("select current_database()")
    await pool.execute(f"create role {role}; revoke temporary on database {name} from public")
    guests = await open_pool(dsn, size=1)
    await guests.execute(f"set role {role}")
    yield guests
    await guests.close()
    await pool.execute(f"drop role {role}")


async def test_who_may_make_no_temporary_tables_is_told_so(guests):
    with pytest.raises(DatabaseUnavailable, match="grant it the right TEMPORARY"):
        await relearn(guests)


async def test_a_table_of_others_is_left_alone_that_is_called_as_one_of_ours(guests, pool):
    await pool.execute("create table ended ()")
    with pytest.raises(DatabaseUnavailable):
        await relearn(guests)

    assert await pool.fetchval("select to_regclass('ended')") == "ended"


async def test_it_leaves_nothing_behind(pool, taught):
    await relearn(pool)
    await relearn(pool)

    assert (
        await pool.fetchval("select count(*) from pg_class where relname like '%anew%' or relname = 'ended'") == 0
    )
