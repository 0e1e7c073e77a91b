"""What each step does on the page. To add an action, add its function, and a line to the table below.

Its step is in ``domain/steps.py``.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from playwright.async_api import Error, Locator, Page

from ghostly.browser.choosing import select_option, set_input_files
from ghostly.browser.expectations import called, expect_hidden, expect_text, expect_url, expect_visible
from ghostly.browser.failures import Sought, Unanswered, how_many_matched
from ghostly.browser.fields import typed_passwords
from ghostly.browser.here import Here
from ghostly.browser.scrolling import scroll
from ghostly.domain import steps
from ghostly.domain.redaction import Redactor
from ghostly.domain.steps import AnyStep, Goto, Press, Step

Action = Callable[[Here, Any], Awaitable[None]]
_NOT_YET = re.compile(r"Clicking the checkbox did not change its state")
_PAUSE_S = 0.1


async def carry_out(step: AnyStep, here: Here) -> None:
    """Do what the step says; raises Playwright's ``Error``, ``TimeoutError`` or ``StepError`` otherwise."""
    act = ACTIONS[type(step)]
    try:
        await act(here, step)
    except Error as error:
        count = how_many_matched(error)
        if count is None:
            raise
        # Asked only now, because asking first would cost every step a round trip. Nothing was done to the page.
        here.take_first(of=count)
        await act(here, step)


def sought(step: AnyStep, here: Here) -> Sought:
    """What to call that which the step was about, when it failed."""
    match step:
        case Goto():
            return Sought(here.quote(here.home.absolute(step.url), 200), here.limit)
        case Press(selector=None):
            return Sought(f"the key {here.quote(step.key)}", here.limit)
        case steps.ExpectVisible() | steps.ExpectHidden():
            return Sought(called(here, step.selector, step.label), here.limit)
        case _:
            selector = getattr(step, "selector", None)
            return Sought(here.quote(selector, 200) if selector else "the page", here.limit)


async def goto(here: Here, step: steps.Goto) -> None:
    """An answer of 4xx or 5xx is a page like another; the note tells it."""
    address = here.home.address(step.url)
    if "#" in address and address == here.page.url:
        await here.page.goto("about:blank", timeout=here.left)  # or nothing would be loaded: a fragment is a place
    response = await here.page.goto(address, timeout=here.left)
    if response is not None and response.status >= 400:
        here.notes.append(f"HTTP {response.status} {response.status_text}".strip())


async def click(here: Here, step: steps.Click) -> None:
    """Wait until it is visible, enabled and still, then click its middle."""
    await here.find(step.selector).click(timeout=here.left)


async def double_click(here: Here, step: steps.DoubleClick) -> None:
    """Wait as a click does, then click its middle twice."""
    await here.find(step.selector).dblclick(timeout=here.left)


async def hover(here: Here, step: steps.Hover) -> None:
    """Wait until it is visible and still, then bring the mouse over its middle; it stays there."""
    await here.find(step.selector).hover(timeout=here.left)


async def check(here: Here, step: steps.Check) -> None:
    """Playwright looks afterwards whether it is ticked; it may be so only when a server has answered."""
    await _turn(here, step.selector, ticked=True)


async def uncheck(here: Here, step: steps.Uncheck) -> None:
    """Playwright looks afterwards whether it is clear; it may be so only when a server has answered."""
    await _turn(here, step.selector, ticked=False)


async def _turn(here: Here, selector: str, *, ticked: bool) -> None:
    found = here.find(selector)
    try:
        await found.set_checked(ticked, timeout=here.left)
    except Error as error:
        if (unturned := _NOT_YET.search(error.message)) is None:
            raise
        if not await _turns(here, found, ticked=ticked):  # it was clicked, and a second click would turn it back
            raise Unanswered(f"{here.quote(selector, 200)}: {unturned[0]}") from None


async def _turns(here: Here, found: Locator, *, ticked: bool) -> bool:
    """Whether it turns after the click, within the step's time."""
    while not here.over:
        with suppress(Error):  # it may be drawn anew
            if await found.is_checked(timeout=here.left) is ticked:
                return True
        await asyncio.sleep(min(_PAUSE_S, here.left / 1000))
    return False


async def fill(here: Here, step: steps.Fill) -> None:
    """Wait until it can be edited, then replace what it holds."""
    await here.find(step.selector).fill(step.value, timeout=here.left)


async def press(here: Here, step: steps.Press) -> None:
    """Focus the element first, if there is one."""
    if step.selector is not None:
        await here.find(step.selector).press(step.key, timeout=here.left)
        return
    async with asyncio.timeout(here.left / 1000):  # the keyboard knows no limit of its own
        await here.page.keyboard.press(step.key)


async def wait_for_selector(here: Here, step: steps.WaitForSelector) -> None:
    """By locator: it does not hand out the element, which saves loading a script into the page's own world."""
    await here.find(step.selector).wait_for(state=step.state, timeout=here.left)


async def snapshot(here: Here, _step: steps.Snapshot) -> None:
    """What assistive technology would be told of the whole page."""
    here.a11y = await tree(here.page, here.left)


async def tree(page: Page, limit: float) -> str:
    """The accessibility snapshot; raises Playwright's ``Error`` when there is none in ``limit`` milliseconds.

    What stands in password fields is masked: assistive technology is told it, and readers of the log shall not be.
    """
    told, typed = await asyncio.gather(
        page.locator("body").first.aria_snapshot(timeout=limit), typed_passwords(page, limit)
    )
    return Redactor(typed).text(told)


ACTIONS: dict[type[Step], Action] = {
    steps.Goto: goto,
    steps.Click: click,
    steps.DoubleClick: double_click,
    steps.Hover: hover,
    steps.Check: check,
    steps.Uncheck: uncheck,
    steps.Fill: fill,
    steps.Press: press,
    steps.SelectOption: select_option,
    steps.SetInputFiles: set_input_files,
    steps.WaitForSelector: wait_for_selector,
    steps.Scroll: scroll,
    steps.ExpectText: expect_text,
    steps.ExpectVisible: expect_visible,
    steps.ExpectHidden: expect_hidden,
    steps.ExpectUrl: expect_url,
    steps.Snapshot: snapshot,
}
