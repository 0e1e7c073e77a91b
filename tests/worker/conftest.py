"""A worker with one slot, on the test's database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from time import monotonic
from uuid import UUID

import pytest

from ghostly import node
from ghostly.accounts import Vault
from ghostly.assist.offline import OfflineBrain
from ghostly.browser.pool import Browsers
from ghostly.settings import Settings
from ghostly.store import Store
from ghostly.worker import Worker
from ghostly.worker.assistance import Assistance
from ghostly.worker.discretion import SecretOf
from ghostly.worker.memories import Memories
from ghostly.workers import Membership


async def rules(_owner: UUID) -> OfflineBrain:
    return OfflineBrain()


async def nothing(_owner: UUID, _name: str) -> None:
    return None


@pytest.fixture
async def store(dsn: str, tmp_path: Path) -> AsyncIterator[Store]:
    async with node.store(Settings(database_url=dsn, data_dir=tmp_path)) as store:
        yield store


@pytest.fixture
def hire(store: Store, tmp_path: Path) -> Callable[..., Worker]:
    """Makes a worker; whoever starts it stops it."""

    def hire(*, secret_of: SecretOf = nothing, clock: Callable[[], float] = monotonic) -> Worker:
        return Worker(
            Membership(node.new_id(), store.connect),
            workers=store.workers,
            runs=store.runs,
            tail=store.tail,
            browsers=Browsers(executable=None, slots=1),
            vault=Vault.at(tmp_path),
            slots=1,
            artifacts=tmp_path / "artifacts",
            secret_of=secret_of,
            assistance=Assistance(rules, Memories(store.pool), monotonic),
            monotonic=clock,
        )

    return hire
