"""Tells one run what happens to it, in the name of the worker that drives it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from msgspec.structs import replace

from ghostly.domain.errors import Refused
from ghostly.domain.events import Event
from ghostly.domain.run import Run, Said, fold
from ghostly.domain.verdict import Outcome
from ghostly.runs import Runs
from ghostly.worker.discretion import Discretion
from ghostly.worker.outage import OUTAGE_S

logger = logging.getLogger("ghostly.worker")

AGAIN_S = 1.0


class Voice:
    """Says nothing that holds a secret. With the first thing that it says, the worker takes the run."""

    def __init__(self, run: UUID, *, worker: str, runs: Runs, discretion: Discretion) -> None:
        self._run = run
        self._worker = worker
        self._runs = runs
        self._discretion = discretion
        self._taken = False
        self._spent = 0.0
        self._unsaid: list[Said] = []

    @property
    def spent_ms(self) -> float:
        """How long the telling took so far: time of the log's, not of the run's."""
        return self._spent * 1000

    def note(self, fact: Said) -> None:
        """To be told with whatever is told next: how a step ended travels with the beginning of the next."""
        self._unsaid.append(fact)

    async def tell(self, *facts: Said) -> int:
        """What was noted and these facts, in one append; the seq of the last event that the run has then.

        Waits for a database that is away. Raises ``Refused`` if the run is not (or no longer) ours, and
        ``LogUnavailable`` after ``OUTAGE_S``.
        """
        said, self._unsaid = [*self._unsaid, *facts], []
        decision = Run.report if self._taken else _take_and_report
        clean = self._discretion.facts(said)
        began = time.monotonic()
        try:
            told = partial(decision, worker=self._worker, facts=clean)
            run = await self._runs.decide(self._run, told, patience=OUTAGE_S)
        finally:
            self._spent += time.monotonic() - began
        self._taken = True
        return run.seq

    async def flush(self) -> None:
        """What was noted, if anything was; takes the run in any case."""
        if self._unsaid or not self._taken:
            await self.tell()

    async def end(self, outcome: Outcome) -> None:
        """Say how the run ended, however long that takes: nobody else would end what we hold.

        Takes it first if nobody has. Quiet if another worker was faster, or somebody ended it.
        """
        text = self._discretion.text
        told = replace(
            outcome,
            error=text(outcome.error or "") or None,
            verdict_reason=text(outcome.verdict_reason or "") or None,
        )
        decision = partial(Run.finish if self._taken else _take_and_finish, worker=self._worker, outcome=told)
        while True:
            try:
                await self._runs.decide(self._run, decision)
            except Refused as refusal:
                logger.info("run %s was ended by others: %s", self._run, refusal)
                return
            except Exception as error:  # noqa: BLE001 - whatever keeps the log from listening, it will listen again
                logger.warning("run %s: cannot be ended yet: %r", self._run, error)
                await asyncio.sleep(AGAIN_S)
            else:
                return


def _take_and_report(run: Run, at: datetime, *, worker: str, facts: Sequence[Said]) -> list[Event]:
    """Become its driver and begin to tell, in one append: whoever takes a run has something to say at once."""
    taken = run.assign(at, worker=worker)
    return taken + fold(run, taken).report(at, worker=worker, facts=facts)


def _take_and_finish(run: Run, at: datetime, *, worker: str, outcome: Outcome) -> list[Event]:
    """End a run that came to nothing before there was anything to tell; it may be ours already."""
    taken = run.assign(at, worker=worker)
    return taken + fold(run, taken).finish(at, worker=worker, outcome=outcome)
