"""Decisions about runs while the database is away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
from cuts import Gate, away, opened
from stores import begin, now
from stories import STEP, WORKER

from ghostly.domain.events import StepStarted
from ghostly.domain.run import Run, say
from ghostly.event_log import LogUnavailable
from ghostly.runs import Runs

assign = partial(Run.assign, worker=WORKER)
report = partial(Run.report, worker=WORKER, facts=[say(StepStarted, index=0, step=STEP)])

POINTS = {"lost before it was sent": "before_send", "lost after the commit": "after_commit"}


@pytest.fixture
async def gate(dsn) -> Gate:
    return Gate(dsn)


@asynccontextmanager
async def cut_off(pool, gate: Gate, point: str = "before_send") -> AsyncIterator[tuple[Runs, object]]:
    """Runs, one of them driven, whose log loses its way to the database with the third append."""
    async with opened(pool, gate, reconnect_s=0.2, **{point: gate.shutting(3)}) as log:
        runs = Runs(log, pool, now)
        run_id = await begin(runs)
        await runs.decide(run_id, assign)
        yield runs, run_id


async def seqs(pool, run_id) -> list[int]:
    return await pool.fetchval("select array_agg(seq order by seq) from events where stream = $1", run_id)


@pytest.mark.parametrize("point", POINTS.values(), ids=POINTS)
async def test_who_has_patience_is_heard_once_when_the_database_is_back(pool, gate, point):
    async with cut_off(pool, gate, point) as (runs, run_id):
        telling = asyncio.create_task(runs.decide(run_id, report, patience=20))
        await asyncio.wait([telling], timeout=1)
        gate.shut = False

        assert (await telling).seq == 3
    assert await seqs(pool, run_id) == [1, 2, 3]


@pytest.mark.parametrize("patience", [0, 0.5])
async def test_who_has_no_patience_left_is_told_that_the_database_is_away(pool, gate, patience):
    async with cut_off(pool, gate) as (runs, run_id):
        with pytest.raises(LogUnavailable):
            await runs.decide(run_id, report, patience=patience)


async def test_what_was_decided_patiently_is_the_decision_of_before_the_outage(pool, gate):
    asked = []

    def once(run, at):
        asked.append(at)
        return report(run, at)

    async with cut_off(pool, gate) as (runs, run_id):
        telling = asyncio.create_task(runs.decide(run_id, once, patience=20))
        await asyncio.wait([telling], timeout=1)
        gate.shut = False
        run = await telling

    assert [run.at] == asked


async def test_who_has_patience_waits_to_read_a_run_as_well(server, pool, runs, other_runs):
    run_id = await begin(runs)
    async with away(server, pool):
        taking = asyncio.create_task(other_runs.decide(run_id, assign, patience=20))
        await asyncio.wait([taking], timeout=0.7)

    assert (await taking).driver == WORKER
