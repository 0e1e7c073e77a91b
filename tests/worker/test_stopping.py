"""A worker that is told to stop while it drives, or that cannot show any more that it lives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from time import monotonic
from uuid import UUID, uuid4

import pytest
from cuts import away

from ghostly.store import Store
from ghostly.worker import Worker
from ghostly.worker.outage import OUTAGE_S
from tests.node.shops import Shop, open_shop

GOTO = {"action": "goto", "url": "/"}
FILL = {"action": "fill", "selector": "#who", "value": "$secret:SLOW"}
WAITS = {"action": "waitForSelector", "selector": "#nowhere", "timeoutMs": 60_000}


class Safe:
    """Has a secret that is never found, and takes two seconds to give up looking for it."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def secret_of(self, _owner: UUID, _name: str) -> None:
        self.asked.set()
        try:
            await asyncio.sleep(600)
        finally:
            await asyncio.sleep(2)


async def begun(store: Store, shop: Shop, step: dict) -> UUID:
    run, flow = store.runs.new_id(), {"baseUrl": shop.url, "steps": [GOTO, step]}
    await store.runs.start(run, owner=uuid4(), project=uuid4(), flow=flow, request={})
    return run


@pytest.fixture
async def driving(store: Store, hire) -> AsyncIterator[Worker]:
    """A worker amid a run whose secret it looks for."""
    safe = Safe()
    worker = hire(secret_of=safe.secret_of)
    with open_shop() as shop:
        await begun(store, shop, FILL)
        await worker.start()
        await asyncio.wait_for(safe.asked.wait(), 60)
        yield worker


def drives() -> list[str]:
    return [name for task in asyncio.all_tasks() if (name := task.get_name()).startswith("drive ")]


async def test_nothing_is_driven_any_more_when_a_worker_has_stopped(driving):
    await driving.stop(grace=0)

    assert drives() == []


async def test_what_was_driven_is_settled_when_a_worker_has_stopped(driving, store):
    await driving.stop(grace=0)

    assert await store.pool.fetch("select phase from runs") == [("finished",)]


async def test_nobody_waits_for_a_run_of_which_the_database_cannot_hear_how_it_ends(driving, server, store):
    async with away(server, store.pool), asyncio.timeout(120):
        await driving.stop(grace=500)

    assert drives() == []


class Hours:
    """A clock that can be put on."""

    ahead = 0.0

    def __call__(self) -> float:
        return monotonic() + self.ahead


async def fallen_silent(worker: Worker, clock: Hours, server: str, store: Store, run: UUID) -> None:
    """The worker has driven the run for a while when it cannot beat any more, for a minute."""
    await worker.start()
    async with asyncio.timeout(60):
        while len(await store.log.read(run)) < 5:
            await asyncio.sleep(0.05)
        async with away(server, store.pool):
            clock.ahead = OUTAGE_S
            while not all(drive._page._stopped for drive in worker._drives):
                await asyncio.sleep(0.05)


async def test_a_worker_that_was_silent_for_too_long_stops_its_browsers(store, hire, server):
    clock = Hours()
    worker = hire(clock=clock)
    with open_shop() as shop:
        run = await begun(store, shop, WAITS)
        await fallen_silent(worker, clock, server, store, run)
        _ = [frames async for frames in store.tail.follow(run)]
        await worker.stop()

    assert [event.topic for event in await store.log.read(run)][4:] == ["step-started", "run-failed"]
