"""The Playwright driver processes that drive the browsers."""

from __future__ import annotations

import asyncio
import logging

import psutil
from playwright.async_api import Error, Playwright, async_playwright

from ghostly.browser.failures import BrowserUnavailable
from ghostly.browser.processes import drivers, kill_tree

log = logging.getLogger("ghostly.browser")

_WORN_AFTER = 1_000  # runs: the process grows by some 200 KiB with each
_STOP_S = 3.0
_NO_DRIVER = "The Playwright driver does not start: install the package anew."
_CLOSED = "The worker is being shut down, and starts no more browsers."


class Driver:
    """One driver process: how many browsers it drives, and how many runs it has seen."""

    def __init__(self, playwright: Playwright) -> None:
        self.playwright = playwright
        self.process: psutil.Process | None = None  # known from its first browser on
        self.browsers = 0
        self.runs = 0

    async def stop(self) -> None:
        """End the process, and with it every browser that it still drives."""
        try:
            async with asyncio.timeout(_STOP_S):
                await self.playwright.stop()
        except (Error, TimeoutError):
            if self.process is not None:
                await asyncio.to_thread(kill_tree, self.process)


class Drivers:
    """Gives each new browser a driver. A worn one gets no more browsers and is stopped with its last.

    So it is renewed under load too, without any moment at which nothing runs.
    """

    def __init__(self) -> None:
        self._current: asyncio.Task[Driver] | None = None
        self._all: set[Driver] = set()
        self._alone: set[asyncio.Task[tuple[Driver, psutil.Process]]] = set()
        self._one_by_one = asyncio.Lock()
        self._closed = False

    async def hire(self) -> Driver:
        """A driver for one more browser; ``release`` it when that browser is gone.

        Raises ``BrowserUnavailable`` where none starts, and after the close: nobody would ever stop it.
        """
        if self._closed:
            raise BrowserUnavailable(_CLOSED)
        if self._current is None:
            self._current = asyncio.create_task(self._start())
        starting = self._current
        await asyncio.wait([starting])  # not cancelled with its caller: half started, it could not be stopped
        if starting.exception() is not None and self._current is starting:
            self._current = None
        driver = starting.result()
        driver.browsers += 1
        return driver

    async def hire_alone(self) -> tuple[Driver, psutil.Process]:
        """A driver for one browser and no other, and its process: ending that ends the line to the browser.

        Raises as ``hire`` does.
        """
        if self._closed:
            raise BrowserUnavailable(_CLOSED)
        starting = asyncio.create_task(self._start_alone())
        self._alone.add(starting)
        starting.add_done_callback(self._alone.discard)
        await asyncio.wait([starting])  # whoever gives up leaves it to the close
        return starting.result()

    async def release(self, driver: Driver) -> None:
        """One of its browsers is gone."""
        driver.browsers -= 1
        if driver.runs >= _WORN_AFTER:
            self.distrust(driver)
        if driver.browsers == 0 and not self._is_current(driver):
            await self._stop(driver)

    def distrust(self, driver: Driver) -> None:
        """Give it no more browsers: it is worn, or something went wrong that may be its fault."""
        if self._is_current(driver):
            self._current = None

    async def close(self) -> None:
        """Stop them all, and start no more."""
        self._closed = True
        if self._current is not None:
            await asyncio.wait([self._current])
        await asyncio.gather(*self._alone, return_exceptions=True)
        await asyncio.gather(*(self._stop(driver) for driver in list(self._all)))

    def _is_current(self, driver: Driver) -> bool:
        return self._current is not None and self._current.done() and self._current.result() is driver

    async def _start(self) -> Driver:
        driver = Driver(await _start())
        self._all.add(driver)
        return driver

    async def _start_alone(self) -> tuple[Driver, psutil.Process]:
        async with self._one_by_one:  # else nobody could say which process is whose
            before = await asyncio.to_thread(drivers)
            driver = await self._start()
            new = await asyncio.to_thread(drivers) - before
        if not new:
            raise BrowserUnavailable(_NO_DRIVER)
        driver.process = max(new, key=psutil.Process.create_time)
        driver.browsers = 1
        return driver, driver.process

    async def _stop(self, driver: Driver) -> None:
        self.distrust(driver)
        self._all.discard(driver)
        await driver.stop()


async def _start() -> Playwright:
    try:
        return await async_playwright().start()
    except Exception as error:  # Playwright raises a bare one when its process ends at once
        log.exception("The Playwright driver did not start")
        raise BrowserUnavailable(_NO_DRIVER) from error
