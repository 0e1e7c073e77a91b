"""Gives a page its time: much of what a step leads to comes later, and a person would wait for it."""

from __future__ import annotations

from collections.abc import Callable

from ghostly.assist.means import Means
from ghostly.assist.pursuit.case import Case
from ghostly.assist.pursuit.settling import is_loading
from ghostly.assist.vocabulary.waiting import tells_work
from ghostly.domain.observation import Observation

PATIENCE_MS = 3_000.0
LONGER_MS = 10_000.0  # while the page says that it is at work
PAUSE_MS = 150
FILTERS_MS = 450  # a list may wait for whoever types to have finished, and show only then what fits


class Patience:
    """How long may still be waited for what is missing: a few seconds for each step, however often it is asked."""

    def __init__(self, means: Means, milliseconds: Callable[[], float], deadline: float) -> None:
        self._means = means
        self._milliseconds = milliseconds
        self._deadline = deadline
        self._steps = -1
        self._began = 0.0
        self._waited = 0

    async def waits(self, case: Case) -> bool:
        """Let a moment pass; False, and at once, if there is no patience left."""
        now = self._milliseconds()
        if self._steps != len(case.done):
            self._steps, self._began, self._waited = len(case.done), now, 0
        most = LONGER_MS if is_at_work(case.seen) else PATIENCE_MS
        is_over = now > self._deadline or max(self._waited, now - self._began) >= most
        if is_over or is_loading(case.seen):  # a loader had its time when it was looked at
            return False
        await self._means.pause(PAUSE_MS)
        self._waited += PAUSE_MS
        return True


def is_at_work(seen: Observation) -> bool:
    """Whether the page says, on a line of its own, that it is still doing something."""
    return tells_work(seen.text)
