"""One run, from its page to its end."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from ghostly.assist.pursuit.loop import Loop
from ghostly.browser.artifacts import Artifacts
from ghostly.browser.failures import BrowserGone, BrowserUnavailable, TargetUnreachable
from ghostly.browser.page import Page
from ghostly.browser.pool import Browsers
from ghostly.domain.errors import Refused
from ghostly.domain.events import CancellationRequested
from ghostly.domain.flow import Flow
from ghostly.domain.pursuit import Pursuit
from ghostly.domain.verdict import PASSED, Outcome, environment_failed, step_failed
from ghostly.event_log import LogUnavailable
from ghostly.event_log.patience import patiently
from ghostly.projections.lessons import subject
from ghostly.runs import Runs
from ghostly.tail import Tail
from ghostly.worker.assistance import Assistance
from ghostly.worker.discretion import Discretion, SecretOf
from ghostly.worker.files import Files, of_run
from ghostly.worker.hands import Hands
from ghostly.worker.means import RunMeans
from ghostly.worker.outage import OUTAGE_S
from ghostly.worker.thinking import Interruptible
from ghostly.worker.voice import Voice

logger = logging.getLogger("ghostly.worker")

HALTED = environment_failed("The run was stopped before it reached its end.")
BROKEN = environment_failed("Something went wrong in the worker that drove this run; its log has the rest.")
SILENCED = environment_failed("The log could not be written to for too long.")


class Job(Struct, frozen=True):
    """A run to be driven: whose it is, its flow with the literals put back, and the directory for its files."""

    id: UUID
    owner: UUID
    project: UUID
    flow: Flow
    files: Path


class Drive:
    """Carries one job out on one page, and tells the run what happens, step by step."""

    def __init__(
        self,
        job: Job,
        *,
        worker: str,
        runs: Runs,
        tail: Tail,
        browsers: Browsers,
        secret_of: SecretOf,
        assistance: Assistance,
    ) -> None:
        self.job = job
        self._assistance = assistance
        self._new_id = runs.new_id
        self._tail = tail
        self._browsers = browsers
        self._discretion = Discretion(job.owner, secret_of)
        self._files = Files(Artifacts(job.files, str(job.id)), self._discretion)
        self._voice = Voice(job.id, worker=worker, runs=runs, discretion=self._discretion)
        self._page: Page | None = None
        self._halted = False
        self._halting = asyncio.Event()

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
        if self.job.flow.assist is not None:
            await self._assistance.memories.learn(self.job.id)

    async def end(self, outcome: Outcome) -> None:
        """Say how the run ended, however long that takes. Quiet if it is not ours."""
        await self._voice.end(outcome)

    async def halt(self) -> None:
        """Stop the page now, whatever it is doing; the drive then ends by itself."""
        self._halted = True
        self._halting.set()
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
        hands = Hands(
            page,
            flow,
            voice=self._voice,
            discretion=self._discretion,
            files=self._files,
            is_halted=lambda: self._halted,
            ends_with_failure=flow.assist is None,
        )
        if self._halted:  # while there was no page yet that could have been stopped
            return HALTED
        try:
            return await (self._assisted(page, hands, flow.assist) if flow.assist else self._steps(hands, flow))
        except BrowserGone as gone:
            return environment_failed(str(gone))

    async def _steps(self, hands: Hands, flow: Flow) -> Outcome:
        for index, step in enumerate(flow.steps):
            if self._halted:
                return HALTED
            failure = await hands.do(index, step)
            if isinstance(failure, TargetUnreachable):
                return environment_failed(str(failure), "target-unreachable")
            if failure is not None:
                return step_failed(str(failure))
        return PASSED

    async def _assisted(self, page: Page, hands: Hands, pursuit: Pursuit) -> Outcome:
        means = RunMeans(
            page,
            self.job.flow,
            most_nodes=pursuit.observer_max_nodes,
            hands=hands,
            voice=self._voice,
            discretion=self._discretion,
            new_id=self._new_id,
            learns=pursuit.memory_mode != "off",
        )
        brain = await patiently(partial(self._assistance.brain_of, self.job.owner), OUTAGE_S)
        loop = Loop(
            pursuit,
            self.job.flow.steps,
            base_url=self.job.flow.base_url,
            brain=Interruptible(brain, self._halting),
            means=means,
            memory=self._assistance.memories.of(
                subject(self.job.owner, self.job.project, self.job.flow.base_url), pursuit.goal
            ),
            milliseconds=lambda: self._assistance.milliseconds() - self._voice.spent_ms,
        )
        return await loop.pursue()

    async def _left(self, page: Page, outcome: Outcome) -> Outcome:
        downloads = await self._files.keep(await page.last_downloads())
        # The last report is written while the page is closed: neither needs the other.
        _, recorded = await asyncio.gather(self._voice.flush(), page.leave(failed=not outcome.ok))
        return replace(outcome, **of_run(recorded, downloads))

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
        async with aclosing(self._tail.follow(self.job.id, after=1)) as news:
            async for frames in news:
                if any(frame.ending or frame.topic == CancellationRequested.TOPIC for frame in frames):
                    await self.halt()
