from __future__ import annotations

from asyncio import Lock, create_task, sleep
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from stores import begin, now
from stories import DAWN, FLOW, OWNER, PROJECT, RIVAL, STEP, WORKER

from ghostly.database.pool import connect
from ghostly.domain.errors import AlreadyDriven, RunAlreadyFinished, RunNotFound
from ghostly.domain.events import RunStarted, StepStarted
from ghostly.domain.run import Run, say
from ghostly.domain.verdict import PASSED
from ghostly.event_log import Conflict, PayloadTooLarge, decode
from ghostly.runs import Runs
from ghostly.workers import Membership

LONG_AGO = "2026-04-20T17:00:00.000Z"

assign = partial(Run.assign, worker=WORKER)
report = partial(Run.report, worker=WORKER, facts=[say(StepStarted, index=0, step=STEP)])
release = partial(Run.release, worker=WORKER, reason="waiting", due_at=LONG_AGO)
finish = partial(Run.finish, worker=WORKER, outcome=PASSED)


async def topics(log, run_id) -> list[str]:
    return [stored.topic for stored in await log.read(run_id)]


@pytest.fixture
async def driven(runs):
    run_id = await begin(runs)
    await runs.decide(run_id, assign)
    return run_id


# ---- starting


async def test_a_run_that_was_started_is_in_the_log(runs, log):
    run_id = await begin(runs, tags=["ñ"])
    [stored] = await log.read(run_id)

    expected = {"owner": str(OWNER), "project": str(PROJECT), "flow": FLOW, "request": {"tags": ["ñ"]}}
    assert decode(stored) == RunStarted(run_id, 1, stored.at, f"user:{OWNER}", **expected)


async def test_a_run_that_was_started_is_read_by_every_node_at_once(runs, other_runs):
    run_id = await begin(runs)

    assert (await other_runs.decide(run_id, assign)).driver == WORKER


async def test_what_a_run_shall_type_lies_beside_it_until_it_ended(runs, pool):
    run = await runs.start(uuid4(), owner=OWNER, project=PROJECT, flow=FLOW, request={}, inputs=b"\0sealed\xff")

    assert await pool.fetchval("select inputs from run_inputs where run = $1", run.id) == b"\0sealed\xff"
    await runs.cancel(run.id, by="ana")
    assert await pool.fetchval("select count(*) from run_inputs") == 0


async def test_an_id_is_given_once(runs, log):
    run_id = await begin(runs)

    with pytest.raises(Conflict):
        await runs.start(run_id, owner=OWNER, project=PROJECT, flow=FLOW, request={}, inputs=b"other")
    assert await topics(log, run_id) == ["run-started"]


async def test_of_the_second_start_with_an_id_nothing_is_kept(runs, pool):
    run_id = await begin(runs)
    again = {"owner": OWNER, "project": PROJECT, "flow": FLOW, "request": {}, "inputs": b"other"}
    with pytest.raises(Conflict):
        await runs.start(run_id, **again)

    assert await pool.fetchval("select count(*) from run_inputs") == 0


async def test_a_flow_that_does_not_fit_is_refused_and_nothing_is_written(runs, log):
    flow = {"baseUrl": "https://shop.example", "steps": ["x" * 300_000]}

    with pytest.raises(PayloadTooLarge):
        await begin(runs, flow)
    assert await log.position() == 0


async def test_what_a_caller_says_is_shown_without_nul(runs, pool):
    run_id = await begin(runs, contextId="a\0b\ud800")

    assert await pool.fetchval("select about->>'contextId' from runs where id = $1", run_id) == "ab�"


def test_ids_sort_by_time():
    seconds = iter(range(100))
    runs = Runs(None, None, lambda: DAWN + timedelta(seconds=next(seconds)))
    ids = [runs.new_id() for _ in range(100)]

    assert ids == sorted(ids)


# ---- deciding


async def test_a_decision_is_told_and_the_run_after_it_answered(runs, log):
    run_id = await begin(runs)
    run = await runs.decide(run_id, assign)

    assert (run.seq, run.phase, run.driver) == (2, "running", WORKER)
    assert await topics(log, run_id) == ["run-started", "driver-assigned"]


async def test_a_decision_that_says_nothing_writes_nothing(runs, log, driven):
    run = await runs.decide(driven, assign)

    assert (run.seq, len(await log.read(driven))) == (2, 2)


async def test_a_decision_that_refuses_writes_nothing(runs, log, driven):
    with pytest.raises(AlreadyDriven):
        await runs.decide(driven, partial(Run.assign, worker=RIVAL))

    assert len(await log.read(driven)) == 2


async def test_nothing_is_decided_of_a_run_that_is_not(runs):
    with pytest.raises(RunNotFound):
        await runs.decide(uuid4(), assign)


async def test_a_run_has_the_time_of_its_clock_in_milliseconds(log, pool):
    runs = Runs(log, pool, lambda: datetime(2026, 4, 20, 17, 34, 10, 123_999, UTC))
    run_id = await begin(runs)

    assert [stored.at for stored in await log.read(run_id)] == [DAWN]


async def test_the_time_of_a_run_does_not_go_back_with_its_clock(log, pool):
    times = iter([DAWN, DAWN, DAWN - timedelta(hours=1)])
    runs = Runs(log, pool, lambda: next(times))
    run_id = await begin(runs)
    await runs.decide(run_id, assign)

    assert [stored.at for stored in await log.read(run_id)] == [DAWN, DAWN]


