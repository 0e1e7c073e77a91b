from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from uuid import UUID, uuid4

import asyncpg
import pytest
from stores import begin, log, now, runs
from stories import OWNER, PROJECT, STEP, WORKER

from ghostly.database.pool import open_pool
from ghostly.domain.events import HealingAttempted, StepFailed, StepPassed
from ghostly.domain.run import Run, say
from ghostly.heals import Heals
from ghostly.projections.lessons import Subject, subject
from ghostly.runs import Runs

__all__ = ["log", "runs"]

Healing = Callable[..., Awaitable[UUID]]


@pytest.fixture
def heals(pool: asyncpg.Pool) -> Heals:
    return Heals(pool, now)


@pytest.fixture
async def other_heals(dsn: str) -> AsyncIterator[Heals]:
    """Those of another node."""
    pool = await open_pool(dsn, size=4)
    yield Heals(pool, now)
    await pool.close()


@pytest.fixture
def whom() -> Subject:
    """Whom what is said of a heal concerns here."""
    return subject(OWNER, PROJECT, "https://shop.example")


@pytest.fixture
def healing(runs: Runs) -> Healing:
    """Makes runs that healed their first step; answers the heal."""

    async def healing(selector: str = "#store", *, works: bool = True) -> UUID:
        run, heal, step = await begin(runs), uuid4(), {"action": "click", "selector": selector}
        await runs.decide(run, partial(Run.assign, worker=WORKER))
        facts = [
            say(StepFailed, index=0, step=STEP, duration_ms=1, error="gone"),
            say(HealingAttempted, index=0, heal_id=str(heal), step=step, rationale="renamed"),
        ]
        if works:
            facts.append(say(StepPassed, index=0, step=step, duration_ms=1, healed=True, heal_id=str(heal)))
        await runs.decide(run, partial(Run.report, worker=WORKER, facts=facts))
        return heal

    return healing
