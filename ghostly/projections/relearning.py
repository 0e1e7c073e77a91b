"""Learn anew what every run taught: aside, run by run, and then put it in its place at once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolConnectionProxy
from msgspec import Struct

from ghostly.database.errors import DatabaseUnavailable
from ghostly.event_log import Stored, decode
from ghostly.projections import lessons
from ghostly.projections.lessons import LIVE, Lessons, Tables

logger = logging.getLogger("ghostly.projections")

PAGE = 500

ASIDE = Tables("memories_anew", "fingerprints_anew")

# Of this session alone, and gone with it.
PREPARE = f"""
create temporary table ended (position bigint primary key, run uuid not null);
create temporary table {ASIDE.memories} (like {LIVE.memories} including all);
create temporary table {ASIDE.fingerprints} (like {LIVE.fingerprints} including all)
"""

# Where none could be made, tables of these names are somebody else's.
CLEAR_UP = f"drop table if exists pg_temp.ended, pg_temp.{ASIDE.memories}, pg_temp.{ASIDE.fingerprints}"

# In the order in which they ended, because the last one counts. A list, as of one moment, and no cursor: for that
# every version of all rows that change meanwhile would be kept, and appends would slow down.
LIST = """
insert into ended
select e.position, r.id from runs r join events e on e.stream = r.id and e.seq = r.seq
 where r.phase = 'finished' and r.about::jsonb ? 'assisted' and e.position > $1
"""

NEXT = "select position, run from ended where position > $1 order by position limit $2"

# Whoever learns meanwhile waits for us; whoever recalls does not.
LOCK = f"lock table {', '.join(LIVE)} in share row exclusive mode"

# What is right already is not touched: each writing would leave a dead row behind.
PUT_IN_PLACE = """
delete from {live} l
 where not exists (
   select from {aside} a where (a.owner, a.project, a.key) = (l.owner, l.project, l.key)
     and row (a.run, a.position, a.{what}::text) is not distinct from row (l.run, l.position, l.{what}::text));
insert into {live}
select a.* from {aside} a
 where not exists (select from {live} l where (a.owner, a.project, a.key) = (l.owner, l.project, l.key))
"""


class Relearned(Struct):
    """How many runs pursued a goal, and how many of them nobody can read: erased, or broken."""

    runs: int = 0
    unread: int = 0


async def relearn(pool: asyncpg.Pool, *, page: int = PAGE) -> Relearned:
    """Afterwards what is remembered is what the log tells; until then, what was remembered before is recalled.

    Whoever learns meanwhile waits only for what ended since, and until that is in its place.
    """
    done = Relearned()
    async with pool.acquire() as connection:
        try:
            await _prepare(connection)
            position = await _learn_since(connection, 0, done, page)
            position = await _learn_since(connection, position, done, page)  # the first time may have taken long
            async with connection.transaction():
                await connection.execute(LOCK)
                await _learn_since(connection, position, done, page)
                for live, aside, what in zip(LIVE, ASIDE, ("lesson", "control"), strict=True):
                    await connection.execute(PUT_IN_PLACE.format(live=live, aside=aside, what=what))
        finally:
            await connection.execute(CLEAR_UP)
    return done


async def _prepare(connection: PoolConnectionProxy) -> None:
    try:
        await connection.execute(PREPARE)
    except asyncpg.InsufficientPrivilegeError as error:
        way_out = "grant it the right TEMPORARY"
        raise DatabaseUnavailable(
            f"The database's user may make no temporary tables in it ({error}): {way_out}."
        ) from error


async def _learn_since(connection: PoolConnectionProxy, position: int, done: Relearned, page: int) -> int:
    """Take in aside what the runs taught that ended behind this position; answers where the last one did."""
    await connection.execute(LIST, position)
    while rows := await connection.fetch(NEXT, position, page):
        for row in rows:
            await _learn(connection, row["run"], done)
        position = rows[-1]["position"]
    return position


async def _learn(connection: PoolConnectionProxy, run: UUID, done: Relearned) -> None:
    done.runs += 1
    events = await lessons.read(connection, run)
    try:
        taught = _fold(events)
    except Exception as error:  # noqa: BLE001 - a run that nobody can read shall not keep what others taught
        logger.warning("run %s cannot be read and teaches nothing: %r", run, error)
        done.unread += 1
    else:
        if taught is not None:
            await lessons.keep(connection, taught, events[-1], ASIDE)


def _fold(events: Sequence[Stored]) -> Lessons | None:
    if any(event.data is None for event in events):
        raise ValueError("a part of it was erased")
    return lessons.fold(map(decode, events))