# ---- memories that are old


async def test_a_decision_that_was_outrun_is_asked_again(runs, other_runs, driven):
    await other_runs.decide(driven, report)
    asked = []
    await runs.decide(driven, lambda run, at: asked.append(run.seq) or report(run, at))

    assert asked == [2, 3]


async def test_a_refusal_from_an_old_memory_is_looked_up(runs, other_runs, driven):
    await other_runs.decide(driven, release)
    await other_runs.decide(driven, partial(Run.assign, worker=RIVAL))
    run = await runs.decide(
        driven, partial(Run.report, worker=RIVAL, facts=[say(StepStarted, index=0, step=STEP)])
    )

    assert run.seq == 5


async def test_a_silence_from_an_old_memory_is_looked_up(runs, other_runs, driven):
    await other_runs.decide(driven, release)
    run = await runs.decide(driven, assign)

    assert (run.seq, run.driver) == (4, WORKER)


async def test_a_driver_that_lost_its_run_hears_so_though_it_remembers_otherwise(runs, other_runs, driven):
    await other_runs.decide(driven, partial(Run.stop, driver_was=WORKER, reason="gone", stale=True))

    with pytest.raises(RunAlreadyFinished):
        await runs.decide(driven, report)


async def test_an_end_that_others_wrote_is_seen(runs, other_runs, driven):
    await other_runs.decide(driven, finish)

    assert (await runs.decide(driven, finish)).phase == "finished"
    with pytest.raises(RunAlreadyFinished):
        await runs.cancel(driven, by="ana")


async def test_runs_that_were_forgotten_are_looked_up(log, pool):
    runs = Runs(log, pool, now, remembered=2)
    run_ids = [await begin(runs) for _ in range(5)]

    assert [(await runs.decide(run_id, assign)).seq for run_id in run_ids] == [2] * 5
    assert len(runs._remembered) == 2


async def test_a_run_that_ended_is_not_remembered(runs, driven):
    await runs.decide(driven, finish)

    assert driven not in runs._remembered


async def test_a_row_of_a_newer_program_is_left_alone(runs, pool, log, driven):
    await pool.execute("update runs set projection_version = 99")

    with pytest.raises(Conflict, match="50 times"):
        await runs.decide(driven, report)
    assert len(await log.read(driven)) == 2


# ---- cancelling


@pytest.fixture
async def alive(dsn):
    """A worker that lives."""
    membership = Membership(uuid4(), partial(connect, dsn))
    await membership.enter()
    yield membership.worker
    await membership.leave()


async def test_a_queued_run_is_cancelled_at_once(runs, log):
    run = await runs.cancel(await begin(runs), by="ana", reason="wrong branch")

    assert (run.phase, run.stale) == ("finished", False)
    assert await topics(log, run.id) == ["run-started", "cancellation-requested", "run-cancelled"]


async def test_a_run_whose_driver_lives_is_asked_to_stop(runs, alive):
    run_id = await begin(runs)
    await runs.decide(run_id, partial(Run.assign, worker=alive))

    assert (await runs.cancel(run_id, by="ana")).phase == "cancelling"


async def test_asking_twice_writes_one_request(runs, log, alive):
    run_id = await begin(runs)
    await runs.decide(run_id, partial(Run.assign, worker=alive))
    first, second = await runs.cancel(run_id, by="ana"), await runs.cancel(run_id, by="bo")

    assert (first.seq, second.seq, second.phase) == (3, 3, "cancelling")


async def test_a_run_whose_driver_is_dead_is_cancelled_at_once_and_stale(runs, log, driven):
    run = await runs.cancel(driven, by="ana")

    assert (run.phase, run.stale) == ("finished", True)
    assert await topics(log, driven) == [
        "run-started",
        "driver-assigned",
        "cancellation-requested",
        "run-cancelled",
    ]


async def test_a_run_that_another_takes_while_it_is_cancelled_is_asked_to_stop(runs, other_runs, driven, alive):
    async with runs._turns.setdefault(driven, Lock()):
        cancelling = create_task(runs.cancel(driven, by="ana"))
        await sleep(0.1)
        await other_runs.decide(driven, release)
        await other_runs.decide(driven, partial(Run.assign, worker=alive))

    assert (await cancelling).phase == "cancelling"


async def test_a_run_whose_driver_died_after_it_was_asked_ends_for_the_first_who_asked(runs, log, driven):
    await runs.decide(driven, partial(Run.request_cancellation, by="ana"))
    run = await runs.cancel(driven, by="bo")

    assert (run.stale, decode((await log.read(driven))[-1]).by) == (True, "ana")


async def test_a_finished_run_is_not_cancelled(runs, driven):
    await runs.decide(driven, finish)

    with pytest.raises(RunAlreadyFinished):
        await runs.cancel(driven, by="ana")


async def test_a_run_that_is_not_is_not_cancelled(runs):
    with pytest.raises(RunNotFound):
        await runs.cancel(uuid4(), by="ana")


def test_ids_of_one_process_sort_in_the_order_they_were_given(runs):
    given = [runs.new_id() for _ in range(1_000)]

    assert given == sorted(set(given))
