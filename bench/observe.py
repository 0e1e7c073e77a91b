"""A look at a page of 1,000 elements, beside one accessibility snapshot of it by Playwright."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from playwright.async_api import Page, async_playwright

from bench.pairs import Bar, Row, Side, alone, beside
from bench.stage import Stage
from ghostly.browser import chromium
from ghostly.browser.observer import Observer

NODES = 300
ROWS = 140
PAGE = "<h1>Orders</h1><nav><a href=/>Home</a></nav><form><label>Find <input></label><button>Go</button></form>"
ROW = "<tr><td>Order {0}<td>Customer {0}<td><a href=/{0}>Open</a><td><button id=d{0}>Delete</button>"
WHAT = "a look at a page of 1,000 elements"


async def measure(stage: Stage) -> list[Row]:
    """Look and snapshot in turn; then how one control looks, which is asked before each step."""
    async with async_playwright() as playwright:
        browser = await chromium.launch(playwright, stage.browser, headless=True)
        try:
            page = await browser.new_page()
            observer = Observer(page)
            rows = "".join(ROW.format(number) for number in range(ROWS))
            await page.set_content(f"{PAGE}<table>{rows}</table>")
            return await _rows(stage, page, observer)
        finally:
            await browser.close()


async def _rows(stage: Stage, page: Page, observer: Observer) -> list[Row]:
    sides = {
        "ours": _timed(lambda: observer.look(NODES)),
        "floor": _timed(page.locator("body").aria_snapshot),
        "one": _timed(lambda: observer.fingerprint("#d70")),
    }
    taken = await stage.in_turn("observe", sides, stage.rounds(60))
    than = "one accessibility snapshot"
    return [
        beside(taken["ours"], taken["floor"], what=WHAT, than=than, unit="ms", bar=Bar("≤", 1.5)),
        alone(taken["ours"], what=f"{WHAT}, by itself", unit="ms", bar=Bar("≤", 60)),
        alone(taken["one"], what="how one control of it looks", unit="ms", bar=None),
    ]


def _timed(once: Callable[[], Awaitable[object]]) -> Side:
    async def side() -> float:
        began = time.perf_counter()
        await once()
        return (time.perf_counter() - began) * 1000

    return side
