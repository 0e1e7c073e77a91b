"""Answers dialogs, so that no alert holds up a run, and remembers them for the step's note."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from playwright.async_api import Dialog, Error

_PATIENCE = 20
_PAUSE_S = 0.05
_LONGEST = 80
_MOST = 10_000


class Dialogs:
    """The dialogs that a run's pages opened since someone last asked."""

    def __init__(self) -> None:
        self._count = 0
        self._kind = ""
        self._message = ""

    async def answer(self, dialog: Dialog) -> None:
        """Dismiss it, as a user would who wants nothing; but do let the page go when it asks on leaving."""
        self._count += 1
        if self._count == 1:
            # What is too long is left out and not cut: a secret in it could no longer be found.
            self._kind, self._message = dialog.type, dialog.message if len(dialog.message) <= _MOST else "…"
        if self._count > _PATIENCE:
            await asyncio.sleep(_PAUSE_S)  # a page that alerts for ever would take the whole event loop
        with suppress(Error):  # the page went away meanwhile, and its dialog with it
            await (dialog.accept() if dialog.type == "beforeunload" else dialog.dismiss())

    def take_note(self, quote: Callable[[str, int], str]) -> list[str]:
        """What to say about them, in at most one phrase; then they are forgotten.

        ``quote`` makes a text fit to be told.
        """
        count, self._count = self._count, 0
        if count == 0:
            return []
        first = f"{self._kind} {quote(self._message, _LONGEST)}"
        return [f"answered a dialog: {first}" if count == 1 else f"answered {count} dialogs: {first} …"]
