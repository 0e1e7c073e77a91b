"""A place where one run at a time is carried out, with a tab made ready while nobody is there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from playwright.async_api import Error

from ghostly.browser.drivers import Drivers
from ghostly.browser.failures import BrowserUnavailable
from ghostly.browser.warm import Tab, Warm

log = logging.getLogger("ghostly.browser")

Launch = Callable[[], Awaitable[Warm]]
Ready = tuple[Warm, Tab]

_OPEN_S = 10.0
_PATIENCE_S = 3.0


class Slot:
    """One warm browser, replaced when it is worn, hurt or dead, and the next run's tab in it."""

    def __init__(self, launch: Launch, drivers: Drivers) -> None:
        self._launch = launch
        self._drivers = drivers
        self._warm: Warm | None = None
        self._ready: asyncio.Task[Ready] | None = None
        self._awaited = False

    def prepare(self) -> asyncio.Task[Ready]:
        """The tab for the next run, ready or being made ready; a failure or a death since then is forgotten."""
        if self._ready is None or self._is_stale(self._ready):
            self._ready = asyncio.create_task(self._make_ready())
            self._ready.add_done_callback(_hear)
        return self._ready

    @property
    def is_well(self) -> bool:
        """Whether its browser can carry the next run as well."""
        return self._warm is not None and self._warm.alive and not self._warm.worn

    async def take(self, *, filmed: bool = False) -> Ready:
        """The browser and the tab in it for this run; raises ``BrowserUnavailable``."""
        self._awaited = True
        try:
            ready = await self._get_ready()
        finally:
            self._awaited = False
        if filmed:  # from its beginning or not at all: the tab that is ready waits for the next run
            return await self._open_filmed(ready[0])
        self._ready = None
        return ready

    async def _get_ready(self) -> Ready:
        begun_before = self._ready
        making = self.prepare()
        try:
            return await asyncio.shield(making)  # whoever gives up waiting leaves it to the next
        except BrowserUnavailable:
            if making is not begun_before:
                raise
        return await asyncio.shield(self.prepare())  # what could not be had then can perhaps be had now

    async def close(self) -> None:
        """The browser is gone after this."""
        if self._ready is not None:
            await asyncio.wait([self._ready], timeout=_PATIENCE_S)  # a launch that is cut may leave its browser
            self._ready.cancel()
            await asyncio.gather(self._ready, return_exceptions=True)
        await self._discard()

    def _is_stale(self, ready: asyncio.Task[Ready]) -> bool:
        if not ready.done():
            return False
        return ready.cancelled() or ready.exception() is not None or not ready.result()[0].alive

    async def _make_ready(self) -> Ready:
        if self._warm is not None and self.is_well:
            with suppress(Error, TimeoutError):  # it died just now, or hangs: another one will do
                return await self._open(self._warm)
        await self._discard()
        self._warm = await self._launch()
        try:
            return await self._open(self._warm)
        except (Error, TimeoutError) as error:
            log.exception("A new browser opened no page")
            raise BrowserUnavailable(self._warm.no_page) from error

    async def _open_filmed(self, warm: Warm) -> Ready:
        try:
            async with asyncio.timeout(_OPEN_S):
                return warm, await warm.open_filmed()
        except (Error, TimeoutError) as error:
            log.exception("A browser opened no page to be filmed")
            await warm.kill()  # else the next run would get it
            raise BrowserUnavailable(warm.no_page) from error

    async def _open(self, warm: Warm) -> Ready:
        async with asyncio.timeout(_OPEN_S):
            tab = await warm.open()
            if not self._awaited:
                # The script that finds elements is compiled here, and not after the first goto: that makes a run
                # a tenth shorter. It is work, though, so it is done in idle time only.
                await tab.page.locator("body").count()
        return warm, tab

    async def _discard(self) -> None:
        warm, self._warm = self._warm, None
        if warm is not None:
            await warm.close(self._drivers)


def _hear(ready: asyncio.Task[Ready]) -> None:
    """Whoever takes the tab hears of a failure; where nobody does, asyncio must not complain of that."""
    if not ready.cancelled():
        ready.exception()
