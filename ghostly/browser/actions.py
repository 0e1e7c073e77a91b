"""What each step does on the page. To add an action, add its function here and its step in ``domain/flow.py``."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any, TypeVar

from playwright.async_api import Error, Locator, Page

from ghostly.browser.failures import Sought, how_many_matched
from ghostly.browser.home import Home
from ghostly.domain.flow import AnyStep, Click, Fill, Goto, Press, Snapshot, Step, WaitForSelector


class Here:
    """Where a step is done: the page, the time that is left, and what there is to tell afterwards."""

    def __init__(self, page: Page, home: Home, limit: int) -> None:
        self.page = page
        self.home = home
        self.limit = limit
        self.notes: list[str] = []
        self.a11y: str | None = None
        self._first = False
        self._deadline = monotonic() + limit / 1000

    @property
    def left(self) -> float:
        """Milliseconds, never none at all: Playwright takes 0 for ever."""
        return max(1.0, (self._deadline - monotonic()) * 1000)

    def find(self, selector: str) -> Locator:
        """The element; an ambiguous selector is an error until ``take_first``."""
        locator = self.page.locator(selector)
        return locator.first if self._first else locator

    def take_first(self, of: int) -> None:
        """Settle an ambiguous selector by the first of its elements, and say so."""
        self._first = True
        self.notes.append(f"selector matched {of} elements; used the first")


S = TypeVar("S", bound=Step)
Action = Callable[[Here, S], Awaitable[None]]

_ACTIONS: dict[type[Step], Action[Any]] = {}


async def carry_out(step: AnyStep, here: Here) -> None:
    """Do what the step says; raises Playwright's ``Error``, or ``TimeoutError``, when the page did not do it."""
    act = _ACTIONS[type(step)]
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
            return Sought(f"'{here.home.absolute(step.url)}'", here.limit)
        case Click() | Fill() | WaitForSelector() | Press(selector=str()):
            return Sought(f"'{step.selector}'", here.limit)
        case Press():
            return Sought(f"the key '{step.key}'", here.limit)
        case _:
            return Sought("the page", here.limit)


def does(kind: type[S]) -> Callable[[Action[S]], Action[S]]:
    """Mark the function that does the steps of this kind."""

    def enter(action: Action[S]) -> Action[S]:
        _ACTIONS[kind] = action
        return action

    return enter


@does(Goto)
async def goto(here: Here, step: Goto) -> None:
    """An answer of 4xx or 5xx is a page like another; the note tells it."""
    response = await here.page.goto(here.home.address(step.url), timeout=here.left)
    if response is not None and response.status >= 400:
        here.notes.append(f"HTTP {response.status} {response.status_text}".strip())


@does(Click)
async def click(here: Here, step: Click) -> None:
    """Wait until it is visible, enabled and still, then click its middle."""
    await here.find(step.selector).click(timeout=here.left)


@does(Fill)
async def fill(here: Here, step: Fill) -> None:
    """Wait until it can be edited, then replace what it holds."""
    await here.find(step.selector).fill(step.value, timeout=here.left)


@does(Press)
async def press(here: Here, step: Press) -> None:
    """Focus the element first, if there is one."""
    if step.selector is not None:
        await here.find(step.selector).press(step.key, timeout=here.left)
        return
    async with asyncio.timeout(here.left / 1000):  # the keyboard knows no limit of its own
        await here.page.keyboard.press(step.key)


@does(WaitForSelector)
async def wait_for_selector(here: Here, step: WaitForSelector) -> None:
    """By locator: it does not hand out the element, which saves loading a script into the page's own world."""
    await here.find(step.selector).wait_for(state=step.state, timeout=here.left)


@does(Snapshot)
async def snapshot(here: Here, _step: Snapshot) -> None:
    """What assistive technology would be told of the whole page."""
    here.a11y = await tree(here.page, here.left)


async def tree(page: Page, limit: float) -> str:
    """The accessibility snapshot; raises Playwright's ``Error`` when there is none in ``limit`` milliseconds."""
    return await page.locator("body").first.aria_snapshot(timeout=limit)
