"""The one door for writing: load, decide, append; if outrun, decide again."""

from __future__ import annotations

import asyncio
import os
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID
from weakref import WeakValueDictionary

import asyncpg
from msgspec import Struct

from ghostly import telemetry
from ghostly.domain import run as rules
from ghostly.domain.errors import NotItsDriver, Refused, RunNotFound
from ghostly.domain.events import Event, Json
from ghostly.domain.moment import cut, rfc3339, uuid7
from ghostly.domain.run import Run
from ghostly.event_log import Append, Conflict, EventLog, chained, encode, genesis
from ghostly.event_log.patience import patiently
from ghostly.projections import run_record
from ghostly.projections.run_record import Summary
from ghostly.projections.run_view import find_head
from ghostly.workers import Workers

KIND = "run"
REMEMBERED = 10_000
ATTEMPTS = 50

Clock = Callable[[], datetime]

Decision = Callable[[Run, datetime], list[Event]]
"""What to say of a run at a time: events, nothing, or a refusal. It may be asked again after a conflict."""


class _Known(Struct, frozen=True):
    """A run as this process last saw it."""

    run: Run
    summary: Summary
    hash: bytes


class Runs:
    """All runs there are, and the only way to write to them."""

    def __init__(self, log: EventLog, pool: asyncpg.Pool, clock: Clock, *, remembered: int = REMEMBERED) -> None:
        self._log = log
        self._workers = Workers(pool)
        self._pool = pool
        self._clock = clock
        self._last_id = UUID(int=0)
        self._most = remembered
        self._remembered: OrderedDict[UUID, _Known] = OrderedDict()
        self._turns: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()

    def new_id(self) -> UUID:
        """An id for a run that begins now: a UUIDv7, so that ids sort by time; here also within a millisecond."""
        self._last_id = max(uuid7(self._clock(), os.urandom(10)), UUID(int=self._last_id.int + 1))
        return self._last_id

    async def start(
        self, run_id: UUID, *, owner: UUID, project: UUID, flow: Json, request: Json, inputs: bytes | None = None
    ) -> Run:
        """Register a run; when this returns it is durable and every node can read it.

        ``inputs`` is what the flow types, encrypted. Raises ``Conflict`` if the id is taken, ``PayloadTooLarge``
        if the flow does not fit into one event.
        """
        now = cut(self._clock())
        events = rules.start(run_id, now, owner=str(owner), project=str(project), flow=flow, request=request)
        [(event, stored)] = [encode(event) for event in events]
        record = run_record.begin(event)
        begins = {
            "id": run_id,
            "owner": owner,
            "project": project,
            "started_at": rfc3339(now),
            "about": record.about,
            "inputs": b64encode(inputs).decode() if inputs else None,
        }
        hashes = chained(genesis(KIND, run_id), [stored])
        await self._log.append(
            Append(
                stream=run_id,
                kind=KIND,
                expected=0,
                events=[stored],
                hashes=hashes,
                head=run_record.head(record.run, record.summary, begins),
            )
        )
        telemetry.tell([stored.topic])
        return self._remember(_Known(record.run, record.summary, hashes[-1]))

    async def cancel(self, run_id: UUID, *, by: str, reason: str | None = None) -> Run:
        """Ask the run to stop, or end it here and now if its driver is dead; answers the run as it is after.

        Raises ``RunNotFound``, and ``RunAlreadyFinished`` if it ended before.
        """
        driver = (await self._load(run_id)).run.driver
        if driver is None or await self._workers.is_alive(driver):
            return await self.decide(run_id, partial(Run.request_cancellation, by=by, reason=reason))
        try:
            return await self.decide(run_id, partial(Run.cancel_orphaned, driver_was=driver, by=by, reason=reason))
        except NotItsDriver:  # another took it since we looked
            return await self.cancel(run_id, by=by, reason=reason)

    async def decide(self, run_id: UUID, decision: Decision, *, patience: float = 0.0) -> Run:
        """Tell what the decision says of the run as it is now, and answer the run as it is after.

        A database that is away is waited for, ``patience`` seconds; what is told afterwards is told once. Raises
        whatever the decision refuses with, ``RunNotFound``, ``LogUnavailable`` if that was not long enough, and
        ``Conflict`` only if it was outrun ``ATTEMPTS`` times.
        """
        turn = self._turns.setdefault(run_id, asyncio.Lock())
        async with turn:  # one after the other: against each other, the same one would win each time
            return await self._decide(run_id, decision, patience)

    async def _decide(self, run_id: UUID, decision: Decision, patience: float) -> Run:
        for _ in range(ATTEMPTS):
            remembered = self._remembered.get(run_id)
            known = remembered or await self._load(run_id, patience)
            try:
                events = decision(known.run, cut(self._clock()))
            except Refused:
                if remembered is None:
                    raise
                events = []
            if not events and remembered is None:
                return known.run
            if events:
                try:
                    return await self._append(known, events, patience)
                except Conflict:
                    pass
            # Outrun, or silent on a memory that may be old: what the database says is what counts.
            self._forget(known)
        raise Conflict(f"run {run_id} was written to {ATTEMPTS} times while we decided")

    async def _load(self, run_id: UUID, patience: float = 0.0) -> _Known:
        found = await patiently(partial(find_head, self._pool, run_id), patience)
        if found is None:
            raise RunNotFound(f"no run {run_id}")
        return _Known(*found)

    async def _append(self, known: _Known, events: Sequence[Event], patience: float) -> Run:
        run, summary, steps, stored = known.run, known.summary, [], []
        for told in events:
            event, encoded = encode(told)
            stored.append(encoded)
            step = run_record.outcome(summary, event)
            if step:
                steps.append((step.index, run_record.encode(step)))
            run, summary = rules.evolve(run, event), run_record.project(summary, event)
        hashes = chained(known.hash, stored)
        append = Append(
            stream=run.id,
            kind=KIND,
            expected=known.run.seq,
            events=stored,
            hashes=hashes,
            head=run_record.head(run, summary),
            steps=list(dict(steps).items()),
        )
        await patiently(partial(self._log.append, append), patience)
        telemetry.tell(each.topic for each in stored)
        return self._remember(_Known(run, summary, hashes[-1]))

    def _remember(self, known: _Known) -> Run:
        run = known.run
        older = self._remembered.get(run.id)
        if run.finished:
            self._remembered.pop(run.id, None)
        elif older is None or older.run.seq < run.seq:
            self._remembered[run.id] = known
            self._remembered.move_to_end(run.id)
        if len(self._remembered) > self._most:
            self._remembered.popitem(last=False)
        return run

    def _forget(self, known: _Known) -> None:
        newest = self._remembered.get(known.run.id)
        if newest is not None and newest.run.seq <= known.run.seq:
            del self._remembered[known.run.id]
