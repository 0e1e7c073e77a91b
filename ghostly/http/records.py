"""Records as bytes, kept for as long as they are true."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import NamedTuple
from uuid import UUID
from weakref import WeakValueDictionary

import msgspec
from aiohttp import web

from ghostly.accounts import Caller
from ghostly.domain.errors import RunNotFound
from ghostly.http.context import LOG, POOL
from ghostly.http.visible import find, may_see, run_id
from ghostly.projections import run_view


class _Kept(NamedTuple):
    owner: UUID
    seq: int
    finished: bool
    body: bytes


class Records:
    """Records as bytes: that of a finished run is made once, that of a running one once per event."""

    def __init__(self, most: int = 64 * 1024 * 1024) -> None:
        self._kept: OrderedDict[UUID, _Kept] = OrderedDict()
        self._bytes = 0
        self._most = most
        self._turns: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    async def get(self, request: web.Request, caller: Caller) -> bytes:
        """The record of the path's run, as it is now; raises ``RunNotFound``."""
        wanted = run_id(request)
        kept = self._kept.get(wanted)
        if kept is None or not kept.finished:
            kept = await self._at_least(request, caller, await run_view.find_seq(request.app[POOL], wanted) or 0)
        if not may_see(caller, kept.owner):
            raise RunNotFound("someone else's run")
        return kept.body

    async def _at_least(self, request: web.Request, caller: Caller, seq: int) -> _Kept:
        wanted = run_id(request)
        kept = self._kept.get(wanted)
        if kept is not None and kept.seq >= seq:
            return kept
        turn = self._turns.setdefault(wanted, asyncio.Lock())
        async with turn:  # who comes meanwhile takes what the first has made, if it is new enough
            kept = self._kept.get(wanted)
            if kept is None or kept.seq < seq:
                kept = await self._make(request, caller)
        return kept

    async def _make(self, request: web.Request, caller: Caller) -> _Kept:
        row = await find(request, caller)
        record = await run_view.current(request.app[LOG], row)
        kept = _Kept(row.owner, row.seq, record["finished"], msgspec.json.encode(record))
        self._keep(row.id, kept)
        return kept

    def _keep(self, run: UUID, kept: _Kept) -> None:
        before = self._kept.pop(run, None)
        self._bytes += len(kept.body) - (len(before.body) if before else 0)
        self._kept[run] = kept
        while self._bytes > self._most:
            self._bytes -= len(self._kept.popitem(last=False)[1].body)


RECORDS = web.AppKey("records", Records)
