"""Does steps on one page, and tells the run of each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from ghostly.browser.failures import BrowserGone, StepError
from ghostly.browser.page import Done, Page
from ghostly.domain.events import Json, StepFailed, StepPassed, StepStarted
from ghostly.domain.flow import Flow
from ghostly.domain.redaction import secret_name
from ghostly.domain.run import Said, say
from ghostly.domain.steps import AnyStep, Fill
from ghostly.worker.discretion import Discretion, Prepared
from ghostly.worker.files import Files
from ghostly.worker.voice import Voice

GLANCE_S = 0.05


class Hands:
    """One page and what is done on it. ``is_halted`` says whether the run was stopped: then no failure is told."""

    def __init__(
        self,
        page: Page,
        flow: Flow,
        *,
        voice: Voice,
        discretion: Discretion,
        files: Files,
        is_halted: Callable[[], bool],
    ) -> None:
        self._page = page
        self._flow = flow
        self._voice = voice
        self._discretion = discretion
        self._files = files
        self._is_halted = is_halted
        self._took = 0.0

    async def do(self, index: int, step: AnyStep) -> StepError | None:
        """Begin the step, do it, note how it ended; why it failed, if it did.

        Raises ``BrowserGone`` when there is no page any more.
        """
        prepared = await self._discretion.prepare(step, self._is_secret_field)
        if prepared.covered:
            await self._page.hide(prepared.shown["selector"])
        await self._voice.tell(say(StepStarted, index=index, step=prepared.shown))
        try:
            done = await self._perform(prepared, index)
        except StepError as error:
            await self._fail(index, prepared.shown, error)
            return error
        except BrowserGone as error:
            if not self._is_halted():
                self._note_failure(index, prepared.shown, error)
                await self._voice.flush()
            raise
        seen = await self._files.of_step(index, done.screenshot, done.a11y, done.downloads)
        self._voice.note(self._outcome(StepPassed, index, prepared.shown, note=done.note, **seen))
        return None

    async def _perform(self, prepared: Prepared, index: int) -> Done:
        if prepared.step is None:
            raise StepError(f"no secret is named {secret_name(prepared.shown['value'])}")
        began = time.monotonic()
        try:
            return await self._page.perform(prepared.step, index, self._discretion.text)
        finally:
            self._took = time.monotonic() - began

    async def _fail(self, index: int, shown: Json, error: StepError) -> None:
        shot = None if self._is_halted() else await self._page.failure_screenshot(index)
        seen = await self._files.of_step(index, shot, None, self._page.downloaded())
        self._note_failure(index, shown, error, **seen)

    def _note_failure(self, index: int, shown: Json, error: Exception, **seen: Any) -> None:
        text = self._discretion.text(str(error))
        self._voice.note(self._outcome(StepFailed, index, shown, error=text, final=True, **seen))

    def _outcome(self, fact: type[StepPassed | StepFailed], index: int, shown: Json, **fields: Any) -> Said:
        duration = round(self._took * 1000)
        return say(fact, index=index, step=shown, duration_ms=duration, **fields)

    async def _is_secret_field(self, step: Fill) -> bool:
        timeout = step.timeout_ms or self._flow.default_timeout_ms
        asked = asyncio.ensure_future(self._page.is_secret_field(step.selector, timeout))
        done, _ = await asyncio.wait([asked], timeout=GLANCE_S)
        if not done:  # the element is not there yet: whoever watches shall not wait for it
            await self._voice.flush()
        return await asked
