"""Scrolling: to an element, or by so many pixels."""

from __future__ import annotations

import asyncio

from playwright.async_api import Locator

from ghostly.browser.here import Here
from ghostly.domain.steps import Scroll

_STILL = "nothing moved: it is at its end, or does not scroll"
_IN_VIEW = "nothing moved: it was in view"

# From the element, or from the page and then from what lies in its middle, to the first that moves. Instantly,
# because the next step shall not meet a page on its way.
_BY = """(element, [x, y]) => {
  const outer = node => node.assignedSlot ?? node.parentNode ?? node.host;
  const page = document.scrollingElement ?? document.documentElement;
  const moves = node => {
    const [left, top] = [node.scrollLeft, node.scrollTop];
    if (node !== page && !/auto|scroll/.test(getComputedStyle(node).overflow)) return false;
    node.scrollBy({left: x, top: y, behavior: 'instant'});
    return node.scrollLeft !== left || node.scrollTop !== top;
  };
  const climb = node => {
    for (; node; node = outer(node)) if (node.scrollBy && moves(node)) return true;
    return false;
  };
  if (element) return climb(element);
  return moves(page) || climb(document.elementFromPoint(innerWidth / 2, innerHeight / 2));
}"""


async def scroll(here: Here, step: Scroll) -> None:
    """A step that moves nothing passes, because what it wants is so already or cannot be; the note says so."""
    found = None if step.selector is None else here.find(step.selector)
    if found is not None and step.x is None and step.y is None:
        moved, otherwise = await _into_view(here, found), _IN_VIEW
    else:
        moved, otherwise = await _by(here, found, [step.x or 0, step.y or 0]), _STILL
    if not moved:
        here.notes.append(otherwise)


async def _into_view(here: Here, found: Locator) -> bool:
    before = await found.bounding_box(timeout=here.left)
    await found.scroll_into_view_if_needed(timeout=here.left)
    return before != await found.bounding_box(timeout=here.left)


async def _by(here: Here, found: Locator | None, pixels: list[int]) -> bool:
    if found is not None:
        return bool(await found.evaluate(_BY, pixels, timeout=here.left))
    async with asyncio.timeout(here.left / 1000):  # a page is asked without a limit of its own
        return bool(await here.page.evaluate(f"pixels => ({_BY})(null, pixels)", pixels))
