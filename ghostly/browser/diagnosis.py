"""Finds out why a step failed, by what the page, its tabs and its way out have to say."""

from __future__ import annotations

import asyncio

from playwright.async_api import Error

from ghostly.browser.actions import sought
from ghostly.browser.candidates import with_nearest
from ghostly.browser.egress import Ledger
from ghostly.browser.failures import (
    BrowserGone,
    Departed,
    NothingMatched,
    StepError,
    explain,
    nothing_matched,
)
from ghostly.browser.here import Here
from ghostly.browser.home import Home, is_error_page
from ghostly.browser.warm import Tab
from ghostly.domain.steps import AnyStep

_PROBE_S = 1.0
_GONE = ("detached", "hidden")
_CLOSED_ITSELF = "the page closed itself"
_SILENT = "the page does not answer; a script may keep it busy"


class Diagnosis:
    """Knows one run's page and where it may be; a page that went elsewhere is brought back from there."""

    def __init__(self, tab: Tab, home: Home, ledger: Ledger) -> None:
        self._tab = tab
        self._page = tab.page
        self._home = home
        self._ledger = ledger

    async def check_place(self) -> None:
        """Raise ``Departed`` if the page is not at home, ``StepError`` if it shows that nothing was loaded."""
        if departure := await self._departure():
            raise Departed(departure)
        if is_error_page(self._page.url):
            refusal = self._ledger.last_refusal()
            why = f"was not opened: {refusal}" if refusal else "could not be loaded"
            raise StepError(f"the page led to an address that {why}")

    async def of(self, error: Exception, step: AnyStep, here: Here) -> StepError | BrowserGone:
        """The same failure, as far as the page or its absence explains it; it may still hold secrets."""
        if isinstance(error, StepError):
            departure = await self._departure()
            return Departed(departure) if departure else error
        aim = sought(step, here)
        silent = here.late(_SILENT)
        failure = self._ledger.explain(explain(error, aim), aim.what) if isinstance(error, Error) else silent
        if isinstance(failure, BrowserGone):
            return StepError(_CLOSED_ITSELF) if await self._is_closed_by_itself() else failure
        if departure := await self._departure():
            return Departed(departure)
        if isinstance(error, Error) and nothing_matched(error):
            if getattr(step, "state", "visible") in _GONE:  # then it would have passed, had the page said so
                return silent
            return await self._unmatched(failure, step, here, aim.what)
        return failure

    async def _unmatched(self, failure: StepError, step: AnyStep, here: Here, what: str) -> StepError:
        """What to say of a page on which nothing was there in time."""
        selector = here.anchor or getattr(step, "selector", None) or "body"
        count = await self.count(selector)
        if count is None:
            return here.late(_SILENT)
        if count:
            return here.late(f"{what} was not ready in time")
        if here.anchor:
            return NothingMatched(str(here.late(f"{what} is not in the row where it was chosen")))
        return await with_nearest(failure, here, selector)

    async def _departure(self) -> str | None:
        """What to say if the page, or a tab that it opened, went away from home."""
        return await self._home.bring_back(self._page) or self._tab.popups.bring_back(self._home)

    async def _is_closed_by_itself(self) -> bool:
        return self._page.is_closed() and self._tab.is_browser_alive() and await self._is_context_left()

    async def _is_context_left(self) -> bool:
        """Asked, because of a line that is cut to a browser elsewhere the pages are told before it is."""
        try:
            async with asyncio.timeout(_PROBE_S):
                await self._tab.context.cookies()
                return True
        except (Error, TimeoutError):
            return False

    async def count(self, selector: str) -> int | None:
        """How many elements match now, because a page too slow to look is not one that lacks them."""
        try:
            async with asyncio.timeout(_PROBE_S):
                return await self._page.locator(selector).count()
        except (Error, TimeoutError):
            return None
