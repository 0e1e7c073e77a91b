"""Liveness and the queue: who drives, who is alive, what is due.

A worker lives as long as it holds a session advisory lock. Lock free: dead, now. Lock held but its ``beat``
unchanged for a while of the observer's own time: paused. No two clocks are ever compared.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import NamedTuple
from uuid import UUID

import asyncpg
import asyncpg.pool
import msgspec

from ghostly.event_log import Stored

LEAVE_S = 2.0

# Fair: whoever has least under way comes first, then who waited longest. `for update skip locked` would not help:
# taking a run is an append, which travels on another connection and arbitrates by itself.
DUE = """
with busy as (select owner, count(*) as runs from runs where driver is not null group by owner)
select e.position, e.stream, e.seq, e.topic, e.version, e.at, e.actor, e.data, i.inputs, r.owner, r.project
  from runs r
  join events e on e.stream = r.id and e.seq = 1
  left join busy b on b.owner = r.owner
  left join run_inputs i on i.run = r.id
 where r.phase in ('queued', 'waiting') and (r.due_at is null or r.due_at <= now())
   and (r.labels is null or r.labels <@ $2::jsonb)
 order by coalesce(b.runs, 0), r.started_at, r.id
 limit $1
"""

# By the same order: the runs that would be taken before this one, whichever of the workers that may take it comes.
# What wants a label that this one does not want may wait for another worker, and holds this one up nowhere.
POSITION = """
with busy as (select owner, count(*) as runs from runs where driver is not null group by owner),
mine as (
  select coalesce(b.runs, 0) as runs, r.started_at, r.id, coalesce(r.labels, '[]') as labels
    from runs r left join busy b on b.owner = r.owner where r.id = $1 and r.phase = 'queued'
)
select 1 + (
  select count(*) from runs r left join busy b on b.owner = r.owner
   where r.phase in ('queued', 'waiting') and (r.due_at is null or r.due_at <= now())
     and (r.labels is null or r.labels <@ m.labels)
     and (coalesce(b.runs, 0), r.started_at, r.id) < (m.runs, m.started_at, m.id)
) from mine m
"""

DRIVERS = """
select d.driver, d.runs, w.beat, w.lock_key
  from (select driver, array_agg(id) as runs from runs where driver is not null group by driver) d
  left join workers w on w.id = d.driver
"""

# Shared, as in `_is_held`. A minute, because one that lost its connection may be about to enter again.
FORGET = """
delete from workers w
 where w.seen_at < now() - interval '1 minute'
   and not exists (select from runs r where r.driver = w.id)
   and pg_try_advisory_xact_lock_shared(w.lock_key)
"""

# Of a session whose other end is gone without a word, and which would keep the lock until TCP gives up.
END_SESSION = """
select pg_terminate_backend(l.pid) from pg_locks l
 where l.pid = $1 and l.locktype = 'advisory' and l.granted and l.objsubid = 1
   and (l.classid::bigint << 32 | l.objid::bigint) = $2
"""

BEAT = """
insert into workers (id, lock_key, beat) values ($1, $2, 1)
on conflict (id) do update set beat = workers.beat + 1, seen_at = now()
"""


class Due(NamedTuple):
    """A run that waits for a driver: how it was started, its encrypted inputs, whose it is, in which project."""

    started: Stored
    inputs: bytes | None
    owner: UUID
    project: UUID


class Driver(NamedTuple):
    """A worker as an observer sees it, and what it drives."""

    id: str
    beat: int
    holds_lock: bool
    runs: list[UUID]


class Workers:
    """All workers there are, on any machine."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def due(self, limit: int, labels: Sequence[str] = ()) -> list[Due]:
        """The runs that a worker with these labels may take and that are due, the next first."""
        mine = msgspec.json.encode(labels).decode()
        return [Due(Stored(*row[:-3]), *row[-3:]) for row in await self._pool.fetch(DUE, limit, mine)]

    async def position(self, run: UUID) -> int | None:
        """The run's place among those that every worker which may take it may take too; None if it is not queued.

        The next to be taken is 1.
        """
        position: int | None = await self._pool.fetchval(POSITION, run)
        return position

    async def queued(self, owner: UUID | None = None, *, most: int) -> int:
        """How many runs, of this user or of all, wait for their first driver; counting stops at ``most``."""
        query = "select 1 from runs where phase = 'queued' and ($1::uuid is null or owner = $1) limit $2"
        return int(await self._pool.fetchval(f"select count(*) from ({query}) q", owner, most))  # noqa: S608

    async def drivers(self) -> list[Driver]:
        """Every worker that drives a run now."""
        async with self._pool.acquire() as connection:
            return [
                Driver(row["driver"], row["beat"] or 0, await _is_held(connection, row["lock_key"]), row["runs"])
                for row in await connection.fetch(DRIVERS)
            ]

    async def is_alive(self, worker: str) -> bool:
        """Whether the worker holds its lock at this moment; one that is paused does."""
        async with self._pool.acquire() as connection:
            key = await connection.fetchval("select lock_key from workers where id = $1", worker)
            return await _is_held(connection, key)

    async def forget_dead(self) -> None:
        """Strike off those that are gone and left no run to be settled."""
        await self._pool.execute(FORGET)

    async def seen_within(self, seconds: float) -> bool:
        """Whether any worker counted its beat up lately, by the database's clock."""
        query = "select exists (select from workers where seen_at > now() - make_interval(secs => $1))"
        return bool(await self._pool.fetchval(query, seconds))


async def _is_held(connection: asyncpg.pool.PoolConnectionProxy, key: int | None) -> bool:
    if key is None:
        return False
    # Shared, so that two observers do not take each other for the worker; gone with its transaction.
    return not await connection.fetchval("select pg_try_advisory_xact_lock_shared($1)", key)


class Membership:
    """One worker's place among the workers: a lock on a connection of its own, and a beat on it."""

    def __init__(self, worker: UUID, connect: Callable[[], Awaitable[asyncpg.Connection]]) -> None:
        self.worker = str(worker)
        self._key = int.from_bytes(worker.bytes[-8:], signed=True)
        self._connect = connect
        self._connection: asyncpg.Connection | None = None
        self._session: int | None = None

    async def enter(self) -> None:
        """Take the lock; after a lost connection, take it again, away from a session that still holds it."""
        if self._connection is not None:
            self._connection.terminate()
        self._connection = await self._connect()
        if self._session is not None:
            await self._connection.execute(END_SESSION, self._session, self._key)
        await self._connection.execute("set lock_timeout = 0")
        await self._connection.execute("select pg_advisory_lock($1)", self._key)
        self._session = await self._connection.fetchval("select pg_backend_pid()")
        await self._connection.execute(
            "insert into workers (id, lock_key) values ($1, $2) on conflict (id) do update set seen_at = now()",
            self.worker,
            self._key,
        )

    async def beat(self) -> None:
        """Show that we are here; raises what a lost connection raises."""
        assert self._connection is not None
        await self._connection.execute(BEAT, self.worker, self._key, timeout=5)

    async def leave(self) -> None:
        """Give the place up: whoever looks finds us gone, also where the database does not hear that we say so.

        Raises what a lost connection raises.
        """
        if self._connection is None or self._connection.is_closed():
            return
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(LEAVE_S):
                    await self._connection.execute("delete from workers where id = $1", self.worker)
                    await self._connection.close()
        finally:
            self._connection.terminate()
