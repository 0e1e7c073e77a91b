"""Fold every run anew from the log, and write its rows as its events say they are."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolConnectionProxy
from msgspec import Struct

from ghostly.event_log import Stored, append, decode
from ghostly.event_log.stored import COLUMNS
from ghostly.projections import run_record
from ghostly.projections.run_record import PROJECTION_VERSION, RunRecord

logger = logging.getLogger("ghostly.projections")

PAGE = 2_000

PAGES = f"""
select {COLUMNS}, hash from events
 where (stream, seq) > ($1, $2) and kind = 'run' order by stream, seq limit {PAGE}
"""  # noqa: S608

SINCE = f"""
select {COLUMNS}, hash from unnest($1::uuid[], $2::integer[]) as known (id, last)
  join events on stream = known.id and seq > known.last order by stream, seq
"""  # noqa: S608

# The lock that append_events takes. Whoever gets lost while holding it holds up every append, so not for long.
LOCK = f"""
set local idle_in_transaction_session_timeout = '5s';
select pg_advisory_xact_lock({append.LOCK})
"""

ROW = {
    "id": "uuid",
    "seq": "integer",
    "hash": "bytea",
    "owner": "uuid",
    "project": "uuid",
    "phase": "text",
    "status": "text",
    "driver": "text",
    "due_at": "timestamptz",
    "started_at": "timestamptz",
    "finished_at": "timestamptz",
    "about": "json",
    "summary": "json",
    "state": "json",
    "projection_version": "smallint",
}
NAMES = ", ".join(ROW)


def _of(alias: str) -> str:
    # Not `alias.*`: the table has columns too that the database makes of these.
    return ", ".join(f"{alias}.{name}" for name in ROW)


# A row that reads so already is not touched: most do, and each writing would leave a dead row behind.
WRITE = f"""
with newer as (
  select id from runs where id = any ($1) and projection_version > {PROJECTION_VERSION}
), told as (
  select * from unnest({", ".join(f"${n}::{kind}[]" for n, kind in enumerate(ROW.values(), 1))}) as t ({NAMES})
   where id not in (select id from newer)
), told_steps as (
  select s.* from unnest($16::uuid[], $17::integer[], $18::json[]) as s (run, index, data)
    join told on told.id = s.run
), written as (
  insert into runs ({NAMES})
  select {NAMES} from told t
   where not exists (select from runs r where r.id = t.id and row ({_of("r")})::text = row ({_of("t")})::text)
  on conflict (id) do update set ({NAMES}) = row ({_of("excluded")})
  returning id
), written_steps as (
  insert into steps (run, index, data)
  select run, index, data from told_steps t
   where not exists (select from steps s where s.run = t.run and s.index = t.index and s.data::text = t.data::text)
  on conflict (run, index) do update set data = excluded.data
  returning run
), removed_steps as (
  delete from steps s using told
   where s.run = told.id and not exists (select from told_steps t where t.run = s.run and t.index = s.index)
  returning s.run
)
select (select count(*) from told), (select count(*) from newer),
       (select count(*) from written) + (select count(*) from written_steps), (select count(*) from removed_steps)
