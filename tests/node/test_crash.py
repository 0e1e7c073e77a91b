"""A worker is killed in the middle of a run, with another run queued behind it; then it is started again."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import psutil
import pytest
import pytest_asyncio

from tests.node.processes import Up, alive, reached, told, until
from tests.node.shops import Shop, open_shop

pytestmark = pytest.mark.asyncio(loop_scope="module")

SETTLE_AFTER_S = 2
GOTO = {"action": "goto", "url": "/"}
WAITS = {"action": "waitForSelector", "selector": "#nowhere", "timeoutMs": 60_000}


@dataclass(frozen=True)
class Aftermath:
    """What was found when all was over."""

    record: Any
    events: list[dict[str, Any]]
    settled_after: float
    heard: list[dict[str, Any]]
    queued: Any
    orphans: set[psutil.Process]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def aftermath(reachable) -> Aftermath:
    up = await Up(reachable / "crash", settle_after_s=SETTLE_AFTER_S).start()
    with open_shop() as shop:
        found = await crashed(up, shop)
    await up.stop()
    return found


async def crashed(up: Up, shop: Shop) -> Aftermath:
    async with up.client() as client:
        run = await client.start(shop.flow(GOTO, WAITS, GOTO))
        await reached(client, run, 7)
        queued = await client.start(shop.flow())
        hearing = asyncio.create_task(told(client, run))
        await asyncio.sleep(0.5)
        orphans = up.browsers()
        await up.kill()
        await up.start()
        restarted = time.monotonic()
        heard = await hearing
        settled_after = time.monotonic() - restarted
        events = await told(client, run)
        await told(client, queued)
        await until(lambda: not alive(orphans))
        records = [await client.record(each) for each in (run, queued)]
    return Aftermath(records[0], events, settled_after, heard, records[1], alive(orphans))


async def test_the_run_is_settled_soon_after_the_restart(aftermath):
    assert aftermath.settled_after < SETTLE_AFTER_S + 5


async def test_the_run_end_says_that_the_system_ended_it(aftermath):
    end = aftermath.events[-1]

    assert end["type"] == "run_end"
    assert {"cancelled": False, "source": "system", "staleAfterRestart": True}.items() <= end["payload"].items()


async def test_the_run_proved_nothing(aftermath):
    assert (aftermath.record["status"], aftermath.record["verdict"]) == ("fail", "inconclusive-environment")
    assert aftermath.record["stopReason"] == "abandoned"


async def test_the_steps_that_were_finished_are_there(aftermath):
    assert [(step["index"], step["ok"]) for step in aftermath.record["steps"]] == [(0, True), (1, True)]


async def test_whoever_followed_lost_nothing_and_heard_nothing_twice(aftermath):
    assert aftermath.heard == aftermath.events


async def test_the_run_that_was_queued_is_driven_later(aftermath):
    assert aftermath.queued["status"] == "pass"


async def test_the_browsers_of_the_dead_are_gone(aftermath):
    assert aftermath.orphans == set()
