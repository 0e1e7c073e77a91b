"""Looks at a page whatever it does meanwhile: it may change, hang or go away."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from time import monotonic

from playwright.async_api import Error, Frame, Page

from ghostly.browser.expectations import BETWEEN
from ghostly.browser.failures import BrowserGone, Sought, explain
from ghostly.browser.here import Clean
from ghostly.browser.observer.documents import UNREADABLE, concealed, see, see_one
from ghostly.browser.observer.errors import MOST, Errors
from ghostly.browser.observer.growing import grows
from ghostly.browser.observer.script import Shown
from ghostly.browser.observer.stillness import is_still
from ghostly.browser.observer.traffic import Traffic
from ghostly.browser.observer.world import World
from ghostly.domain.observation import Concealed, Control, Observation, PageError, among, counted

_LOOK_S = 2.0
_AGAIN_S = 0.05
_TEXT = 20_000
_MOST_FRAMES = 5  # in which what is not shown is looked for
_URL_LENGTH = 8_192
_HELD = re.compile(r'^(\s*- (?:textbox|searchbox|combobox|spinbutton)(?: "(?:[^"\\]|\\.)*")?(?: \[[^\]]*\])*): .*')


class Observer:
    """Sees one run's page, and hears its errors from when it was made: make it before the page goes anywhere.

    ``clean`` takes secrets out of errors and addresses, which are cut. All else is given whole or left out, so
    that whoever gets it can still find secrets in it.
    """

    def __init__(self, page: Page, clean: Clean = str) -> None:
        self._page = page
        self._clean = clean
        self._errors = Errors(page)
        self._traffic = Traffic(page)
        self._world = World(page)
        self._seen: tuple[Control, ...] = ()

    async def look(self, max_nodes: int) -> Observation:
        """What there is now, within two seconds; of a page that cannot be read, its address and its errors.

        Raises ``BrowserGone`` when there is no page any more.
        """
        shown = await self._see(max_nodes)
        heard = self._errors.take(self._clean)
        errors = [*heard, *map(self._alert, shown.alerts)]
        self._seen = counted(shown.controls)
        return Observation(
            url=self._url(),
            title=shown.title,
            tree="\n".join(shown.lines),
            node_count=len(shown.lines),
            text=_fitting(shown.text),
            written=_fitting(shown.written),
            controls=self._seen,
            dialogs=tuple(shown.dialogs),
            errors=tuple(errors[:MOST]),
            taken=self._errors.taken,
        )

    async def fingerprint(self, selector: str, limit: float = 1_000) -> Control | None:
        """How the first that matches looks; None if none is there within ``limit`` milliseconds, 0: now.

        How many are like it is known of the last look.
        """
        with suppress(*UNREADABLE):
            async with asyncio.timeout(limit / 1000 + _LOOK_S):
                control = await see_one(self._page.locator(selector).first, limit)
                return among(control, self._seen) if control else None
        return None

    async def concealed(self) -> tuple[Concealed, ...]:
        """The controls that are there and not shown, as far as their documents can be looked at."""
        found = await asyncio.gather(*map(concealed, self._page.frames[:_MOST_FRAMES]))
        return tuple(each for inner in found for each in inner)

    async def grows(self) -> bool:
        """Whether more comes in any frame when it is scrolled to its end, from where it goes back."""
        return any(await asyncio.gather(*map(grows, self._page.frames[:_MOST_FRAMES])))

    def act(self) -> None:
        """Something was done to the page: what that leads to may still come, whatever its browser knows of."""
        self._traffic.act()

    async def rest(self) -> None:
        """Wait until what the page asked for was answered, for a few seconds at most; not for one surely still."""
        resting = asyncio.ensure_future(self._traffic.rest())
        proving = asyncio.ensure_future(is_still(self._page, self._traffic, self._world))
        try:
            await asyncio.wait({resting, proving}, return_when=asyncio.FIRST_COMPLETED)
            if not proving.done() or not proving.result():
                await resting
        finally:
            resting.cancel()
            proving.cancel()

    async def hides(self, selector: str) -> bool:
        """Whether nothing that it matches can be seen now, in whichever frame; False if nobody can tell."""
        try:
            async with asyncio.timeout(_LOOK_S):
                return not any(await asyncio.gather(*(_shows(frame, selector) for frame in self._page.frames)))
        except (Error, TimeoutError):
            return False

    async def _see(self, nodes: int) -> Shown:
        deadline = monotonic() + _LOOK_S
        try:
            async with asyncio.timeout(_LOOK_S):
                return await self._see_between(nodes)
        except UNREADABLE as error:
            self._check_there(error)
        return await self._outline(nodes, deadline - monotonic())

    async def _see_between(self, nodes: int) -> Shown:
        """A document that is replaced while it is looked at is no answer; the next one may be."""
        while True:
            try:
                return await see(self._page.main_frame, nodes, self._world.look)
            except Error as error:
                if not BETWEEN.search(error.message):
                    raise
                await asyncio.sleep(_AGAIN_S)

    async def _outline(self, nodes: int, seconds: float) -> Shown:
        """The tree alone, without what fields hold, made where the page's own scripts do not reach."""
        lines: list[str] = []
        if seconds < _AGAIN_S:
            return Shown("", lines, [], [], [], [], "", "")
        try:
            async with asyncio.timeout(seconds):
                tree = await self._page.locator("body").aria_snapshot(timeout=seconds * 1000)
                lines = [_HELD.sub(r"\1", line) for line in tree.splitlines()[:nodes]]
        except (Error, TimeoutError) as error:
            self._check_there(error)
        return Shown("", lines, [], [], [], [], "", "")

    def _check_there(self, error: Exception) -> None:
        failure = explain(error, Sought("the page", int(_LOOK_S * 1000))) if isinstance(error, Error) else None
        if isinstance(failure, BrowserGone):
            raise failure from None
        if self._page.is_closed():
            raise BrowserGone("The page was closed.") from None

    def _alert(self, text: str) -> PageError:
        return PageError(kind="alert", severity="warning", text=text, url=self._url())

    def _url(self) -> str:
        return self._clean(self._page.url)[:_URL_LENGTH]


async def _shows(frame: Frame, selector: str) -> bool:
    try:
        return await frame.locator(f"{selector} >> visible=true").count() > 0
    except Error:
        if frame.is_detached():
            return False
        raise


def _fitting(text: str) -> str:
    """Whole lines, as many as fit."""
    if len(text) <= _TEXT:
        return text
    return text[:_TEXT].rpartition("\n")[0]
