from __future__ import annotations

import asyncio
from functools import partial
from uuid import uuid4

import pytest

from ghostly import node
from ghostly.domain.errors import Refused
from ghostly.domain.events import ENDINGS
from ghostly.domain.run import Run
from ghostly.domain.verdict import PASSED
from ghostly.workers import Membership

FLOW = {"baseUrl": "http://127.0.0.1:9", "steps": []}
# Seconds that the cancel is ahead: without any it loses, with most it wins, in between who knows.
HEAD_STARTS = [*(nth * 0.0001 for nth in range(199)), 2]


@pytest.fixture
async def stores(settings):
    async with node.store(settings) as first, node.store(settings) as second:
        yield first, second


@pytest.fixture
async def worker(stores) -> str:
    membership = Membership(node.new_id(), stores[0].connect)
    await membership.enter()
    yield membership.worker
    await membership.leave()


async def started(store, worker):
    run = store.runs.new_id()
    await store.runs.start(run, owner=uuid4(), project=uuid4(), flow=FLOW, request={})
    await store.runs.decide(run, partial(Run.assign, worker=worker))
    return run


async def told(action, after: float = 0) -> str:
    await asyncio.sleep(after)
    try:
        await action
    except Refused as refusal:
        return refusal.code
    return "done"


async def test_a_cancel_that_races_the_end_gives_one_ending_every_time(stores, worker):
    here, there = stores
    seen = set()
    for ahead in HEAD_STARTS:
        run = await started(here, worker)
        finish = told(here.runs.decide(run, partial(Run.finish, worker=worker, outcome=PASSED)), ahead)
        outcomes = await asyncio.gather(finish, told(there.runs.cancel(run, by="ana")))
        seen.add((*outcomes, *[event.topic for event in await here.log.read(run) if event.topic in ENDINGS]))

    assert seen == {("done", "done", "run-cancelled"), ("done", "run_already_finished", "run-passed")}


async def test_two_workers_who_race_for_a_run_get_it_once(stores, worker):
    here, there = stores
    runs = [here.runs.new_id() for _ in range(50)]
    for run in runs:
        await here.runs.start(run, owner=uuid4(), project=uuid4(), flow=FLOW, request={})
    ours = [told(here.runs.decide(run, partial(Run.assign, worker=worker))) for run in runs]
    theirs = [told(there.runs.decide(run, partial(Run.assign, worker="rival"))) for run in runs]
    outcomes = await asyncio.gather(*ours, *theirs)

    assert all(
        sorted(pair) == ["already_driven", "done"] for pair in zip(outcomes[:50], outcomes[50:], strict=True)
    )
