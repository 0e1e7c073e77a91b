from __future__ import annotations

import asyncio
from contextlib import suppress

import psutil
import pytest

from ghostly.browser.failures import BrowserGone, BrowserUnavailable
from ghostly.browser.pool import Browsers
from ghostly.browser.processes import is_running
from ghostly.domain.steps import Click, Goto, WaitForSelector

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def run(site, artifacts):
    """Carries out one small run, as if after ``earlier`` ones; tells the browser's process and its driver's."""

    async def run(browsers: Browsers, *, earlier: int = 0) -> tuple[psutil.Process, psutil.Process]:
        site.html = "<p id=p>x"
        async with browsers.page(site.flow(), artifacts=artifacts, run="r") as page:
            await page.perform(Goto(url="/"), 0)
            await page.perform(WaitForSelector(selector="#p"), 1)
            browser = next(slot._warm for slot in browsers._slots if slot._ready is None)
            browser._tabs += earlier
            browser._driver.runs += earlier
            return browser._process, browser._driver.process

    return run


async def test_nothing_is_left_after_a_close(run):
    browsers = Browsers(executable=None, slots=2)
    await browsers.start()
    await run(browsers)
    await asyncio.gather(*(slot.prepare() for slot in browsers._slots))
    everything = psutil.Process().children(recursive=True)

    await browsers.close()

    assert not psutil.wait_procs(everything, timeout=10)[1]


async def test_nothing_is_left_after_a_close_in_the_middle_of_a_start():
    before = set(psutil.Process().children(recursive=True))
    browsers = Browsers(executable=None, slots=2)
    await browsers.start()
    await asyncio.sleep(0.3)

    await browsers.close()

    assert not psutil.wait_procs(set(psutil.Process().children(recursive=True)) - before, timeout=10)[1]


async def test_no_browser_is_started_after_a_close(run):
    browsers = Browsers(executable=None, slots=1)
    await browsers.close()

    with pytest.raises(BrowserUnavailable, match="shut down"):
        await run(browsers)


async def test_a_run_that_is_cut_short_by_a_close_hears_of_it(site, artifacts):
    browsers = Browsers(executable=None, slots=1)
    async with browsers.page(site.flow(), artifacts=artifacts, run="r") as page:
        doing = asyncio.create_task(page.perform(Click(selector="#none"), 0))
        await asyncio.sleep(0.2)
        await browsers.close()
        with pytest.raises(BrowserGone):
            await doing


async def test_runs_see_nothing_of_each_other(browsers, site, artifacts):
    site.html = "<script>document.title = `saw ${document.cookie}`; document.cookie = 'a=b'</script>"
    titles = []
    for _ in range(4):  # more than there are slots
        async with browsers.page(site.flow(), artifacts=artifacts, run="r") as page:
            await page.perform(Goto(url="/"), 0)
            titles.append(await page._page.title())

    assert titles == ["saw"] * 4


async def test_no_more_runs_go_on_at_once_than_there_are_slots(browsers, site, artifacts):
    async def enter():
        async with browsers.page(site.flow(), artifacts=artifacts, run="r"):
            return True

    async with (
        browsers.page(site.flow(), artifacts=artifacts, run="r"),
        browsers.page(site.flow(), artifacts=artifacts, run="r"),
    ):
        third = asyncio.create_task(enter())
        assert not (await asyncio.wait([third], timeout=0.3))[0]
    assert await third


async def test_who_gives_up_waiting_takes_no_slot_along(run, lonely):
    impatient = asyncio.create_task(run(lonely))
    await asyncio.sleep(0.1)
    impatient.cancel()
    await asyncio.wait([impatient])

    assert await run(lonely)


async def test_a_browser_that_died_while_idle_is_replaced(run, lonely):
    dead, _ = await run(lonely)
    dead.kill()

    assert (await run(lonely))[0] != dead


async def test_a_driver_that_died_is_replaced_with_its_browsers(run, lonely):
    _, dead = await run(lonely)
    dead.kill()

    assert (await run(lonely))[1] != dead


async def test_a_browser_in_which_a_page_crashed_is_replaced(run, lonely, site, artifacts):
    first, _ = await run(lonely)
    async with lonely.page(site.flow(), artifacts=artifacts, run="r") as page:
        await page.perform(Goto(url="/"), 0)
        for process in first.children(recursive=True):
            with suppress(psutil.NoSuchProcess):  # some go by themselves between two looks
                if "--type=renderer" in process.cmdline():
                    process.kill()
        with pytest.raises(BrowserGone, match="crashed"):
            await page.perform(Click(selector="#none"), 1)
    assert (await run(lonely))[0] != first


async def test_a_browser_that_opens_no_page_to_be_filmed_is_replaced(run, lonely, site, artifacts):
    first, _ = await run(lonely)
    await lonely._slots[0].prepare()
    first.suspend()
    with pytest.raises(BrowserUnavailable):
        async with lonely.page(site.flow(record_video_on_failure=True), artifacts=artifacts, run="r"):
            pass

    assert (await run(lonely))[0] != first


async def test_a_worn_browser_is_replaced(run, lonely):
    first, second = [(await run(lonely, earlier=200))[0] for _ in range(2)]

    assert first != second
    assert not is_running(first)


async def test_a_worn_driver_is_replaced_when_its_last_browser_is(run, lonely):
    first, second = [(await run(lonely, earlier=1_000))[1] for _ in range(2)]

    assert first != second
    assert not is_running(first)


async def test_a_program_that_is_no_browser_is_said_with_the_way_out(run):
    browsers = Browsers(executable="/bin/false", slots=1)

    with pytest.raises(BrowserUnavailable, match="run it by hand"):
        await run(browsers)
    await browsers.close()


async def test_a_browser_that_cannot_be_started_does_not_fail_the_start(caplog):
    browsers = Browsers(executable="/no/such/browser", slots=1)
    await browsers.start()
    await asyncio.wait([browsers._warming], timeout=60)
    await browsers.close()

    assert "No run can be carried out yet" in caplog.text


def install(program) -> None:
    program.write_text('#!/bin/sh\nexec chromium-headless-shell "$@"\n')
    program.chmod(0o755)


async def test_an_attempt_from_before_a_run_says_nothing_of_now(run, tmp_path):
    program = tmp_path / "chromium-headless-shell"
    browsers = Browsers(executable=str(program), slots=1)
    browsers._slots[0].prepare().add_done_callback(lambda _: install(program))
    browser, _ = await run(browsers)

    assert is_running(browser)
    await browsers.close()


async def test_a_browser_that_is_installed_later_is_found(run, tmp_path):
    program = tmp_path / "chromium-headless-shell"
    browsers = Browsers(executable=str(program), slots=1)
    with pytest.raises(BrowserUnavailable, match="correct its path"):
        await run(browsers)

    install(program)

    assert await run(browsers)
    await browsers.close()
