from __future__ import annotations

from asyncio import gather, timeout
from collections import Counter
from functools import partial

import pytest
from stores import attempt, begin
from stories import FLOW, OWNER, PROJECT, RIVAL, RUN, WORKER

from ghostly.domain.errors import Refused
from ghostly.domain.events import ENDINGS, MemoryMissed
from ghostly.domain.run import Run, say
from ghostly.domain.verdict import PASSED
from ghostly.event_log import decode

assign = partial(Run.assign, worker=WORKER)


def saying(number: int):
    return partial(Run.report, worker=WORKER, facts=[say(MemoryMissed, horizon=number)])


async def driven(runs) -> object:
    run_id = await begin(runs)
    await runs.decide(run_id, assign)
    return run_id


async def told(log, run_id) -> list[int]:
    return [decode(stored).horizon for stored in (await log.read(run_id))[2:]]


async def endings(pool) -> list[int]:
    """How many endings each run has."""
    rows = await pool.fetch(
        "select count(*) filter (where topic = any ($1)) as ends from events group by stream", list(ENDINGS)
    )
    return [row["ends"] for row in rows]


# ---- writers


async def write(runs, run_id, writer: int) -> None:
    for turn in range(25):
        await runs.decide(run_id, saying(writer * 100 + turn))


@pytest.mark.parametrize("nodes", [1, 2])
async def test_eight_racing_writers_lose_nothing_and_keep_their_order(runs, other_runs, log, nodes):
    run_id, both = await driven(runs), (runs, other_runs)[:nodes]
    async with timeout(60):
        await gather(*[write(both[writer % nodes], run_id, writer) for writer in range(8)])
    numbers = await told(log, run_id)

    assert sorted(numbers, key=lambda number: number // 100) == sorted(numbers)
    assert sorted(numbers) == [writer * 100 + turn for writer in range(8) for turn in range(25)]


async def test_of_many_who_begin_a_run_with_one_id_one_does(runs, other_runs, log):
    asked = {"owner": OWNER, "project": PROJECT, "flow": FLOW, "request": {}}
    starts = [(runs, other_runs)[n % 2].start(RUN, **asked) for n in range(20)]
    outcomes = await gather(*starts, return_exceptions=True)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict"] * 19 + ["Run"]
    assert len(await log.read(RUN)) == 1


async def test_of_many_workers_one_gets_the_run(runs, other_runs, log):
    run_id = await begin(runs)
    takes = [partial(Run.assign, worker=f"worker-{number}") for number in range(20)]
    outcomes = await gather(
        *[(runs, other_runs)[n % 2].decide(run_id, take) for n, take in enumerate(takes)], return_exceptions=True
    )

    assert sum(isinstance(outcome, Run) for outcome in outcomes) == 1
    assert all(isinstance(outcome, (Run, Refused)) for outcome in outcomes)
    assert len(await log.read(run_id)) == 2


async def test_many_who_ask_at_once_ask_once(runs, other_runs, log):
    run_id = await driven(runs)
    ask = [partial(Run.request_cancellation, by=f"user-{number}") for number in range(20)]
    await gather(*[(runs, other_runs)[n % 2].decide(run_id, asking) for n, asking in enumerate(ask)])

    assert len(await log.read(run_id)) == 3


# ---- the end

RACES = 200


@pytest.mark.parametrize("nodes", [1, 2])
async def test_a_cancel_raced_against_the_end_gives_one_ending(runs, other_runs, pool, nodes):
    other = (runs, other_runs)[nodes - 1]
    run_ids = await gather(*[driven(runs) for _ in range(RACES)])
    cancels = [attempt(other, run_id, Run.request_cancellation, by="ana") for run_id in run_ids]
    ends = [attempt(runs, run_id, Run.finish, worker=WORKER, outcome=PASSED) for run_id in run_ids]
    async with timeout(60):
        await gather(*[race for pair in zip(cancels, ends, strict=True) for race in pair])

    assert await endings(pool) == [1] * RACES


@pytest.mark.parametrize("nodes", [1, 2])
async def test_however_many_want_to_end_a_run_it_ends_once(runs, other_runs, pool, nodes):
    other = (runs, other_runs)[nodes - 1]
    run_ids = await gather(*[driven(runs) for _ in range(40)])
    async with timeout(60):
        await gather(*[ended(run_id, runs, other) for run_id in run_ids])

    assert await endings(pool) == [1] * 40


async def ended(run_id, runs, other) -> None:
    """Everyone tries to end the run at the same time, while its driver still reports."""
    await gather(
        attempt(runs, run_id, saying(1)),
        attempt(runs, run_id, Run.finish, worker=WORKER, outcome=PASSED),
        attempt(other, run_id, Run.stop, driver_was=WORKER, reason="gone", stale=True),
        attempt(other, run_id, Run.cancel_orphaned, driver_was=WORKER, by="ana"),
        attempt(runs, run_id, saying(2)),
        other_cancel(other, run_id),
    )


async def other_cancel(runs, run_id) -> None:
    try:
        await runs.cancel(run_id, by="bo")
    except Refused:
        return


async def test_a_run_that_was_asked_to_stop_in_a_race_ended_cancelled(runs, other_runs, pool):
    run_ids = await gather(*[driven(runs) for _ in range(100)])
    asked = gather(*[attempt(other_runs, run_id, Run.request_cancellation, by="ana") for run_id in run_ids])
    ended = gather(*[attempt(runs, run_id, Run.finish, worker=WORKER, outcome=PASSED) for run_id in run_ids])
    await gather(asked, ended)
    rows = await pool.fetch("select array_agg(topic order by seq) as topics from events group by stream")

    for topics in (row["topics"] for row in rows):
        assert ("cancellation-requested" in topics) == (topics[-1] == "run-cancelled")


async def test_a_run_is_taken_by_one_of_two_while_somebody_cancels_it(runs, other_runs, pool):
    run_ids = await gather(*[begin(runs) for _ in range(60)])
    async with timeout(60):
        await gather(*[fought_for(run_id, runs, other_runs) for run_id in run_ids])
    rows = await pool.fetch("select array_agg(topic order by seq) as topics from events group by stream")

    for counted in (Counter(row["topics"]) for row in rows):
        assert counted["driver-assigned"] <= 1
        assert counted["cancellation-requested"] == 1


async def fought_for(run_id, runs, other) -> None:
    await gather(
        attempt(runs, run_id, Run.assign, worker=WORKER),
        attempt(other, run_id, Run.assign, worker=RIVAL),
        attempt(other, run_id, Run.request_cancellation, by="ana"),
    )
