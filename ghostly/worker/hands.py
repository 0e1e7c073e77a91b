"""Does steps on one page, and tells the run of each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from ghostly.browser.failures import BrowserGone, NothingMatched, StepError
from ghostly.browser.page import Done, Page
from ghostly.domain.events import HealingSucceeded, Json, StepFailed, StepPassed, StepStarted
from ghostly.domain.flow import Flow
from ghostly.domain.redaction import secret_name
from ghostly.domain.run import Said, say
from ghostly.domain.steps import AnyStep, Fill
from ghostly.worker.discretion import Discretion, Prepared
from ghostly.worker.files import Files
from ghostly.worker.voice import Voice

GLANCE_S = 0.05

Fingerprint = Callable[[], Awaitable[Json | None]]
"""Asked for once a step has passed: how its element looked."""


class Arrived(NamedTuple):
    """What was opened for a step, before it was the step's turn, and how many seconds that took."""

    step: AnyStep
    record: Callable[[int], Awaitable[Done]]
    took: float


class Hands:
    """One page and what is done on it.

    ``is_halted`` says whether the run was stopped: then no failure is told. ``ends_with_failure``: the first step
    that fails ends the run, as in a manual one.
    """

    def __init__(
        self,
        page: Page,
        flow: Flow,
        *,
        voice: Voice,
        discretion: Discretion,
        files: Files,
        is_halted: Callable[[], bool],
        ends_with_failure: bool,
    ) -> None:
        self._page = page
        self._flow = flow
        self._voice = voice
        self._discretion = discretion
        self._files = files
        self._is_halted = is_halted
        self._ends_with_failure = ends_with_failure
        self._took = 0.0
        self._arrived: Arrived | None = None
        self.noted: str | None = None  # about the last step that passed

    async def open(self, url: str, *, serves: AnyStep | None) -> None:
        """Open the address; the step that this ``serves`` asks for nothing else, and need not load it again.

        Raises ``StepError`` if it cannot be shown, and ``BrowserGone``.
        """
        began = time.monotonic()
        record = await self._page.visit(url, self._discretion.text)
        self._arrived = Arrived(serves, record, time.monotonic() - began) if serves else None

    def has_done(self, step: AnyStep) -> bool:
        """Whether nothing is left to do for the step: the page was opened for it, and nothing was done since."""
        return self._arrived is not None and self._arrived.step is step

    async def do(
        self,
        index: int,
        step: AnyStep,
        *,
        instead_of: str | None = None,
        fingerprint: Fingerprint | None = None,
        anchor: str | None = None,
    ) -> StepError | None:
        """Begin the step, do it, note how it ended; why it failed, if it did.

        ``anchor`` finds its control in place of its own selector, and nothing that merely stands where that stood.
        Raises ``BrowserGone`` when there is no page any more.
        """
        prepared = await self._prepare(step)
        self._voice.note(say(StepStarted, index=index, step=prepared.shown, instead_of=instead_of))
        if not self.has_done(step):
            await self._voice.tell()
        try:
            await self._pass(prepared, index, fingerprint, anchor=anchor, instead_of=instead_of)
        except StepError as error:
            await self._fail(index, prepared.shown, error, instead_of)
            return self._untyped(prepared, error)
        except BrowserGone as error:
            if not self._is_halted():
                self._note_failure(index, prepared.shown, error, final=True, instead_of=instead_of)
                await self._voice.flush()
            raise
        return None

    async def do_instead(
        self, index: int, step: AnyStep, *, heal_id: str, fingerprint: Fingerprint
    ) -> StepError | None:
        """Do this in place of the step that failed; only if it passes, note that it was healed."""
        prepared = await self._prepare(step)
        try:
            await self._pass(prepared, index, fingerprint, healed=True, heal_id=heal_id)
        except StepError as error:
            return self._untyped(prepared, error)
        return None

    def _untyped(self, prepared: Prepared, error: StepError) -> StepError:
        if isinstance(error, NothingMatched):
            self._discretion.was_not_typed(prepared)
        return error

    async def _prepare(self, step: AnyStep) -> Prepared:
        prepared = await self._discretion.prepare(step, self._is_secret_field)
        if prepared.covered:
            await self._page.hide(prepared.shown["selector"])
        return prepared

    async def _pass(
        self,
        prepared: Prepared,
        index: int,
        fingerprint: Fingerprint | None,
        anchor: str | None = None,
        **more: Any,
    ) -> None:
        self.noted = None
        done = await self._perform(prepared, index, anchor)
        self.noted = done.note
        seen = await self._files.of_step(index, done.screenshot, done.a11y, done.downloads)
        more |= {"fingerprint": await fingerprint()} if fingerprint else {}
        if "healed" in more:
            self._voice.note(say(HealingSucceeded, index=index, step=prepared.shown))
        self._voice.note(self._outcome(StepPassed, index, prepared.shown, note=done.note, **seen, **more))

    async def _perform(self, prepared: Prepared, index: int, anchor: str | None) -> Done:
        arrived, self._arrived = self._arrived, None
        if arrived is not None and arrived.step is prepared.step:
            self._took = arrived.took
            return await arrived.record(index)
        began = time.monotonic()
        try:
            if prepared.step is None:
                raise StepError(f"no secret is named {secret_name(prepared.shown['value'])}")
            return await self._page.perform(prepared.step, index, self._discretion.text, anchor=anchor)
        finally:
            self._took = time.monotonic() - began

    async def _fail(self, index: int, shown: Json, error: StepError, instead_of: str | None) -> None:
        shot = None if self._is_halted() else await self._page.failure_screenshot(index)
        seen = await self._files.of_step(index, shot, None, self._page.downloaded())
        final = self._ends_with_failure
        self._note_failure(index, shown, error, final=final, instead_of=instead_of, **seen)

    def _note_failure(self, index: int, shown: Json, error: Exception, *, final: bool, **seen: Any) -> None:
        text = self._discretion.text(str(error))
        self._voice.note(self._outcome(StepFailed, index, shown, error=text, final=final or None, **seen))

    def _outcome(self, fact: type[StepPassed | StepFailed], index: int, shown: Json, **fields: Any) -> Said:
        duration = round(self._took * 1000)
        return say(fact, index=index, step=shown, duration_ms=duration, **fields)

    async def _is_secret_field(self, step: Fill) -> bool:
        timeout = step.timeout_ms or self._flow.default_timeout_ms
        asked = asyncio.create_task(self._page.is_secret_field(step.selector, timeout))
        try:
            done, _ = await asyncio.wait([asked], timeout=GLANCE_S)
            if not done:  # the element is not there yet: whoever watches shall not wait for it
                await self._voice.flush()
            return await asked
        finally:
            asked.cancel()
