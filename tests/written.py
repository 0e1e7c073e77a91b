"""Runs in a real log, written through the one door; and hands that reach past the database's refusals."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

import asyncpg

from ghostly.database.pool import connect
from ghostly.domain.events import LoopStateReached, StepFailed, StepPassed, StepStarted
from ghostly.domain.run import Run, Said, say
from ghostly.domain.verdict import PASSED
from ghostly.event_log import EventLog
from ghostly.projections.audit import verify
from ghostly.runs import Runs

DAWN = datetime(2026, 4, 20, 17, 34, 10, 123000, UTC)
OWNER, PROJECT = UUID(int=10), UUID(int=11)
WORKER = "worker-anna"
STEP = {"action": "click", "selector": "#save"}
FLOW = {"baseUrl": "https://shop.example", "steps": [STEP]}
FINISHED = 8
"""How many events a finished run has."""


@asynccontextmanager
async def door(dsn: str, pool: asyncpg.Pool) -> AsyncIterator[Runs]:
    """The one door for writing to the database at ``dsn``; its clock moves a second whenever somebody looks."""
    seconds = count()
    log = EventLog(pool, partial(connect, dsn))
    await log.open()
    yield Runs(log, pool, lambda: DAWN + timedelta(seconds=next(seconds)))
    await log.close()


async def driven(runs: Runs) -> UUID:
    """A run that a worker drives: two events."""
    run = runs.new_id()
    await runs.start(run, owner=OWNER, project=PROJECT, flow=FLOW, request={"tags": ["né"]}, inputs=b"typed")
    await runs.decide(run, partial(Run.assign, worker=WORKER))
    return run


async def finished(runs: Runs) -> UUID:
    """A run whose first step passed, whose second failed and passed when healed, and which then passed."""
    run = await driven(runs)
    for index, healed in ((0, None), (1, True)):
        passed = say(StepPassed, index=index, step=STEP, duration_ms=40, a11y="- button 'Save'", healed=healed)
        await report(runs, run, say(StepStarted, index=index, step=STEP), passed)
    await report(runs, run, say(StepFailed, index=2, step=STEP, duration_ms=7, error="gone"))
    await runs.decide(run, partial(Run.finish, worker=WORKER, outcome=PASSED))
    return run


async def report(runs: Runs, run: UUID, *facts: Said) -> None:
    """Its driver says so."""
    await runs.decide(run, partial(Run.report, worker=WORKER, facts=facts))


async def keep_writing(runs: Runs, run: UUID, done: asyncio.Event) -> int:
    """Its driver reports without a pause until ``done``; answers how many times."""
    reports = 0
    while not done.is_set():
        await report(runs, run, say(LoopStateReached, state="acting"), say(StepStarted, index=0, step=STEP))
        passed = say(StepPassed, index=reports % 20, step=STEP, duration_ms=reports, healed=True)
        await report(runs, run, passed)
        reports += 1
    return reports


async def tamper(pool: asyncpg.Pool, statement: str, *arguments: Any) -> None:
    """What only the database's owner can do, and only on purpose: write to the log past its triggers."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("alter table events disable trigger user")
        await connection.execute(statement, *arguments)
        await connection.execute("alter table events enable always trigger append_only")
        await connection.execute("alter table events enable always trigger never_emptied")


async def erase(pool: asyncpg.Pool, run: UUID, *, by: int) -> None:
    """What the run's events say is gone, and the event at this position is said to have done it."""
    await pool.execute("update events set data = null, salt = null, erased_by = $2 where stream = $1", run, by)


async def first_flaw(pool: asyncpg.Pool) -> tuple[UUID, int | None]:
    """Where the log first differs from what it should be: the stream, and the event in it."""
    first = (await verify(pool)).differences[0]
    return first.stream, first.seq
