"""Heals as their runs tell of them, found by id, and what people said of a run beside it."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from ghostly.domain import heals
from ghostly.domain.annotations import KIND, Annotations, fold, stream_of
from ghostly.domain.events import ENDINGS, HealingAttempted, HealingFailed, StepFailed, StepPassed
from ghostly.domain.heals import Heal
from ghostly.event_log import Stored, decode, decode_annotation, genesis
from ghostly.event_log.stored import COLUMNS
from ghostly.projections.lessons import Subject, subject

TELLING = [HealingAttempted.TOPIC, HealingFailed.TOPIC, StepFailed.TOPIC, StepPassed.TOPIC, *ENDINGS]

WHERE = f"""
select r.id, r.owner, r.project, r.about ->> 'baseUrl'
  from events e join runs r on r.id = e.stream
 where e.topic = '{HealingAttempted.TOPIC}' and e.data ->> 'healId' = $1
"""  # noqa: S608

TOLD = f"select {COLUMNS} from events where stream = $1 and topic = any ($2) order by seq"  # noqa: S608

SAID = f"select {COLUMNS}, hash from events where stream = $1 order by seq"  # noqa: S608


class Found(NamedTuple):
    """A heal, and whose run it is of: what was said of it concerns this subject."""

    heal: Heal
    whom: Subject


async def find_heal(pool: asyncpg.Pool, heal_id: UUID) -> Found | None:
    """The heal with this id, whoever's it is; None if there is none."""
    where = await pool.fetchrow(WHERE, str(heal_id))
    if where is None:
        return None
    run, *whom = where
    told = [decode(Stored(*row)) for row in await pool.fetch(TOLD, run, TELLING)]
    heal = heals.find(told, heal_id)
    return None if heal is None else Found(heal, subject(*whom))


class Said(NamedTuple):
    """What was said of a run so far, and the hash that the next word is tied to."""

    annotations: Annotations
    hash: bytes


async def find_annotations(pool: asyncpg.Pool | PoolConnectionProxy, run: UUID) -> Said:
    """What people said of the run; nothing, if there is no such run."""
    stream = stream_of(run)
    rows: list[Any] = await pool.fetch(SAID, stream)
    told = [decode_annotation(Stored(*list(row)[:-1])) for row in rows]
    return Said(fold(Annotations(run=run), told), rows[-1]["hash"] if rows else genesis(KIND, stream))
