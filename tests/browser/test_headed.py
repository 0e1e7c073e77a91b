"""Runs that can be watched: in the whole Chromium, on a display. Where one is missing, they are skipped."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from time import monotonic

import psutil
import pytest
import pytest_asyncio

from ghostly.browser.chromium import find
from ghostly.browser.failures import BrowserGone, BrowserUnavailable
from ghostly.browser.pool import Browsers
from ghostly.browser.processes import MARK, is_running
from ghostly.domain.steps import Click, ExpectText, Goto

PROMISED_S = 5
needs_chromium = pytest.mark.skipif(find(None, headless=False) is None, reason="no whole Chromium is on the PATH")
pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]


@contextmanager
def xvfb() -> Iterator[str]:
    """The name of a display that nobody sees, and that is gone afterwards."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as said:
        number = said.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def display() -> Iterator[None]:
    """There is a display: the user's own, or one that is made here."""
    if os.environ.get("DISPLAY"):
        yield
        return
    if shutil.which("Xvfb") is None:
        pytest.skip("there is no display, and no Xvfb on the PATH to make one")
    with xvfb() as name, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", name)
        yield


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shown(display) -> AsyncIterator[Browsers]:
    """Browsers whose driver knows of the display."""
    browsers = Browsers(executable=None, slots=2)
    yield browsers
    await browsers.close()


@pytest.fixture
def watched(shown: Browsers, site, artifacts):
    """Enters a headed run on this HTML."""

    def watched(html: str, **options):
        site.html = html
        return shown.page(site.flow(headless=False, **options), artifacts=artifacts, run="r")

    return watched


def headed() -> set[psutil.Process]:
    """Our browsers that are not headless, each by its first process."""
    found = set()
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            words = " ".join(process.cmdline())
            if MARK in words and "--type=" not in words and "headless" not in words:
                found.add(process)
    return found


async def until_gone(processes: set[psutil.Process]) -> None:
    while any(map(is_running, processes)):
        await asyncio.sleep(0.02)


async def sees_fine(watched) -> set[psutil.Process]:
    async with watched("<p>fine") as page:
        await page.perform(Goto(url="/"), 0)
        await page.perform(ExpectText(text="fine"), 1)
        return headed()


async def test_a_headed_run_is_done_in_a_browser_that_is_not_headless(watched):
    assert await sees_fine(watched)


async def test_the_browser_of_a_headed_run_is_gone_with_it(watched):
    browsers = await sees_fine(watched)

    async with asyncio.timeout(PROMISED_S):
        await until_gone(browsers)
    assert {is_running(browser) for browser in browsers} == {False}


async def test_headed_runs_go_on_at_once_each_in_its_own_browser(watched):
    async with watched("<p>fine") as one, watched("<p>fine") as other:
        await asyncio.gather(*(page.perform(Goto(url="/"), 0) for page in (one, other)))

        assert len(headed()) >= 2


async def test_a_headed_run_that_failed_has_its_video(watched, tmp_path):
    async with watched("<p>fine", record_video_on_failure=True) as page:
        await page.perform(Goto(url="/"), 0)
        video, _ = await page.leave(failed=True)

    assert video is not None
    assert video.size > 1_000


async def test_a_headed_browser_is_gone_within_five_seconds_of_a_stop_though_its_page_hangs(watched):
    async with watched("<button onclick='for (;;) {}'>B</button>") as page:
        await page.perform(Goto(url="/"), 0)
        clicking = asyncio.create_task(page.perform(Click(selector="button"), 1))
        await asyncio.sleep(0.5)
        browsers, began = headed(), monotonic()
        await page.stop()
        with pytest.raises(BrowserGone):
            await clicking
    await until_gone(browsers)

    assert browsers
    assert monotonic() - began < PROMISED_S


async def test_runs_that_nobody_watches_are_still_headless_beside_headed_ones(shown, site, artifacts):
    site.html = "<p>fine"
    async with shown.page(site.flow(), artifacts=artifacts, run="r") as page:
        await page.perform(Goto(url="/"), 0)

        assert headed() == set()


async def test_without_a_display_a_headed_run_says_what_to_do(monkeypatch, site, artifacts):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    browsers = Browsers(executable=None, slots=1)
    with pytest.raises(BrowserUnavailable, match="A headed run needs a display"):
        async with browsers.page(site.flow(headless=False), artifacts=artifacts, run="r"):
            pass
    await browsers.close()
