"""Settles the runs of drivers that are dead or paused; one rule, at start-up and always."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial

from msgspec import Struct

from ghostly.database import errors
from ghostly.domain.errors import Refused
from ghostly.domain.run import Run
from ghostly.event_log import Conflict, LogUnavailable
from ghostly.runs import Runs
from ghostly.workers import Driver, Workers

logger = logging.getLogger("ghostly.reaper")

PAUSED_AFTER_S = 15.0
AWAY_AFTER_S = 5.0
RETURN_S = 10.0
FORGET_EVERY_S = 60.0
UNREACHABLE = (*errors.UNREACHABLE, LogUnavailable)


class Sight(Struct, frozen=True):
    """What was last seen of a driver, and since when (seconds of our own monotonic time) it shows no more."""

    beat: int
    holds_lock: bool
    since: float


def look(before: Sight | None, driver: Driver, now: float) -> Sight:
    """What is known of the driver after this look: any change of beat or lock is a sign that counts from now."""
    if before is not None and (before.beat, before.holds_lock) == (driver.beat, driver.holds_lock):
        return before
    return Sight(driver.beat, driver.holds_lock, now)


class Reaper:
    """Watches every driver and ends the runs of one that gave no sign of life for its time.

    A driver without its lock is dead: its runs are settled ``settle_after`` seconds after that was first seen. One
    that holds it but does not beat is paused: ``paused_after`` seconds. Losing sight of the database ourselves, or
    not looking for five seconds because we were paused, proves nothing about drivers: everything counts anew. A
    database that comes back has lost every lock: drivers get ten seconds at least to take theirs again.
    """

    def __init__(
        self,
        workers: Workers,
        runs: Runs,
        *,
        settle_after: float,
        monotonic: Callable[[], float],
        paused_after: float = PAUSED_AFTER_S,
    ) -> None:
        self._workers = workers
        self._runs = runs
        self._settle_after = settle_after
        self._paused_after = paused_after
        self._monotonic = monotonic
        self._seen: dict[str, Sight] = {}
        self._sees = True
        self._returned = float("-inf")
        self._looked = monotonic()
        self._forgot = monotonic()

    async def run(self) -> None:
        """Look about once a second, until cancelled."""
        while True:
            try:
                await self.look_around()
            except UNREACHABLE as error:
                logger.warning("cannot see the workers: %r", error)
            await asyncio.sleep(min(1.0, self._settle_after / 4))

    async def look_around(self) -> None:
        """Look at every driver once, and settle what is overdue; raises what says that the database is away."""
        try:
            await self._look_around(self._monotonic())
        except UNREACHABLE:
            self._seen.clear()
            self._sees = False
            raise

    async def _look_around(self, now: float) -> None:
        for driver in await self._drivers(now):
            silence = now - self._seen[driver.id].since
            if silence >= (self._paused_after if driver.holds_lock else self._patience(now)):
                await self._settle(driver)
        if now - self._forgot >= FORGET_EVERY_S:
            self._forgot = now
            await self._workers.forget_dead()

    async def _drivers(self, now: float) -> list[Driver]:
        if now - self._looked > AWAY_AFTER_S:
            self._seen.clear()
        self._looked = now
        drivers = await self._workers.drivers()
        if not self._sees:
            self._sees, self._returned = True, now
        self._seen = {driver.id: look(self._seen.get(driver.id), driver, now) for driver in drivers}
        return drivers

    def _patience(self, now: float) -> float:
        """How long a driver may be without its lock: longer where it may just have lost it with all the others."""
        return self._settle_after if now - self._returned >= RETURN_S else max(RETURN_S, self._settle_after)

    async def _settle(self, driver: Driver) -> None:
        how = "does not answer" if driver.holds_lock else "is gone"
        reason = f"The worker that drove this run {how}; the run was closed without it."
        for run_id in driver.runs:
            logger.warning("settling run %s: worker %s %s", run_id, driver.id, how)
            try:
                await self._runs.decide(run_id, partial(Run.stop, driver_was=driver.id, reason=reason, stale=True))
            except Refused as refusal:
                logger.info("run %s settled itself: %s", run_id, refusal)
            except Conflict as conflict:  # a newer program wrote its row: this one must not
                logger.warning("run %s is left to others: %s", run_id, conflict)