"""  # noqa: S608

NO_EVENTS = "not exists (select from events e where e.stream = id and e.kind = 'run')"

WITHOUT_EVENTS = f"""
select id from (select id from runs union select run from steps) as r (id) where {NO_EVENTS} limit 1000
"""  # noqa: S608

REMOVE = f"""
with gone as (
  select id from unnest($1::uuid[]) as t (id) where {NO_EVENTS}
), removed as (
  delete from runs using gone where runs.id = gone.id returning 1
), removed_steps as (
  delete from steps using gone where steps.run = gone.id returning 1
)
select (select count(*) from removed) + (select count(*) from removed_steps)
"""  # noqa: S608

Progress = Callable[[int, int], None]
"""How many events were folded, and of how many."""


class Rebuilt(Struct):
    """What was folded and how many rows had to be written or removed for it.

    ``newer`` runs were left alone because a newer program wrote their rows, ``unfolded`` ones because payloads
    were erased or their fold broke.
    """

    events: int = 0
    runs: int = 0
    written: int = 0
    removed: int = 0
    newer: int = 0
    unfolded: int = 0


class _Logged(Stored, frozen=True, gc=False):
    hash: bytes


class _Folded(Struct, frozen=True):
    """A run as far as its events were read; without a record if they cannot be folded."""

    seq: int
    hash: bytes
    events: int
    record: RunRecord | None


Batch = dict[UUID, _Folded]


def _quiet(_folded: int, _total: int) -> None:
    """Show nothing."""


async def rebuild(pool: asyncpg.Pool, *, progress: Progress = _quiet) -> Rebuilt:
    """Afterwards the rows of every run say what its events say, also of runs that are appended to meanwhile.

    Runs are folded from a reading without any lock. Each batch is written under the lock of all appends, after
    what was appended since the reading: little, so appends wait for milliseconds. None can come between, so none
    is overwritten; and whoever appends afterwards finds the rows written here.
    """
    rebuilt = Rebuilt()
    total = await pool.fetchval("select count(*) from events where kind = 'run'")
    async for batch in _batches(pool):
        async with pool.acquire() as connection, connection.transaction():
            await _write(connection, batch, rebuilt)
        progress(rebuilt.events, max(total, rebuilt.events))
    await _remove_without_events(pool, rebuilt)
    return rebuilt


async def _batches(pool: asyncpg.Pool) -> AsyncIterator[Batch]:
    stream, seq = UUID(int=0), 0
    batch: Batch = {}
    while rows := await pool.fetch(PAGES, stream, seq):
        _fold_into(batch, rows)
        stream, seq = rows[-1]["stream"], rows[-1]["seq"]
        last = batch.pop(stream)  # the next page may have more of it
        if batch:
            yield batch
        batch = {stream: last}
    if batch:
        yield batch


def _fold_into(batch: Batch, rows: Iterable[Any]) -> None:
    for stream, events in groupby((_Logged(*row) for row in rows), attrgetter("stream")):
        batch[stream] = _fold(batch.get(stream), list(events))


def _fold(before: _Folded | None, events: Sequence[_Logged]) -> _Folded:
    last = events[-1]
    count = len(events) + (before.events if before else 0)
    return _Folded(last.seq, last.hash, count, _record(before, events))


def _record(before: _Folded | None, events: Sequence[_Logged]) -> RunRecord | None:
    if (before and before.record is None) or any(event.data is None for event in events):
        return None
    try:
        return run_record.fold(map(decode, events), before.record if before else None)
    except Exception as error:  # noqa: BLE001 - a run that someone damaged shall not keep the others from theirs
        logger.warning("run %s cannot be folded and is left as it is: %r", events[-1].stream, error)
        return None


async def _write(connection: PoolConnectionProxy, batch: Batch, rebuilt: Rebuilt) -> None:
    await connection.execute(LOCK)
    # A statement of its own, because its snapshot must be younger than the lock.
    _fold_into(batch, await connection.fetch(SINCE, list(batch), [folded.seq for folded in batch.values()]))
    told = [(folded.record, folded.hash) for folded in batch.values() if folded.record]
    rows = [run_record.row(record, newest) for record, newest in told]
    steps = [(r.id, index, run_record.encode(step)) for r, _ in told for index, step in r.steps.items()]
    [(runs, newer, written, removed)] = await connection.fetch(
        WRITE, *([row[name] for row in rows] for name in ROW), *([step[n] for step in steps] for n in range(3))
    )
    rebuilt.events += sum(folded.events for folded in batch.values())
    rebuilt.runs += runs
    rebuilt.newer += newer
    rebuilt.written += written
    rebuilt.removed += removed
    rebuilt.unfolded += len(batch) - len(told)


async def _remove_without_events(pool: asyncpg.Pool, rebuilt: Rebuilt) -> None:
    while ids := await pool.fetch(WITHOUT_EVENTS):
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(LOCK)
            rebuilt.removed += await connection.fetchval(REMOVE, [row["id"] for row in ids])
