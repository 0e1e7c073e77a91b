"""A run can be stopped whatever its page is doing, and its end is nobody else's."""

from __future__ import annotations

import asyncio
from time import monotonic

import pytest

from ghostly.browser.failures import BrowserGone, StepError
from ghostly.browser.processes import is_running
from ghostly.domain.steps import Click, Goto, WaitForSelector

pytestmark = pytest.mark.asyncio(loop_scope="module")

PROMISED_S = 5
UNLOAD = "<script>onbeforeunload = onunload = onpagehide = () => { for (;;) {} }</script>"
TABS = "<button onclick='for (let i = 0; i < 20; i++) window.open(\"/\")'>B</button>"


async def stops(page, step) -> None:
    """The step ends, and the page is gone, within the time that is promised of a cancel."""
    doing = asyncio.create_task(page.perform(step, 1))
    await asyncio.sleep(0.4)
    start = monotonic()
    await page.stop()
    with pytest.raises(BrowserGone):
        await doing
    assert monotonic() - start < PROMISED_S


async def next_run_works(browsers, site, artifacts) -> bool:
    site.html = "<p id=fine>x"
    async with browsers.page(site.flow(), artifacts=artifacts, run="next") as page:
        await page.perform(Goto(url="/"), 0)
        return (await page.perform(WaitForSelector(selector="#fine"), 1)).note is None


@pytest.mark.parametrize(
    "html",
    [
        "<p>nothing to click",
        "<button onclick='for (;;) {}'>B</button>",
        "<button onclick='for (;;) alert(1)'>B</button>",
        UNLOAD,
        TABS,
    ],
)
async def test_a_click_is_stopped_whatever_the_page_does(visit, browsers, site, artifacts, html):
    page = await visit(html)
    if html == TABS:
        await page.perform(Click(selector="button"), 1)

    await stops(page, Click(selector="button" if html != TABS else "#none"))

    assert await next_run_works(browsers, site, artifacts)


@pytest.mark.parametrize("script", ["for (;;) {}", "for (;;) alert(1)"])
async def test_a_load_is_stopped_whatever_the_page_does(visit, browsers, site, artifacts, script):
    page = await visit("")
    site.html = f"<script>{script}</script>"

    await stops(page, Goto(url="/hang"))

    assert await next_run_works(browsers, site, artifacts)


async def test_a_page_is_not_hurt_by_the_stop_of_another(visit):
    healthy, doomed = await visit("<p id=fine>x"), await visit("<button onclick='for (;;) {}'>B</button>")

    await stops(doomed, Click(selector="button"))

    assert (await healthy.perform(WaitForSelector(selector="#fine"), 1)).note is None


async def test_a_stopped_page_does_no_further_step(visit):
    page = await visit("<p>")
    await page.stop()

    with pytest.raises(BrowserGone, match="stopped"):
        await page.perform(Click(selector="p"), 1)


async def test_a_page_that_closes_itself_fails_its_step_and_says_so(visit):
    page = await visit("<p>")
    doing = asyncio.create_task(page.perform(Click(selector="#none"), 1))
    await asyncio.sleep(0.2)
    await page._page.close()

    with pytest.raises(StepError, match="closed itself"):
        await doing


async def test_stopping_twice_at_once_is_stopping_once(visit):
    page = await visit("<p>")

    await asyncio.gather(page.stop(), page.stop())

    assert page._page.is_closed()


async def test_a_browser_that_does_not_answer_is_killed(lonely, site, artifacts):
    async with lonely.page(site.flow(), artifacts=artifacts, run="r") as page:
        for process in chromiums_of(lonely):
            process.suspend()
        await stops(page, Click(selector="p"))
    assert await next_run_works(lonely, site, artifacts)


async def test_a_page_that_is_being_left_is_stopped_as_fast_as_any_and_leaves_no_half_of_a_video(
    lonely, site, artifacts
):
    async with lonely.page(site.flow(record_video_on_failure=True), artifacts=artifacts, run="r") as page:
        for process in chromiums_of(lonely):
            process.suspend()
        leaving = asyncio.create_task(page.leave(failed=True))
        await asyncio.sleep(0.4)
        start = monotonic()
        await page.stop()
        assert monotonic() - start < PROMISED_S
        assert await leaving == (None, None)


async def test_a_driver_that_does_not_answer_does_not_hold_up_a_stop(lonely, site, artifacts):
    async with lonely.page(site.flow(), artifacts=artifacts, run="r") as page:
        driver = lonely._slots[0]._warm._driver.process
        driver.suspend()
        await stops(page, Click(selector="p"))
    assert await next_run_works(lonely, site, artifacts)
    assert not is_running(driver)


async def test_a_killed_browser_is_gone_for_its_run_and_replaced_for_the_next(lonely, site, artifacts):
    async with lonely.page(site.flow(), artifacts=artifacts, run="r") as page:
        doing = asyncio.create_task(page.perform(Click(selector="p"), 0))
        await asyncio.sleep(0.2)
        chromiums_of(lonely)[0].kill()
        with pytest.raises(BrowserGone):
            await doing
    assert await next_run_works(lonely, site, artifacts)


def chromiums_of(browsers):
    return [slot._warm._process for slot in browsers._slots]
