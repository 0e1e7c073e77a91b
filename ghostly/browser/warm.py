"""A browser that runs, here or elsewhere, and the tabs that are opened in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psutil
from playwright.async_api import Browser, BrowserContext, Error, Page

from ghostly.browser import chromium, processes, remote
from ghostly.browser.barred import Barred
from ghostly.browser.dialogs import Dialogs
from ghostly.browser.downloads import Downloads, fetched, written_here
from ghostly.browser.drivers import Driver, Drivers
from ghostly.browser.egress import Egress, Ledger, Listener
from ghostly.browser.popups import Popups
from ghostly.browser.remote import Remote
from ghostly.browser.scratch import Scratch, drop

_CLOSE_S = 1.0
_LAUNCH_S = 20.0
_WORN_AFTER = 200  # runs: not for its memory, which does not grow, but to end what pages may have left unseen
DOWNLOADS = "downloads"
TRACES = "traces"
_FAILURES = (Error, TimeoutError, psutil.Error)


@dataclass(eq=False, slots=True)
class Tab:
    """A context of its own and the page in it: nothing in it has been seen by another run."""

    context: BrowserContext
    page: Page
    dialogs: Dialogs
    downloads: Downloads
    popups: Popups
    barred: Barred
    scratch: Path
    is_browser_alive: Callable[[], bool]
    films_elsewhere: bool = False
    closing: asyncio.Lock = field(default_factory=asyncio.Lock)
    leaving: asyncio.Timeout | None = None
    closed: bool = False

    def hurry(self, patience: float) -> None:
        """Whoever waits for it to close waits no longer than these seconds."""
        if self.leaving is not None and not self.leaving.expired():
            latest = asyncio.get_running_loop().time() + patience
            self.leaving.reschedule(min(latest, self.leaving.when() or latest))


class Warm:
    """A browser, known by its process too, so that it can be ended without asking it.

    Of a ``remote`` one that is the driver that speaks with it alone: all that was opened there ends with the line.
    """

    def __init__(
        self,
        browser: Browser,
        process: psutil.Process,
        driver: Driver,
        scratch: Scratch,
        *,
        listener: Listener | None = None,
        remote: Remote | None = None,
    ) -> None:
        self._remote = remote
        self._served = remote is not None and not remote.speaks_cdp  # where it is, files are written there too
        self._browser = browser
        self._process = process
        self._driver = driver
        driver.process = driver.process or processes.driver_of(process)
        self._scratch = scratch
        self._listener = listener
        self._tabs = 0
        self._hurt = False

    @property
    def alive(self) -> bool:
        """Whether it can carry a run. The processes are asked: Playwright does not hear of its driver's death."""
        family = (self._process, self._driver.process)
        return (
            not self._hurt
            and self._browser.is_connected()
            and all(process is None or processes.is_running(process) for process in family)
        )

    @property
    def worn(self) -> bool:
        """Whether it has carried as many runs as it should."""
        return self._tabs >= _WORN_AFTER

    @property
    def no_page(self) -> str:
        """What to say if it opens no page, and the way out."""
        return remote.NO_PAGE if self._remote else chromium.NO_PAGE

    async def open_filmed(self) -> Tab:
        """A fresh tab that is filmed; where there is no ffmpeg, one that is not. Raises as ``open`` does."""
        try:
            return await self.open(filmed=True)
        except Error as error:
            if "ffmpeg" not in error.message:
                raise
            return await self.open()

    async def open(self, *, filmed: bool = False) -> Tab:
        """A fresh tab; raises Playwright's ``Error`` where the browser does not give one."""
        self._tabs += 1
        self._driver.runs += 1
        room = self._scratch.path / f"tab-{self._tabs}"  # made by Playwright, if it writes there
        context = await self._browser.new_context(
            record_video_dir=room if filmed else None,
            accept_downloads=not self._remote or self._served,  # else it would write them where nobody looks
        )
        dialogs, downloads, popups = Dialogs(), self._new_downloads(), Popups()
        context.on("dialog", dialogs.answer)
        context.on("page", downloads.watch)
        try:
            page = await context.new_page()
        except Error:
            await context.close()
            raise
        page.on("crash", self._on_crash)
        context.on("page", popups.opened)
        barred = Barred()
        barred.listen(context, page)
        return Tab(context, page, dialogs, downloads, popups, barred, room, lambda: self.alive, self._served)

    def _new_downloads(self) -> Downloads:
        room = self._scratch.room(DOWNLOADS)
        if self._remote is None:
            return Downloads(room, written_here)
        return Downloads(room, fetched if self._served else None)

    def new_ledger(self) -> Ledger:
        """What the next run is refused will stand in there; of an open browser, nothing ever."""
        return self._listener.new_ledger() if self._listener else Ledger()

    async def shut(self, tab: Tab, patience: float = _CLOSE_S) -> None:
        """The tab is gone a second after these seconds of ``patience``, if need be with the whole browser.

        Whoever asked before and has more patience gets no more than that.
        """
        tab.hurry(patience)
        async with tab.closing:  # who comes second must not believe it done
            if not tab.closed:
                await self._close(tab, patience)
                await tab.downloads.close()
                await tab.barred.close()
                await drop(self._scratch.path / TRACES)
                tab.closed = True

    async def kill(self) -> None:
        """End the browser's processes, whatever they are doing."""
        self._hurt = True
        await asyncio.to_thread(processes.kill_tree, self._process)

    async def close(self, drivers: Drivers) -> None:
        """The browser is gone after this, and its driver too if nobody else needs it."""
        self._hurt = True  # from now on, what its pages hear is not their own doing
        try:
            async with asyncio.timeout(_CLOSE_S):
                await self._browser.close()
        except (Error, TimeoutError):
            drivers.distrust(self._driver)  # perhaps it is the one that hangs
            await self.kill()
        if self._remote is None:  # else it is the driver's process, which ends by itself when it is released
            await self.kill()
        if self._listener is not None:
            await self._listener.close()
        await asyncio.to_thread(self._scratch.close)
        await drivers.release(self._driver)

    async def _close(self, tab: Tab, patience: float) -> None:
        try:
            async with asyncio.timeout(patience) as tab.leaving:
                await tab.context.close()
        except (Error, TimeoutError):
            await self.kill()
        finally:
            tab.leaving = None

    def _on_crash(self, _page: Page) -> None:
        self._hurt = True


