"""What is surely still is not waited for; what may still do something is."""

from __future__ import annotations

import asyncio

import pytest

from ghostly.browser.observer.stillness import is_still

pytestmark = pytest.mark.asyncio(loop_scope="module")

BUSY = {
    "it asked for something": "fetch('/')",
    "it says something now and then": "navigator.sendBeacon('/', 'x')",
    "it talks with its server": "new WebSocket(location.href.replace('http', 'ws')).onerror = () => 0",
    "something is under way": "onload = () => new Image().src = '/silent'",
    "it has a worker": "new Worker(URL.createObjectURL(new Blob([''])))",
    "it shows another document": "document.body.append(document.createElement('iframe'))",
}
LATER = "setTimeout(() => fetch('/').then(() => document.body.append('late')), 45)"


async def still(observer) -> bool:
    async with asyncio.timeout(10):
        return await is_still(observer._page, observer._traffic, observer._world)


async def test_a_page_that_does_nothing_is_still(observe):
    assert await still(await observe("<p>here"))


async def test_what_was_planned_for_later_than_anybody_waits_makes_no_difference(observe):
    assert await still(await observe("<script>setTimeout(() => fetch('/'), 60_000)</script>"))


@pytest.mark.parametrize("reason", BUSY)
async def test_nobody_says_that_a_page_is_still_where(observe, reason):
    observer = await observe(f"<body><script>{BUSY[reason]}</script>")
    await asyncio.sleep(0.1)

    assert not await still(observer)


async def test_nobody_says_that_a_page_is_still_of_which_nobody_can_tell(observe):
    observer = await observe("<p>here")
    await (await observer._world._opening).detach()

    assert not await still(observer)


async def test_what_a_timer_is_about_to_ask_for_is_waited_for(observe):
    observer = await observe(f"<body><script>onload = () => {{ {LATER} }}</script>")
    await observer.rest()

    assert (await observer.look(50)).text == "late"


async def test_nobody_says_that_a_page_is_still_to_which_something_was_done(observe):
    observer = await observe("<p>here")
    observer.act()

    assert not await still(observer)


async def test_a_page_that_was_loaded_anew_may_be_still_again(observe):
    observer = await observe("<p>here")
    observer.act()
    await observer._page.reload()

    assert await still(observer)
