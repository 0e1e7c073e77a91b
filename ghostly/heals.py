"""What people say of heals: found by id, reviewed by whoever may, told beside the run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from ghostly.domain.annotations import KIND, Annotations, Review, Verdict, fold, stream_of
from ghostly.domain.errors import HealNotFound
from ghostly.domain.heals import Heal
from ghostly.domain.moment import cut
from ghostly.event_log import Append, Conflict, Encoded, append_within, chained, encode
from ghostly.projections import reviews
from ghostly.projections.heals import Found, Said, find_annotations, find_heal

ATTEMPTS = 50


class Reviewed(NamedTuple):
    """A heal, whose run it is of, and the last word on it, if there was one."""

    heal: Heal
    owner: UUID
    review: Review | None


class Heals:
    """All heals there are, and the only way to say something of one.

    A review and what it changes for later runs are in the log and in the rows together, or not at all.
    """

    def __init__(self, pool: asyncpg.Pool, clock: Callable[[], datetime]) -> None:
        self._pool = pool
        self._clock = clock

    async def find(self, heal_id: UUID) -> Reviewed:
        """The heal with this id, whoever's it is; raises ``HealNotFound``."""
        found = await self._find(heal_id)
        said = await find_annotations(self._pool, found.heal.run)
        return _reviewed(found, said.annotations)

    async def review(self, heal_id: UUID, verdict: Verdict, *, by: UUID, note: str | None = None) -> Reviewed:
        """Say this of the heal; what was said when this returns counts for every step that begins afterwards.

        Raises ``HealNotFound``, ``HealNotReviewable``, and ``Conflict`` only if it was outrun ``ATTEMPTS`` times.
        """
        for _ in range(ATTEMPTS):
            found = await self._find(heal_id)
            try:
                async with self._pool.acquire() as connection, connection.transaction():
                    return await self._review(connection, found, verdict, by, note)
            except Conflict:
                continue  # somebody else said something of this run: what they said may be the same
        raise Conflict(f"heal {heal_id} was reviewed {ATTEMPTS} times while we decided")

    async def _find(self, heal_id: UUID) -> Found:
        found = await find_heal(self._pool, heal_id)
        if found is None:
            raise HealNotFound(f"no heal {heal_id}")
        return found

    async def _review(
        self, connection: PoolConnectionProxy, found: Found, verdict: Verdict, by: UUID, note: str | None
    ) -> Reviewed:
        heal, whom = found
        said = await find_annotations(connection, heal.run)
        decided = said.annotations.review(
            cut(self._clock()),
            heal=heal,
            verdict=verdict,
            by=by,
            note=note,
            counts=await _counts(connection, found, verdict),
        )
        told = [encode(event) for event in decided]
        # The rows first: whoever reviews the same selector waits here, and not while holding up every append.
        for event, _ in told:
            await reviews.keep(connection, whom, event)
        if told:
            await _append(connection, said, [stored for _, stored in told])
        return _reviewed(found, fold(said.annotations, [event for event, _ in told]))


async def _counts(connection: PoolConnectionProxy, found: Found, verdict: Verdict) -> bool:
    repair = found.heal.repair
    if repair is None:
        return False
    known = await reviews.find_reviewed(connection, found.whom, repair.lost)
    return known.counts(verdict, repair.selector)


async def _append(connection: PoolConnectionProxy, said: Said, events: list[Encoded]) -> None:
    before = said.annotations
    await append_within(
        connection,
        Append(
            stream=stream_of(before.run),
            kind=KIND,
            expected=before.seq,
            events=events,
            hashes=chained(said.hash, events),
        ),
    )


def _reviewed(found: Found, said: Annotations) -> Reviewed:
    return Reviewed(found.heal, found.whom.owner, said.reviews.get(str(found.heal.id)))
