"""The database stops under runs that are driven, and comes back; another node watches."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio

from ghostly import node
from ghostly.database.embedded import EmbeddedPostgres
from ghostly.http.client import Client
from ghostly.settings import Settings
from tests.node.shops import Shop, open_shop

pytestmark = pytest.mark.asyncio(loop_scope="module")

OUTAGE_S = 12.0
SETTLE_AFTER_S = 2
RUNS = 6
SLOTS = 4
LATE = {"action": "waitForSelector", "selector": "#late", "timeoutMs": 60_000}
GOTO = {"action": "goto", "url": "/next"}
STEP = ["step-started", "step-passed"]


@dataclass(frozen=True)
class Aftermath:
    """What was found when all was over: each run's events, and how many steps were begun during the outage."""

    histories: list[list[tuple[int, str]]]
    begun: int


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def aftermath(reachable, tmp_path_factory) -> Aftermath:
    embedded = EmbeddedPostgres(reachable / "outage")
    dsn = await asyncio.to_thread(embedded.acquire)
    with open_shop() as shop:
        async with nodes(dsn, tmp_path_factory.mktemp("data")) as (driving, client):
            found = await outlived(driving, client, embedded, shop)
    await asyncio.to_thread(embedded.release)
    return found


@asynccontextmanager
async def nodes(dsn: str, directory: Path) -> AsyncIterator[tuple[node.Node, Client]]:
    """A node that drives, with a client of it, and another that only watches."""
    settings = Settings(database_url=dsn, data_dir=directory, port=0, workers=SLOTS, settle_after_s=SETTLE_AFTER_S)
    async with (
        node.up(settings) as driving,
        node.up(settings, serves=False, drives=False),
        Client(driving.url, driving.credentials.api_key) as client,
    ):
        yield driving, client


async def outlived(driving: node.Node, client: Client, embedded: EmbeddedPostgres, shop: Shop) -> Aftermath:
    runs = [UUID(await client.start(shop.flow(LATE, GOTO, path="/late"))) for _ in range(RUNS)]
    async with asyncio.timeout(60):
        while shop.visits["/late"] < SLOTS:
            await asyncio.sleep(0.05)
    await asyncio.to_thread(embedded.release)
    await asyncio.sleep(OUTAGE_S / 2)
    shop.gate.set()  # their steps end when nobody can be told
    await asyncio.sleep(OUTAGE_S / 2)
    begun = shop.visits["/next"]
    await asyncio.to_thread(embedded.acquire)
    return Aftermath([await history(driving, run) for run in runs], begun)


async def history(driving: node.Node, run: UUID) -> list[tuple[int, str]]:
    """Seq and topic of every event of the run, once it has ended."""
    async with asyncio.timeout(60):
        _ = [frames async for frames in driving.store.tail.follow(run)]
    return [(event.seq, event.topic) for event in await driving.store.log.read(run)]


async def test_no_run_is_abandoned_because_the_database_was_away(aftermath):
    assert [history[-1] for history in aftermath.histories] == [(9, "run-passed")] * RUNS


async def test_a_worker_that_cannot_reach_the_database_begins_no_further_step(aftermath):
    assert aftermath.begun == 0


async def test_what_could_not_be_told_during_an_outage_is_told_once_and_in_order(aftermath):
    topics = ["run-started", "driver-assigned", *STEP, *STEP, *STEP, "run-passed"]

    assert aftermath.histories == [list(enumerate(topics, start=1))] * RUNS
