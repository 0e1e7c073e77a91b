"""A hundred events in one append, beside COPY of as many rows in one transaction."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from bench import stories
from bench.pairs import Bar, Row, beside
from bench.stage import Stage
from bench.stories import Catcher
from ghostly.event_log import Append
from ghostly.store import Store

COLUMNS = ("stream", "kind", "seq", "topic", "version", "at", "actor", "data", "salt", "data_digest", "hash")
APPENDS = 10
BATCH = 100
ROUNDS = 30
THAN = "COPY of 100 rows a transaction"


class Batches:
    """Ten batches of the same events, made before they are timed; each way answers events a second."""

    def __init__(self, store: Store, bare: asyncpg.Connection, runs: tuple[UUID, UUID]) -> None:
        self._store = store
        self._bare = bare
        self._first, self._second = runs
        self._caught = Catcher()
        self._unsent = self._caught.runs(store.pool)
        self._facts = stories.steps(BATCH)

    async def log(self) -> float:
        """What the log itself takes."""
        self._caught.appends.clear()
        for _ in range(APPENDS):
            await stories.tell(self._unsent, self._first, *self._facts)
        began = time.perf_counter()
        for append in self._caught.appends:
            await self._store.log.append(append)
        return _rate(began)

    async def copy(self) -> float:
        """The same rows, of another stream."""
        stream = uuid4()
        made = [[(stream, *row[1:]) for row in rows(append)] for append in self._caught.appends]
        began = time.perf_counter()
        for batch in made:
            await self._bare.copy_records_to_table("bare_copy", records=batch, columns=COLUMNS)
        return _rate(began)

    async def whole(self) -> float:
        """Through the one door: deciding, encoding and folding inside."""
        began = time.perf_counter()
        for _ in range(APPENDS):
            await stories.tell(self._store.runs, self._second, *self._facts)
        return _rate(began)


async def measure(stage: Stage, store: Store, bare: asyncpg.Connection) -> list[Row]:
    """Through the log, and through the one door before it."""
    runs = await stories.begin(store.runs), await stories.begin(store.runs)
    made = Batches(store, bare, runs)
    sides = {"log": made.log, "copy": made.copy, "whole": made.whole}
    taken = await stage.in_turn("append: batches of 100", sides, stage.rounds(ROUNDS))
    what = "events/s, appended 100 at once"
    decided = f"{what}; deciding, encoding and folding inside"
    return [
        beside(taken["log"], taken["copy"], what=what, than=THAN, unit="/s", bar=Bar("≥", 0.45)),
        beside(taken["whole"], taken["copy"], what=decided, than=THAN, unit="/s", bar=None),
    ]


def rows(append: Append) -> list[tuple[Any, ...]]:
    """The events of an append as rows of these columns."""
    pairs = zip(append.events, append.hashes, strict=True)
    return [(append.stream, append.kind, *event, digest) for event, digest in pairs]


def _rate(began: float) -> float:
    return APPENDS * BATCH / (time.perf_counter() - began)
