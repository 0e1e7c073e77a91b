from __future__ import annotations

from contextlib import suppress
from functools import partial
from uuid import uuid4

import pytest
from cuts import away

from ghostly import node
from ghostly.database.errors import UNREACHABLE
from ghostly.domain.run import Run
from ghostly.worker import Reaper
from ghostly.workers import Membership

FLOW = {"baseUrl": "http://127.0.0.1:9", "steps": []}


class Watch:
    """An observer with a clock that the test sets, and a worker with a run to observe."""

    def __init__(self, store, membership: Membership) -> None:
        self.now = 100.0
        self.store = store
        self.worker = membership
        self.reaper = Reaper(store.workers, store.runs, settle_after=3, monotonic=lambda: self.now)

    async def looks_for(self, seconds: int, *, beating: bool = False) -> None:
        """Look once a second, first now."""
        await self.reaper.look_around()
        for _ in range(seconds):
            self.now += 1
            if beating:
                await self.worker.beat()
            await self.reaper.look_around()

    async def ended(self) -> list[str]:
        return [event.topic for event in await self.store.log.read(self.run) if event.topic.startswith("run-")][1:]


@pytest.fixture
async def watch(settings):
    async with node.store(settings) as store:
        watch = Watch(store, Membership(node.new_id(), store.connect))
        await watch.worker.enter()
        watch.run = store.runs.new_id()
        await store.runs.start(watch.run, owner=uuid4(), project=uuid4(), flow=FLOW, request={})
        await store.runs.decide(watch.run, partial(Run.assign, worker=watch.worker.worker))
        yield watch
        await watch.worker.leave()


async def test_a_worker_that_beats_is_left_alone(watch):
    await watch.looks_for(60, beating=True)

    assert await watch.ended() == []


async def test_the_run_of_a_worker_that_does_not_beat_is_settled_after_fifteen_seconds(watch):
    await watch.looks_for(14)
    before = await watch.ended()
    await watch.looks_for(1)

    assert (before, await watch.ended()) == ([], ["run-abandoned"])


async def test_the_run_of_a_dead_worker_is_settled_when_its_time_is_over(watch):
    await watch.worker._connection.close()
    await watch.looks_for(2)
    before = await watch.ended()
    await watch.looks_for(1)

    assert (before, await watch.ended()) == ([], ["run-abandoned"])


async def test_a_dead_worker_that_comes_back_in_time_keeps_its_run(watch):
    await watch.worker._connection.close()
    await watch.looks_for(2)
    await watch.worker.enter()
    await watch.looks_for(10)

    assert await watch.ended() == []


async def test_an_observer_that_was_frozen_itself_takes_nobody_for_paused(watch):
    await watch.looks_for(3)
    watch.now += 60
    await watch.looks_for(3)

    assert await watch.ended() == []


async def test_a_database_that_comes_back_gives_every_worker_time_to_take_its_lock_again(watch, server):
    async with away(server, watch.store.pool):
        with suppress(*UNREACHABLE):
            await watch.reaper.look_around()
    await watch.looks_for(9)
    before = await watch.ended()
    await watch.looks_for(1)

    assert (before, await watch.ended()) == ([], ["run-abandoned"])


async def test_a_run_whose_worker_was_never_entered_is_settled(watch):
    await watch.store.pool.execute("delete from workers")
    await watch.looks_for(3)

    assert await watch.ended() == ["run-abandoned"]


async def test_the_run_of_a_worker_that_was_asked_before_it_died_ends_cancelled(watch):
    await watch.store.runs.cancel(watch.run, by="ana")
    await watch.worker._connection.close()
    await watch.looks_for(3)

    assert await watch.ended() == ["run-cancelled"]
