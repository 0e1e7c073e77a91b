"""Tells where nothing has to be waited for: nothing is under way on a page, and nothing is planned."""

from __future__ import annotations

import asyncio

from playwright.async_api import Error, Page

from ghostly.browser.observer.traffic import STILL_S, Traffic
from ghostly.browser.observer.world import World

LEAST_S = 0.02  # for what no browser tells of: a digest, an entry in the page's own database


async def is_still(page: Page, traffic: Traffic, world: World) -> bool:
    """Whether it asks for nothing within ``STILL_S`` of when it was loaded, as far as its browser knows.

    False where nobody can tell: of a page to which something was done since, whose scripts have asked for anything
    before, or in which others have a hand, such as frames, workers and other tabs.
    """
    if not (traffic.is_silent and _is_alone(page)):
        return False
    try:
        await asyncio.gather(world.enter(), _waken(page), asyncio.sleep(LEAST_S - traffic.since_load_s))
        await world.idle((STILL_S - traffic.since_load_s) * 1000)
    except Error:
        return False
    return traffic.is_silent and _is_alone(page)


def _is_alone(page: Page) -> bool:
    context = page.context
    return len(page.frames) == len(context.pages) == 1 and not page.workers and not context.service_workers


async def _waken(page: Page) -> None:
    """Have Playwright bring its script to the document now, while all waits, rather than with the first step."""
    await page.locator(":root").count()
