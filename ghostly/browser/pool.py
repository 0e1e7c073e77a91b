"""The browsers of a worker: so many slots, one warm browser in each."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from ghostly.browser import ffmpeg, processes, scratch, warm
from ghostly.browser.artifacts import Artifacts
from ghostly.browser.camera import Camera
from ghostly.browser.drivers import Drivers
from ghostly.browser.egress import Egress
from ghostly.browser.failures import BrowserUnavailable
from ghostly.browser.home import Home
from ghostly.browser.page import Page
from ghostly.browser.readying import Readying
from ghostly.browser.recording import Recording, is_filmed
from ghostly.browser.remote import Remote
from ghostly.browser.slot import Slot
from ghostly.browser.uploads import Uploads
from ghostly.domain.flow import Flow

log = logging.getLogger("ghostly.browser")


class Browsers:
    """Gives each run a page of its own.

    ``executable`` is the Chromium to use; None: the one that is installed. Without ``egress`` all is open to it.
    With ``remote`` none is started here, neither of the two counts, and that one is used.
    ``uploads`` is the directory whose files may be given to pages; None: none may.
    ``page_memory``: bytes that a page may have; None: all there are.
    ``cores``: where as many runs are under way, none is held up to make the page of the next one ready.
    """

    def __init__(
        self,
        *,
        executable: str | None,
        slots: int,
        allowed_origins: frozenset[str] = frozenset(),
        uploads: Path | None = None,
        egress: Egress | None = None,
        remote: Remote | None = None,
        page_memory: int | None = None,
        cores: int = os.cpu_count() or 1,
    ) -> None:
        self._allowed_origins = allowed_origins
        self._uploads = Uploads(uploads)
        self._drivers = Drivers()
        self._launch: Callable[..., Awaitable[warm.Warm]] = (
            partial(warm.connect, self._drivers, remote)
            if remote
            else partial(warm.launch, self._drivers, executable, egress, page_memory=page_memory)
        )
        self._is_served = remote is not None and not remote.speaks_cdp
        self._slots = [Slot(partial(self._launch, headless=True), self._drivers) for _ in range(slots)]
        self._free: asyncio.Queue[Slot] = asyncio.Queue()  # the one that has rested longest comes first
        for slot in self._slots:
            self._free.put_nowait(slot)
        self._readying = Readying(cores)
        self._warming: asyncio.Task[None] | None = None
        self._ffmpeg: asyncio.Task[bool] | None = None

    async def start(self) -> None:
        """Begin to warm up, and return at once."""
        self._warming = asyncio.create_task(self._warm_up())

    async def close(self) -> None:
        """No browser and no driver is left after this; runs that still go on lose theirs."""
        if self._warming is not None:
            self._warming.cancel()
            await asyncio.wait([self._warming])
        self._readying.close()
        await asyncio.gather(*(slot.close() for slot in self._slots))
        await self._drivers.close()

    @asynccontextmanager
    async def page(self, flow: Flow, *, artifacts: Path, run: str) -> AsyncIterator[Page]:
        """A fresh page to carry the flow out on, when a slot is free; ``artifacts`` is the run's own directory.

        Raises ``BrowserUnavailable`` where no browser can be started.
        """
        async with self._place(headless=flow.headless) as slot:
            browser, tab = await slot.take(filmed=is_filmed(flow) and await self._can_film())
            kept = Artifacts(artifacts, run)
            page = Page(
                tab,
                flow,
                camera=Camera(tab.page, kept),
                home=Home(flow.base_url, self._allowed_origins),
                recording=Recording(tab, flow, kept),
                ledger=browser.new_ledger(),
                uploads=self._uploads,
                leave=partial(browser.shut, tab),
            )
            try:
                await page.record()
                yield page
            finally:
                await page.stop()
                await scratch.drop(tab.scratch)

    async def _can_film(self) -> bool:
        if self._is_served:  # with the server's own ffmpeg, if it has one
            return True
        if self._ffmpeg is None:
            self._ffmpeg = asyncio.create_task(asyncio.to_thread(ffmpeg.provide))
        return await asyncio.shield(self._ffmpeg)

    @asynccontextmanager
    async def _place(self, *, headless: bool) -> AsyncIterator[Slot]:
        slot = await self._free.get()
        self._readying.taken(slot)
        try:
            if headless:
                yield slot
                return
            visible = Slot(partial(self._launch, headless=False), self._drivers)  # for this run alone
            try:
                yield visible
            finally:
                await visible.close()
        finally:
            self._readying.left(slot)
            self._free.put_nowait(slot)

    async def _warm_up(self) -> None:
        await asyncio.to_thread(processes.sweep)
        await asyncio.to_thread(scratch.sweep)
        for slot in self._slots:
            try:
                await asyncio.shield(self._readying.begun(slot))
            except BrowserUnavailable as refusal:
                log.warning("No run can be carried out yet: %s", refusal)
                return
