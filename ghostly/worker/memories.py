"""What a pursuit may know from earlier ones, read from what they taught."""

from __future__ import annotations

import logging
from functools import partial
from uuid import UUID

import asyncpg
import msgspec

from ghostly.assist.memory import Remembered, Reviewed
from ghostly.database import errors
from ghostly.domain.observation import Control
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import AnyStep
from ghostly.event_log.patience import patiently
from ghostly.projections import lessons, reviews
from ghostly.projections.lessons import Subject
from ghostly.worker.outage import OUTAGE_S

logger = logging.getLogger("ghostly.worker")

UNREADABLE = (*errors.REFUSING, msgspec.MsgspecError)  # away, or written by another version


class RunMemory:
    """What is remembered for one goal of one subject."""

    def __init__(self, pool: asyncpg.Pool, whom: Subject, goal: str) -> None:
        self._pool = pool
        self._whom = whom
        self._goal = goal

    async def recall(self) -> Remembered | None:
        """The steps that reached this goal last time; None if nothing is remembered, or it cannot be read now."""
        try:
            lesson = await lessons.find_lesson(self._pool, self._whom, self._goal)
            if lesson is None:
                return None
            steps = msgspec.convert(lesson.steps, tuple[AnyStep, ...])
            victory = msgspec.convert(lesson.victory, Victory | None)
        except UNREADABLE as error:
            logger.warning("what is remembered for a goal cannot be read: %r", error)
            return None
        return Remembered(steps=steps, victory=victory, repairs=tuple(lesson.repairs))

    async def fingerprint(self, step: AnyStep) -> Control | None:
        """How the element of this step looked when a step with its selector last worked; None as in ``recall``."""
        selector = getattr(step, "selector", None)
        try:
            found = selector and await lessons.find_fingerprint(self._pool, self._whom, selector)
            return msgspec.convert(found, Control) if found else None
        except UNREADABLE as error:
            logger.warning("how an element looked cannot be read: %r", error)
            return None

    async def reviewed(self, selector: str) -> Reviewed:
        """What people said of the heals of this selector, up to now. Raises ``LogUnavailable`` after an outage.

        A run waits for it and does not go on without it: what a person rejected would be used again.
        """
        ask = partial(reviews.find_reviewed, self._pool, self._whom, selector)
        found = await patiently(ask, OUTAGE_S)
        return Reviewed(approved=found.approved, rejected=found.rejected)


class Memories:
    """All that is remembered."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    def of(self, whom: Subject, goal: str) -> RunMemory:
        """What is remembered for this goal."""
        return RunMemory(self._pool, whom, goal)

    async def learn(self, run: UUID) -> None:
        """Take in what an ended run taught. Quiet whatever keeps it from that: a rebuild learns it too."""
        try:
            await lessons.learn(self._pool, run)
        except Exception as error:  # noqa: BLE001 - the run has ended well, and its worker drives others
            logger.warning("run %s taught nothing: %r", run, error)
