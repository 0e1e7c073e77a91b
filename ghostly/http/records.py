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

from ghostly.domain.annotations import Annotations
from ghostly.domain.errors import RunNotFound
from ghostly.event_log import EventLog
from ghostly.http.packing import SMALL, pack
from ghostly.http.stands import Stands
from ghostly.projections import run_view
from ghostly.projections.heals import find_annotations
from ghostly.projections.run_view import Past, Row, Stand


class Kept(NamedTuple):
    """A record as it was at its stand; ``past`` is what the next one begins with, None once it has ended.

    ``packed`` is the same as gzip, once anybody has asked for that.
    """

    stand: Stand
    body: bytes
    past: Past | None
    packed: bytes = b""

    def has_seen(self, stand: Stand) -> bool:
        """Whether it shows all that had happened, and was said, when the run stood so."""
        return self.stand.seq >= stand.seq and self.stand.annotations >= stand.annotations

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.body) + len(self.packed) + (self.past.size if self.past else 0)


class Records:
    """Records as bytes: that of a finished run is made once, that of a running one once per event.

    Of a finished run that holds a heal it is made once more for each review.

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
        """How far the run is; None if there is no such run."""
        return await self._stands.of(run)

    async def at_least(self, stand: Stand) -> Kept:
        """The record, which has seen what the run has that stood so; raises ``RunNotFound``."""
        kept = self._kept.get(stand.id)
        if kept is not None and kept.has_seen(stand):
            return kept
        turn = self._turns.setdefault(stand.id, asyncio.Lock())
        async with turn:  # who comes meanwhile takes what the first has made, if it is new enough
            kept = self._kept.get(stand.id)
            if kept is None or not kept.has_seen(stand):
                kept = await self._make(stand.id, kept)
        return kept

    async def packed(self, kept: Kept) -> bytes | None:
        """The record as gzip, made once; None where that does not pay: while it may grow, or of a small one."""
        if kept.past is not None or len(kept.body) <= SMALL:
            return None
        if kept.packed:
            return kept.packed
        async with self._turns.setdefault(kept.stand.id, asyncio.Lock()):
            now = self._kept.get(kept.stand.id, kept)
            if now.stand == kept.stand and now.packed:  # by who came before, in the meantime
                return now.packed
            kept = kept._replace(packed=await pack(kept.body))
            if now.stand == kept.stand:
                self._keep(kept.stand.id, kept)
            return kept.packed

    async def summary(self, run: UUID) -> tuple[Stand, bytes]:
        """The record without what is large, made anew each time; raises ``RunNotFound``."""
        row, said = await self._read(run)
        return run_view.stand_of(row, said), msgspec.json.encode(run_view.listed(row, said.reviews))

    async def _make(self, run: UUID, before: Kept | None) -> Kept:
        row, said = await self._read(run)
        past = before.past if before and before.past else Past()
        if run_view.needs_past(row):
            past = await past.up_to(self._log, row)
        stand = run_view.stand_of(row, said)
        body = msgspec.json.encode(run_view.current(row, past, said.reviews))
        kept = Kept(stand, body, None if stand.finished else past)
        self._keep(row.id, kept)
        return kept

    async def _read(self, run: UUID) -> tuple[Row, Annotations]:
        row = await run_view.find_row(self._pool, run)
        if row is None:
            raise RunNotFound("no such run")
        said = (await find_annotations(self._pool, run)).annotations if run_view.is_healed(row) else None
        return row, said or Annotations(run=run)

    def _keep(self, run: UUID, kept: Kept) -> None:
        before = self._kept.pop(run, None)
        self._bytes += kept.size - (before.size if before else 0)
        self._kept[run] = kept
        while self._bytes > self._most:
            self._bytes -= self._kept.popitem(last=False)[1].size


RECORDS = web.AppKey("records", Records)
