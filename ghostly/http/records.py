"""Records as bytes, kept for as long as they are true."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import NamedTuple
from uuid import UUID
from weakref import WeakValueDictionary

import asyncpg
import msgspec
from aiohttp import web

from ghostly.domain.errors import RunNotFound
from ghostly.event_log import EventLog
from ghostly.http.stands import Stands
from ghostly.projections import run_view
from ghostly.projections.run_view import Past, Stand


class Kept(NamedTuple):
    """A record as it was at ``seq``; ``past`` is what the next one begins with, None once it has ended."""

    stand: Stand
    body: bytes
    past: Past | None

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.body) + (self.past.size if self.past else 0)


class Records:
    """Records as bytes: that of a finished run is made once, that of a running one once per event.

    What it told of its events is kept too: the next one reads and tells only what is new.
    """

    def __init__(self, pool: asyncpg.Pool, log: EventLog, most: int = 64 * 1024 * 1024) -> None:
        self._pool = pool
        self._stands = Stands(pool)
        self._log = log
        self._kept: OrderedDict[UUID, Kept] = OrderedDict()
        self._bytes = 0
        self._most = most
        self._turns: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    async def stand(self, run: UUID) -> Stand | None:
        """How far the run is, without looking where it cannot go on; None if there is no such run."""
        kept = self._kept.get(run)
        return kept.stand if kept and kept.stand.finished else await self._stands.of(run)

    async def at_least(self, run: UUID, seq: int) -> Kept:
        """The record, which has seen event ``seq``; raises ``RunNotFound``."""
        kept = self._kept.get(run)
        if kept is not None and kept.stand.seq >= seq:
            return kept
        turn = self._turns.setdefault(run, asyncio.Lock())
        async with turn:  # who comes meanwhile takes what the first has made, if it is new enough
            kept = self._kept.get(run)
            if kept is None or kept.stand.seq < seq:
                kept = await self._make(run, kept)
        return kept

    async def _make(self, run: UUID, before: Kept | None) -> Kept:
        row = await run_view.find_row(self._pool, run)
        if row is None:
            raise RunNotFound("no such run")
        past = before.past if before and before.past else Past()
        if run_view.needs_past(row):
            past = await past.up_to(self._log, row)
        stand = run_view.stand_of(row)
        body = msgspec.json.encode(run_view.current(row, past))
        kept = Kept(stand, body, None if stand.finished else past)
        self._keep(row.id, kept)
        return kept

    def _keep(self, run: UUID, kept: Kept) -> None:
        before = self._kept.pop(run, None)
        self._bytes += kept.size - (before.size if before else 0)
        self._kept[run] = kept
        while self._bytes > self._most:
            self._bytes -= self._kept.popitem(last=False)[1].size


RECORDS = web.AppKey("records", Records)