async def launch(
    drivers: Drivers,
    configured: str | None,
    egress: Egress | None,
    *,
    headless: bool,
    page_memory: int | None = None,
) -> Warm:
    """Start a browser, guarded if there is an ``egress``; raises ``BrowserUnavailable`` where none can be had.

    ``page_memory`` is what each of its pages may have, in bytes.
    """
    begin = partial(_launch, drivers, configured, egress, headless=headless, page_memory=page_memory)
    try:
        return await begin()
    except _FAILURES:
        pass  # perhaps the driver died or hangs, which nobody tells us: once more, under another one
    try:
        return await begin()
    except _FAILURES as error:
        raise chromium.way_out(error) from None


async def _launch(
    drivers: Drivers,
    configured: str | None,
    egress: Egress | None,
    *,
    headless: bool,
    page_memory: int | None,
) -> Warm:
    driver = await drivers.hire()
    scratch = Scratch()
    listener: Listener | None = None
    try:
        listener = await egress.listen() if egress else None
        proxy = listener.url if listener else None
        async with asyncio.timeout(_LAUNCH_S):
            browser = await chromium.launch(
                driver.playwright,
                configured,
                headless=headless,
                downloads=scratch.room(DOWNLOADS),
                traces=scratch.room(TRACES),  # Playwright's own place for them would outlive a killed worker
                proxy=proxy,
            )
            process = await _process(browser)
            if page_memory:
                await asyncio.to_thread(processes.bound_pages, process, page_memory)
            return Warm(browser, process, driver, scratch, listener=listener)
    except BaseException as error:
        scratch.close()
        if listener is not None:
            await listener.close()
        if isinstance(error, _FAILURES):
            drivers.distrust(driver)
        await drivers.release(driver)
        raise


async def connect(drivers: Drivers, there: Remote, *, headless: bool) -> Warm:
    """Reach a browser that was started elsewhere; raises ``BrowserUnavailable`` where that fails."""
    driver, process = await drivers.hire_alone()
    scratch = Scratch()
    try:
        async with asyncio.timeout(_LAUNCH_S):
            browser = await there.connect(driver.playwright, headless=headless, traces=scratch.room(TRACES))
            return Warm(browser, process, driver, scratch, remote=there)
    except BaseException as error:
        scratch.close()
        await drivers.release(driver)
        if isinstance(error, _FAILURES):
            raise there.way_out(error) from None
        raise


async def _process(browser: Browser) -> psutil.Process:
    try:
        session = await browser.new_browser_cdp_session()
        answer = await session.send("SystemInfo.getProcessInfo")
        await session.detach()
        return psutil.Process(next(one["id"] for one in answer["processInfo"] if one["type"] == "browser"))
    except BaseException:
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(_CLOSE_S):  # perhaps it is the one that hangs
                await browser.close()  # nobody else knows of it
        raise
