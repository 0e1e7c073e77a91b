"""The page on which a run is carried out, step by step."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from time import monotonic

from playwright.async_api import Error

from ghostly.browser.actions import carry_out, tree
from ghostly.browser.artifacts import Artifact
from ghostly.browser.camera import Camera
from ghostly.browser.diagnosis import Diagnosis
from ghostly.browser.downloads import Downloaded
from ghostly.browser.egress import Ledger
from ghostly.browser.failures import BrowserGone, StepError, shorten
from ghostly.browser.fields import is_secret
from ghostly.browser.here import Clean, Here, Place
from ghostly.browser.home import Home
from ghostly.browser.observer import Observer
from ghostly.browser.recording import Recorded, Recording
from ghostly.browser.uploads import Uploads
from ghostly.browser.warm import Tab
from ghostly.domain.flow import Flow
from ghostly.domain.steps import AnyStep, Fill, Goto

_GRACE_MS = 1_000  # Playwright keeps the limits itself; this is for when it hangs
_LOOK_MS = 5_000
_LAST_LOOK_MS = 2_000
_PROBE_S = 1.0
_LEAVE_S = 1.0
_FILM_S = 5.0  # the last of a video is encoded when its page closes
_STOPPED = "The run was stopped, and its page closed."

Leave = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Done:
    """What there is to record of a step that the page did."""

    note: str | None
    screenshot: Artifact | None
    a11y: str | None
    downloads: list[Downloaded]


class Page:
    """One run's page: it does steps one after the other, stays at home, and can be stopped at any moment."""

    def __init__(
        self,
        tab: Tab,
        flow: Flow,
        *,
        camera: Camera,
        home: Home,
        recording: Recording,
        ledger: Ledger,
        uploads: Uploads,
        leave: Leave,
    ) -> None:
        self._tab = tab
        self._page = tab.page
        self._flow = flow
        self._camera = camera
        self._recording = recording
        self._ledger = ledger
        self._leave = leave
        self._notes: list[str] = []
        self._diagnosis = Diagnosis(tab, home, ledger)
        self._place = Place(tab.page, home, uploads)
        self._spent = 0.0
        self._waiting: asyncio.Timeout | None = None
        self._in_doubt = False
        self._stopped = False

    async def record(self) -> None:
        """Begin to record what the flow asks for; raises ``BrowserGone`` if the browser does not."""
        try:
            async with asyncio.timeout(_LOOK_MS / 1000):
                self._notes += filter(None, [await self._recording.start()])
        except (Error, TimeoutError) as error:
            raise BrowserGone(f"The browser does not record: {type(error).__name__}") from error

    async def perform(self, step: AnyStep, index: int, clean: Clean = str, *, anchor: str | None = None) -> Done:
        """Do the step within its time; ``clean`` takes secrets out of what the page says of it.

        ``anchor`` finds its control in place of its own selector.
        Raises ``StepError`` when the page did not do it, ``BrowserGone`` when there is no page any more.
        """
        limit = step.timeout_ms or self._flow.default_timeout_ms
        spent, self._spent = self._spent, 0.0
        here = Here(self._place, limit, spent=spent, clean=clean, anchor=anchor)
        try:
            await self._do(step, here)
            return await self._record(here, index)
        except (Error, TimeoutError, StepError) as error:
            raise await self._failure(error, step, here) from None

    async def visit(self, url: str, clean: Clean = str) -> Callable[[int], Awaitable[Done]]:
        """Open the address; raises as ``perform`` does.

        Nothing of it is kept, unless what this answers is called at once with the index of a step that asks for
        nothing else.
        """
        step = Goto(url=url)
        here = Here(self._place, self._flow.default_timeout_ms, clean=clean)
        try:
            await self._do(step, here)
        except (Error, TimeoutError, StepError) as error:
            raise await self._failure(error, step, here) from None
        return partial(self._arrive, step, here)

    @property
    def url(self) -> str:
        """Where the page is."""
        return self._page.url

    def observer(self, clean: Clean = str) -> Observer:
        """Who looks at the page, and hears from now on what goes wrong on it."""
        return Observer(self._page, clean)

    async def shows(self, selector: str) -> bool:
        """Whether something that the selector matches can be seen now."""
        try:
            async with asyncio.timeout(_PROBE_S):
                return await self._page.locator(selector).first.is_visible()
        except (Error, TimeoutError):
            return False

    async def count(self, selector: str) -> int | None:
        """How many elements it matches now; None if the page does not tell within a second."""
        return await self._diagnosis.count(selector)

    async def is_secret_field(self, selector: str, timeout: int) -> bool:  # noqa: ASYNC109 -- the page's waiting
        """Whether what is typed there must not be shown; True if ``timeout`` milliseconds do not tell.

        What this waits, the next ``perform`` does not wait again.
        """
        began = monotonic()
        try:
            found = await is_secret(self._page, selector, timeout)
            self._in_doubt = found is None
            return found is not False
        finally:
            self._spent = (monotonic() - began) * 1000

    async def hide(self, selector: str) -> None:
        """A secret is about to be typed there: cover it in every screenshot from now on, and record no more.

        If nobody could say what field that is, the next ``perform`` drops what was recorded once there is one.
        """
        self._camera.mask(selector)
        if not self._in_doubt:
            await self._forget()

    async def failure_screenshot(self, index: int) -> Artifact | None:
        """What the page shows now; None if it does not show it within two seconds. Raises nothing."""
        return await self._camera.shoot(f"step-{index:02}-failed.png", _LAST_LOOK_MS)

    def downloaded(self) -> list[Downloaded]:
        """What has arrived since someone last asked; the files are there until the page is left."""
        return self._tab.downloads.take()

    async def last_downloads(self) -> list[Downloaded]:
        """The same, but those under way get two seconds more."""
        await self._tab.downloads.settle(_LAST_LOOK_MS)
        return self.downloaded()

    async def leave(self, *, failed: bool) -> Recorded:
        """Leave the page, and keep what was recorded: the trace, and of a run that failed the video."""
        if self._stopped:
            return Recorded()
        trace, film = await self._recording.stop_tracing(), await self._recording.film()
        await self._leave(_FILM_S if film else _LEAVE_S)
        if self._stopped:  # meanwhile, and then nothing waited for the video
            return Recorded(None, trace)
        self._stopped = True
        return Recorded(await self._recording.end_film(film, keep=failed) if film else None, trace)

    async def stop(self) -> None:
        """The page is gone within three seconds, whatever it is doing; a waiting ``perform`` ends as well."""
        self._stopped = True
        await self._leave(_LEAVE_S)
        if self._waiting is not None:  # it has heard of the end, unless its driver hangs
            self._waiting.reschedule(asyncio.get_running_loop().time())

    async def _do(self, step: AnyStep, here: Here) -> None:
        if self._stopped:
            raise BrowserGone(_STOPPED)
        async with self._within(here.left + _GRACE_MS):
            if not isinstance(step, Goto):
                await self._diagnosis.check_place()  # the page may have gone away by itself since the last step
            if isinstance(step, Fill):
                await self._be_sure(step, here)
            await carry_out(step, here)
            await self._diagnosis.check_place()

    async def _record(self, here: Here, index: int) -> Done:
        async with self._within(here.left + _GRACE_MS):
            await self._tab.downloads.settle(here.left)
        if self._stopped:
            raise BrowserGone(_STOPPED)
        async with self._within(3 * _LOOK_MS):
            return await self._look(here, index)

    async def _arrive(self, step: Goto, here: Here, index: int) -> Done:
        try:
            async with self._within(_LOOK_MS):
                await self._diagnosis.check_place()  # it may have gone away by itself since
            return await self._record(here, index)
        except (Error, TimeoutError, StepError) as error:
            raise await self._failure(error, step, here) from None

    async def _be_sure(self, step: Fill, here: Here) -> None:
        in_doubt, self._in_doubt = self._in_doubt, False
        if in_doubt:  # not even asked for with the value, of which the trace would tell, before it is there
            await self._page.locator(step.selector).first.wait_for(state="attached", timeout=here.left)
            await self._forget()

    async def _forget(self) -> None:
        self._notes += filter(None, [await self._recording.forget()])

    async def _look(self, here: Here, index: int) -> Done:
        shot = None
        if self._flow.capture_screenshot_after_each_step:
            shot = await self._camera.shoot(f"step-{index:02}.png", _LOOK_MS)
            here.notes += [] if shot else ["no screenshot could be taken"]
        if self._flow.capture_a11y_after_each_step and here.a11y is None:
            try:
                here.a11y = await tree(self._page, _LOOK_MS)
            except Error:
                here.notes.append("no accessibility snapshot could be taken")
        note = shorten(here.clean("; ".join(self._all_notes(here))))
        return Done(note or None, shot, here.a11y, self.downloaded())

    async def _failure(self, error: Exception, step: AnyStep, here: Here) -> StepError | BrowserGone:
        if self._stopped:
            return BrowserGone(_STOPPED)
        failure = await self._diagnosis.of(error, step, here)
        await self._tab.downloads.settle(_LAST_LOOK_MS)
        notes = self._all_notes(here)
        told = f"{failure} ({'; '.join(notes)})" if notes and isinstance(failure, StepError) else str(failure)
        return type(failure)(shorten(here.clean(told)))

    def _all_notes(self, here: Here) -> list[str]:
        own, self._notes = self._notes, []
        tab = self._tab
        own += here.notes + self._ledger.take_note()
        own += tab.dialogs.take_note(here.quote) + tab.popups.take_note() + tab.barred.take_note(here.quote)
        return own + tab.downloads.take_note(here.quote)

    @asynccontextmanager
    async def _within(self, limit: float) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(limit / 1000) as self._waiting:
                yield
        finally:
            self._waiting = None
