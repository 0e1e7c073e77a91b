"""Lessons are kept whatever the length of what they are about, and whatever is wrong with them ends nothing."""

from __future__ import annotations

import base64
from functools import partial
from random import Random
from uuid import UUID

import pytest
from written import OWNER, PROJECT, WORKER, report, tamper

from ghostly.domain.events import StepPassed, VictoryChecked
from ghostly.domain.run import Run, say
from ghostly.domain.verdict import Outcome
from ghostly.projections import lessons
from ghostly.projections.lessons import find_fingerprint, find_lesson, subject
from ghostly.worker.memories import Memories

LONG = base64.b64encode(Random(1).randbytes(6_000)).decode()  # no index takes that, as it does not compress
URL = f"http://shop/?{LONG}"
GOAL = f"Buy {LONG}"
STEP = {"action": "click", "selector": f"text={LONG}"}
LOOKED = {"selector": "#save", "role": "button", "name": "Save", "tag": "button"}
TABLES = ("memories", "fingerprints")
HERE = subject(OWNER, PROJECT, URL)


@pytest.fixture
async def taught(runs) -> UUID:
    """A run that reached its goal, which was confirmed twice, in steps, on a page and for a goal that are long."""
    run = runs.new_id()
    flow = {"baseUrl": URL, "steps": [], "assist": {"goal": GOAL}}
    await runs.start(run, owner=OWNER, project=PROJECT, flow=flow, request={"assisted": {"goal": GOAL}})
    await runs.decide(run, partial(Run.assign, worker=WORKER))
    met = say(VictoryChecked, horizon=1, configured=True, met=True, checks=[])
    await report(runs, run, say(StepPassed, index=0, step=STEP, duration_ms=1, fingerprint=LOOKED), met, met)
    won = Outcome(ok=True, stop_reason="victory", verdict="success", verdict_source="check")
    await runs.decide(run, partial(Run.finish, worker=WORKER, outcome=won))
    return run


async def kept(pool) -> list:
    return [await pool.fetch(f"select t::text from {table} t order by 1") for table in TABLES]


async def test_what_concerns_long_texts_is_learned(pool, taught):
    await lessons.learn(pool, taught)

    assert (await find_lesson(pool, HERE, f" {GOAL} ")).steps == [STEP]
    assert await find_fingerprint(pool, HERE, STEP["selector"]) == LOOKED


async def test_what_differs_only_at_its_end_is_something_else(pool, taught):
    await lessons.learn(pool, taught)

    assert await find_lesson(pool, HERE, f"{GOAL}.") is None
    assert await find_fingerprint(pool, subject(OWNER, PROJECT, f"{URL}x"), STEP["selector"]) is None


async def test_what_is_learned_twice_is_kept_once(pool, taught):
    await lessons.learn(pool, taught)
    await lessons.learn(pool, taught)

    assert [len(rows) for rows in await kept(pool)] == [1, 1]


@pytest.mark.parametrize("wreck", ["drop table fingerprints", "alter table memories drop column lesson"])
async def test_a_table_that_takes_nothing_ends_nobody_who_learns(pool, taught, wreck, caplog):
    await pool.execute(wreck)
    await Memories(pool).learn(taught)

    assert f"run {taught} taught nothing" in caplog.text


async def test_events_that_nobody_can_read_end_nobody_who_learns(pool, taught, caplog):
    await tamper(pool, "update events set data = '[]' where stream = $1 and seq = 3", taught)
    await Memories(pool).learn(taught)

    assert f"run {taught} taught nothing" in caplog.text
