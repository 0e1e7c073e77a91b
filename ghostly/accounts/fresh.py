"""Credentials that were found good a moment ago, so that each request does not ask the database again."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from ghostly.accounts.scopes import Caller

FRESH_S = 1.0
"""For how long a credential that was good is not looked up again; a deleted one stops working within that time."""

MOST = 10_000


class Fresh:
    """Whose the newest credentials are; each is forgotten after a second, and all when one was taken away here."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._known: dict[bytes | UUID, tuple[float, Caller]] = {}

    def get(self, credential: bytes | UUID) -> Caller | None:
        """Whose it is; None if nobody asked within the last second."""
        until, caller = self._known.get(credential, (0.0, None))
        return caller if self._monotonic() < until else None

    def keep(self, credential: bytes | UUID, caller: Caller) -> Caller:
        """Remember whose it is, and answer that."""
        if len(self._known) > MOST:
            self._known.clear()
        self._known[credential] = (self._monotonic() + FRESH_S, caller)
        return caller

    def forget(self) -> None:
        """Look up every credential again."""
        self._known.clear()
