"""Tabs that a page opens stay at home, are counted, and leave the steps where they are."""

from __future__ import annotations

import asyncio

import pytest

from ghostly.browser.failures import StepError
from ghostly.browser.popups import MOST
from ghostly.domain.steps import Click, WaitForSelector

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLICK = Click(selector="button")


def opens(url: str, times: int = 1) -> str:
    opening = f'for (let i = 0; i < {times}; i++) window.open("{url}"); this.id = "done"'
    return f"<button onclick='{opening}'>B</button>"


async def tabs(page, count: int) -> None:
    async with asyncio.timeout(30):
        while len(page._tab.context.pages) != count:
            await asyncio.sleep(0.05)


async def clicked(page, count: int, then: str = "#done") -> list[str | None]:
    """The notes of a click that opens tabs and of the next step: the browser tells of a tab when it likes."""
    first = await page.perform(CLICK, 1)
    await tabs(page, count)
    look = WaitForSelector(selector=then, timeout_ms=5_000 if then == "#done" else 500)
    return [first.note, (await page.perform(look, 2)).note]


async def test_a_tab_is_told_once_and_steps_go_on_in_the_first(visit):
    notes = await clicked(await visit(opens("/")), 2)

    assert sorted(notes, key=str) == [None, "the page opened 1 tab; steps go on in the first"]


@pytest.mark.parametrize("selector", ["#done", "#none"])
async def test_a_tab_on_another_origin_fails_the_run_and_is_closed(visit, selector):
    page = await visit(opens("/elsewhere"))

    with pytest.raises(StepError, match=r"left the origin .* went to 'http://localhost.*' in a tab of its own"):
        await clicked(page, 2, selector)

    await tabs(page, 1)


async def test_a_page_that_opens_tabs_without_end_keeps_a_few(visit):
    page = await visit(opens("/", 2 * MOST), default_timeout_ms=30_000)

    notes = await clicked(page, MOST + 1)

    assert "the page opened" in str(notes)
