"""The further tabs and windows that a run's page opens."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from playwright.async_api import Error, Page

from ghostly.browser.home import Home

MOST = 10
_CLOSE_S = 1.0


class Popups:
    """The tabs that were opened by the page. They stay open for its sake; steps are done on the page alone."""

    def __init__(self) -> None:
        self._open: dict[Page, None] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._opened = 0

    def opened(self, page: Page) -> None:
        """One more; closed at once if there are too many."""
        self._opened += 1
        if len(self._open) >= MOST:
            self._close(page)
            return
        self._open[page] = None
        page.on("close", lambda _: self._open.pop(page, None))  # it may be told twice

    def bring_back(self, home: Home) -> str | None:
        """Where one of them went, if that is away from home; it is closed then. None if all are at home."""
        gone = [page for page in self._open if home.departure(page.url)]
        for page in gone:
            self._close(page)
        return f"{home.departure(gone[0].url)} in a tab of its own" if gone else None

    def take_note(self) -> list[str]:
        """What to say of those opened since someone last asked."""
        opened, self._opened = self._opened, 0
        if opened > MOST:
            return [f"the page opened {opened} tabs, of which {MOST} at most stay open"]
        return (
            [f"the page opened {opened} tab{'s' if opened > 1 else ''}; steps go on in the first"]
            if opened
            else []
        )

    def _close(self, page: Page) -> None:
        task = asyncio.create_task(_close(page))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


async def _close(page: Page) -> None:
    with suppress(Error, TimeoutError):
        async with asyncio.timeout(_CLOSE_S):
            await page.close()
