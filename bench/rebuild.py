"""Folding every run anew from the log, and proving the log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from itertools import count, cycle, islice
from typing import Any

import asyncpg

from bench import stories
from bench.batches import COLUMNS, rows
from bench.pairs import Bar, Row, Side, alone
from bench.stage import Stage
from bench.stories import Catcher
from ghostly.domain import events as ev
from ghostly.domain.run import Said, say
from ghostly.projections.audit import verify
from ghostly.projections.rebuild import rebuild
from ghostly.store import Store

RUNS, EVENTS = 10_000, 20
BAR = Bar("≥", 20_000)


async def measure(stage: Stage) -> list[Row]:
    """200,000 events of 10,000 runs, with no row of any run, with all of them, and proved."""
    runs = RUNS // 10 if stage.short else RUNS
    async with stage.database() as dsn, stage.store(dsn) as store:
        with stage.doing(f"rebuild: writing {runs * EVENTS:,} events"):
            await _write(store, runs)
        pool, total = store.pool, runs * EVENTS
        sides = {
            "empty": _rate(total, partial(_rebuild, pool), before=partial(_empty, pool)),
            "again": _rate(total, partial(_rebuild, pool)),
            "verify": _rate(total, partial(_verify, pool)),
        }
        taken = await stage.in_turn("rebuild", sides, stage.rounds(3))
    what = f"of {total:,} events"
    return [
        alone(taken["empty"], what=f"rebuild {what}, no row there yet", unit="/s", bar=BAR),
        alone(taken["again"], what=f"rebuild {what}, every row right", unit="/s", bar=BAR),
        alone(taken["verify"], what=f"verify {what}", unit="/s", bar=None),
    ]


def _rate(total: int, work: Any, before: Any = None) -> Side:
    async def side() -> float:
        if before:
            await before()
        began = time.perf_counter()
        assert await work() == total
        return total / (time.perf_counter() - began)

    return side


async def _rebuild(pool: asyncpg.Pool) -> int:
    return (await rebuild(pool)).events


async def _verify(pool: asyncpg.Pool) -> int:
    found = await verify(pool)
    if found.found:
        raise RuntimeError(f"what was rebuilt is not right: {found.differences[:3]}")
    return found.events


async def _empty(pool: asyncpg.Pool) -> None:
    await pool.execute("truncate runs, steps")


async def _write(store: Store, runs: int) -> None:
    """Everything is decided, encoded and chained as always; only the writing is by COPY."""
    positions = count(1)
    async with store.pool.acquire() as connection:
        for _ in range(runs // 100):
            records = [(next(positions), *row) for row in await _rows(store, 100)]
            await connection.copy_records_to_table("events", records=records, columns=("position", *COLUMNS))
        await connection.execute("analyze events")


async def _rows(store: Store, runs: int) -> list[tuple[Any, ...]]:
    caught = Catcher()
    unsent = caught.runs(store.pool)
    for _ in range(runs):
        run = await stories.begin(unsent)
        await stories.tell(unsent, run, *islice(_facts(), EVENTS - 3))
        await stories.finish(unsent, run)
    return [row for append in caught.appends for row in rows(append)]


def _facts() -> Iterator[Said]:
    for index in cycle(range(25)):
        yield say(ev.StepStarted, index=index, step=stories.STEP)
        yield stories.passed(index)
