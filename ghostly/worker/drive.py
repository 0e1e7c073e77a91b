"""One run, from the first step to its end: do, look, report."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from ghostly.browser.artifacts import Artifacts
from ghostly.browser.failures import BrowserGone, BrowserUnavailable, StepError, TargetUnreachable
from ghostly.browser.page import Done, Page
from ghostly.browser.pool import Browsers
from ghostly.domain.errors import Refused
from ghostly.domain.events import CancellationRequested, Event, Json, StepFailed, StepPassed, StepStarted
from ghostly.domain.flow import Flow
from ghostly.domain.redaction import secret_name
from ghostly.domain.run import Run, Said, fold, say
from ghostly.domain.steps import AnyStep, Fill
from ghostly.domain.verdict import PASSED, Outcome, environment_failed, step_failed
from ghostly.event_log import LogUnavailable
from ghostly.runs import Runs
from ghostly.tail import Tail
from ghostly.worker.discretion import Discretion, Prepared, SecretOf
from ghostly.worker.files import Files, of_run

logger = logging.getLogger("ghostly.worker")

GLANCE_S = 0.05
HALTED = environment_failed("The run was stopped before it reached its end.")
BROKEN = environment_failed("Something went wrong in the worker that drove this run; its log has the rest.")
SILENCED = environment_failed("The log could not be written to for too long.")


class Job(Struct, frozen=True):
    """A run to be driven: whose it is, its flow with the literals put back, and the directory for its files."""

    id: UUID
    owner: UUID
    flow: Flow
    files: Path


class Drive:
    """Carries one job out on one page, and tells the run what happens, step by step."""

    def __init__(
        self, job: Job, *, worker: str, runs: Runs, tail: Tail, browsers: Browsers, secret_of: SecretOf
    ) -> None:
        self.job = job
        self._worker = worker
        self._runs = runs
        self._tail = tail
        self._browsers = browsers
        self._discretion = Discretion(job.owner, secret_of)
        self._files = Files(Artifacts(job.files, str(job.id)), self._discretion)
        self._page: Page | None = None
        self._halted = False
        self._taken = False
        self._took = 0.0
        self._unsaid: list[Said] = []

    async def drive(self) -> None:
        """Take the run, carry its flow out, say how it ended. Quiet if another worker was faster."""
        try:
            outcome = await self._carry_out()
        except Refused as refusal:
            logger.info("run %s is not ours: %s", self.job.id, refusal)
            return
        except LogUnavailable:
            logger.warning("run %s: the log cannot be written to", self.job.id)
            outcome = SILENCED
        except Exception:  # noqa: BLE001 - the edge of a drive
            # Whatever broke here, the run must not stay open, nor be taken again and again to break anew.
            trace = self._discretion.text(traceback.format_exc())
            logger.error("run %s: the drive broke\n%s", self.job.id, trace)  # noqa: TRY400 - it may hold secrets
            outcome = BROKEN
        await self.end(outcome)

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
                await self._runs.decide(self.job.id, decision)
            except Refused as refusal:
                logger.info("run %s was ended by others: %s", self.job.id, refusal)
                return
            except Exception as error:  # noqa: BLE001 - whatever keeps the log from listening, it will listen again
                logger.warning("run %s: cannot be ended yet: %r", self.job.id, error)
                await asyncio.sleep(1)
            else:
                return

    async def halt(self) -> None:
        """Stop the page now, whatever it is doing; the drive then ends by itself."""
        self._halted = True
        if self._page is not None:
            await self._page.stop()

    # ---- the flow

    async def _carry_out(self) -> Outcome:
        flow, run = self.job.flow, str(self.job.id)
        try:
            async with (
                self._browsers.page(flow, artifacts=self.job.files, run=run) as self._page,
                self._watching(),
            ):
                outcome = await self._pursue(self._page, flow)
                return await self._left(self._page, outcome)
        except (BrowserUnavailable, BrowserGone) as error:
            return environment_failed(str(error))

    async def _pursue(self, page: Page, flow: Flow) -> Outcome:
        try:
            return await self._steps(page, flow)
        except BrowserGone as gone:
            return environment_failed(str(gone))

    async def _steps(self, page: Page, flow: Flow) -> Outcome:
        for index, step in enumerate(flow.steps):
            if self._halted:
                return HALTED
            failure = await self._step(page, index, step)
            if failure is not None:
                return failure
        return PASSED

    async def _left(self, page: Page, outcome: Outcome) -> Outcome:
        downloads = await self._files.keep(await page.last_downloads())
        # The last report is written while the page is closed: neither needs the other.
        _, recorded = await asyncio.gather(self._report(), page.leave(failed=not outcome.ok))
        return replace(outcome, **of_run(recorded, downloads))

    async def _step(self, page: Page, index: int, step: AnyStep) -> Outcome | None:
        prepared = await self._discretion.prepare(step, partial(self._is_secret_field, page))
        if prepared.covered:
            await page.hide(prepared.shown["selector"])
        await self._report(say(StepStarted, index=index, step=prepared.shown))
        try:
            done = await self._perform(page, prepared, index)
        except StepError as error:
            return await self._failed(page, index, prepared.shown, error)
        except BrowserGone as error:
            if not self._halted:
                self._say_failed(index, prepared.shown, error)
                await self._report()
            raise
        seen = await self._files.of_step(index, done.screenshot, done.a11y, done.downloads)
        self._unsaid.append(self._outcome(StepPassed, index, prepared.shown, note=done.note, **seen))
        return None

    async def _perform(self, page: Page, prepared: Prepared, index: int) -> Done:
        if prepared.step is None:
            raise StepError(f"no secret is named {secret_name(prepared.shown['value'])}")
        began = time.monotonic()
        try:
            return await page.perform(prepared.step, index, self._discretion.text)
        finally:
            self._took = time.monotonic() - began

    async def _failed(self, page: Page, index: int, shown: Json, error: StepError) -> Outcome:
        shot = None if self._halted else await page.failure_screenshot(index)
        seen = await self._files.of_step(index, shot, None, page.downloaded())
        text = self._say_failed(index, shown, error, **seen)
        unreachable = isinstance(error, TargetUnreachable)
        return environment_failed(text, "target-unreachable") if unreachable else step_failed(text)

    async def _is_secret_field(self, page: Page, step: Fill) -> bool:
        timeout = step.timeout_ms or self.job.flow.default_timeout_ms
        asked = asyncio.ensure_future(page.is_secret_field(step.selector, timeout))
        done, _ = await asyncio.wait([asked], timeout=GLANCE_S)
        if not done:  # the element is not there yet: whoever watches shall not wait for it
            await self._report()
        return await asked

    # ---- what is said

    def _say_failed(self, index: int, shown: Json, error: Exception, **seen: Any) -> str:
        text = self._discretion.text(str(error))
        self._unsaid.append(self._outcome(StepFailed, index, shown, error=text, final=True, **seen))
        return text

    def _outcome(self, fact: type[StepPassed | StepFailed], index: int, shown: Json, **fields: Any) -> Said:
        duration = round(self._took * 1000)
        return say(fact, index=index, step=shown, duration_ms=duration, **fields)

    async def _report(self, *facts: Said) -> None:
        said, self._unsaid = [*self._unsaid, *facts], []
        if said or not self._taken:
            decision = Run.report if self._taken else _take_and_report
            clean = self._discretion.facts(said)
            await self._runs.decide(self.job.id, partial(decision, worker=self._worker, facts=clean))
            self._taken = True

    # ---- meanwhile

    @asynccontextmanager
    async def _watching(self) -> AsyncIterator[None]:
        """Stop the page when someone asks the run to stop, or has ended it."""
        watch = asyncio.create_task(self._watch(), name=f"watch {self.job.id}")
        try:
            yield
        finally:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch

    async def _watch(self) -> None:
        async for frames in self._tail.follow(self.job.id, after=1):
            if any(frame.ending or frame.topic == CancellationRequested.TOPIC for frame in frames):
                await self.halt()


def _take_and_report(run: Run, at: datetime, *, worker: str, facts: Sequence[Said]) -> list[Event]:
    """Become its driver and begin to tell, in one append: whoever takes a run has something to say at once."""
    taken = run.assign(at, worker=worker)
    return taken + fold(run, taken).report(at, worker=worker, facts=facts)


def _take_and_finish(run: Run, at: datetime, *, worker: str, outcome: Outcome) -> list[Event]:
    """End a run that came to nothing before there was anything to tell; it may be ours already."""
    taken = run.assign(at, worker=worker)
    return taken + fold(run, taken).finish(at, worker=worker, outcome=outcome)
