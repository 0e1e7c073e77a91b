"""A worker that is told to stop while it drives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic
from uuid import UUID, uuid4

import pytest

from ghostly import node
from ghostly.accounts import Vault
from ghostly.assist.offline import OfflineBrain
from ghostly.browser.pool import Browsers
from ghostly.settings import Settings
from ghostly.store import Store
from ghostly.worker import Worker
from ghostly.worker.assistance import Assistance
from ghostly.worker.memories import Memories
from ghostly.workers import Membership
from tests.node.shops import open_shop

FILL = {"action": "fill", "selector": "#who", "value": "$secret:SLOW"}


class Safe:
    """Has a secret that is never found, and takes two seconds to give up looking for it."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def secret_of(self, _owner: UUID, _name: str) -> None:
        self.asked.set()
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(2)


async def rules(_owner: UUID) -> OfflineBrain:
    return OfflineBrain()


@pytest.fixture
async def store(dsn: str, tmp_path: Path) -> AsyncIterator[Store]:
    async with node.store(Settings(database_url=dsn, data_dir=tmp_path)) as store:
        yield store


@pytest.fixture
async def driving(store: Store, tmp_path: Path) -> AsyncIterator[Worker]:
    """A worker amid a run whose secret it looks for."""
    safe = Safe()
    worker = Worker(
        Membership(node.new_id(), store.connect),
        workers=store.workers,
        runs=store.runs,
        tail=store.tail,
        browsers=Browsers(executable=None, slots=1),
        vault=Vault.at(tmp_path),
        slots=1,
        artifacts=tmp_path / "artifacts",
        secret_of=safe.secret_of,
        assistance=Assistance(rules, Memories(store.pool), monotonic),
        monotonic=monotonic,
    )
    with open_shop() as shop:
        flow = {"baseUrl": shop.url, "steps": [{"action": "goto", "url": "/"}, FILL]}
        await store.runs.start(store.runs.new_id(), owner=uuid4(), project=uuid4(), flow=flow, request={})
        await worker.start()
        await asyncio.wait_for(safe.asked.wait(), 60)
        yield worker


async def test_nothing_is_driven_any_more_when_a_worker_has_stopped(driving):
    await driving.stop(grace=0)

    assert [task for task in asyncio.all_tasks() if task.get_name().startswith("drive ")] == []


async def test_what_was_driven_is_settled_when_a_worker_has_stopped(driving, store):
    await driving.stop(grace=0)

    assert await store.pool.fetch("select phase from runs") == [("finished",)]
