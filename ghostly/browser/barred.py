"""Where Chromium does not let a page go by itself; it says so on the page's console and nowhere else."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Error, Page

_REFUSED = re.compile(r"Not allowed to (?:load local resource|navigate top frame to data URL): (.+)\Z", re.DOTALL)
_LONGEST = 80
_MOST = 10_000
_LOUD = 200  # entries of a page that nobody can listen to


class Barred:
    """The addresses of ``file:``, ``chrome:`` and ``data:`` that one page was refused since someone last asked.

    They are heard from the browser's own log: the page's console would bring whatever the page writes as well.
    """

    def __init__(self) -> None:
        self._count = 0
        self._first = ""
        self._heard = 0
        self._task: asyncio.Task[None] | None = None

    def listen(self, context: BrowserContext, page: Page) -> None:
        """Begin to listen, and do not wait for that."""
        self._task = asyncio.create_task(self._listen(context, page))

    def take_note(self, quote: Callable[[str, int], str]) -> list[str]:
        """What to say of them, in at most one phrase; ``quote`` makes a text fit to be told."""
        count, self._count = self._count, 0
        if count == 0:
            return []
        more = f" and {count - 1} more" if count > 1 else ""
        return [f"the browser refused the page {quote(self._first, _LONGEST)}{more}: no page may go there"]

    async def close(self) -> None:
        """Listen no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _listen(self, context: BrowserContext, page: Page) -> None:
        with suppress(Error):  # the page is gone
            session = await context.new_cdp_session(page)
            session.on("Log.entryAdded", lambda told: self._hear(told["entry"], session))
            await session.send("Log.enable")

    def _hear(self, entry: dict[str, Any], session: CDPSession) -> None:
        self._heard += 1
        if self._heard == _LOUD:
            self._task = asyncio.create_task(_leave(session))
        found = entry["source"] == "security" and _REFUSED.match(entry["text"])
        if found:
            self._count += 1
            # What is too long is left out and not cut: a secret in it could no longer be found.
            address = found[1] if len(found[1]) <= _MOST else "…"
            self._first = address if self._count == 1 else self._first


async def _leave(session: CDPSession) -> None:
    with suppress(Error):
        await session.detach()
