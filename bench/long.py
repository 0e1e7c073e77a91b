"""Whether an append costs the same at the end of a long run as at its beginning."""

from __future__ import annotations

import time
from uuid import UUID

from bench import stories
from bench.pairs import Bar, Row, Side, beside
from bench.stage import Stage
from ghostly.store import Store

EVENTS = 50_000
LAST = 1_000
EACH = 25


async def measure(stage: Stage) -> list[Row]:
    """The last thousand appends of a run of 50,000 events, in turn with the first thousand of another."""
    events = EVENTS // 10 if stage.short else EVENTS
    rounds = LAST // EACH - 1  # one round more is done to warm up
    async with stage.database() as dsn, stage.store(dsn) as store:
        old, young = await stories.begin(store.runs), await stories.begin(store.runs)
        with stage.doing(f"long: writing {events:,} events"):
            await stories.grow(store.runs, old, events - LAST, tuple(stories.steps(25)))
        sides = {"old": _appends(store, old), "young": _appends(store, young)}
        taken = await stage.in_turn("long: last and first", sides, rounds)
    what = f"an append, the last {LAST:,} of a run of {events:,} events"
    than = f"the first {LAST:,} of another run"
    return [beside(taken["old"], taken["young"], what=what, than=than, unit="µs", bar=Bar("≤", 1.2))]


def _appends(store: Store, run: UUID) -> Side:
    """Microseconds for one append, the mean of 25."""

    async def side() -> float:
        began = time.perf_counter()
        for index in range(EACH):
            await stories.tell(store.runs, run, stories.passed(index))
        return (time.perf_counter() - began) / EACH * 1e6

    return side
