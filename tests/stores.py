"""Fixtures of the core on the test's database: a log, who writes to it, who follows it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from stories import FLOW, OWNER, PROJECT

from ghostly.database.pool import connect, open_pool
from ghostly.domain.errors import Refused
from ghostly.domain.events import Json
from ghostly.event_log import EventLog
from ghostly.runs import Runs
from ghostly.tail import Tail
from ghostly.workers import Workers

__all__ = ["log", "other_runs", "runs", "tail", "workers"]


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open_log(pool: asyncpg.Pool, dsn: str, **faults: Any) -> AsyncIterator[EventLog]:
    opened = EventLog(pool, partial(connect, dsn), **faults)
    await opened.open()
    yield opened
    await asyncio.wait_for(opened.close(), timeout=10)


@asynccontextmanager
async def another_node(dsn: str) -> AsyncIterator[tuple[EventLog, Runs]]:
    """What another process would have: a pool, a log and a memory of its own."""
    pool = await open_pool(dsn, size=4)
    async with open_log(pool, dsn) as opened:
        yield opened, Runs(opened, pool, now)
    await asyncio.wait_for(pool.close(), timeout=10)


@pytest.fixture
async def log(pool: asyncpg.Pool, dsn: str) -> AsyncIterator[EventLog]:
    async with open_log(pool, dsn) as opened:
        yield opened


@pytest.fixture
def runs(log: EventLog, pool: asyncpg.Pool) -> Runs:
    return Runs(log, pool, now)


@pytest.fixture
async def other_runs(dsn: str) -> AsyncIterator[Runs]:
    async with another_node(dsn) as (_, opened):
        yield opened


@pytest.fixture
async def tail(log: EventLog, dsn: str) -> AsyncIterator[Tail]:
    opened = Tail(log, partial(connect, dsn))
    opened.open()
    yield opened
    await asyncio.wait_for(opened.close(), timeout=10)


@pytest.fixture
def workers(pool: asyncpg.Pool) -> Workers:
    return Workers(pool)


async def begin(runs: Runs, flow: Json = FLOW, **request: Any) -> UUID:
    """A run that waits for a driver."""
    run = await runs.start(runs.new_id(), owner=OWNER, project=PROJECT, flow=flow, request=request)
    return run.id


async def attempt(runs: Runs, run_id: UUID, decision: Callable[..., Any], **words: Any) -> None:
    """Decide this, if the rules allow it."""
    with suppress(Refused):
        await runs.decide(run_id, partial(decision, **words))
