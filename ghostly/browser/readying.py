"""When the tab of the next run is made ready: while a core has nothing to do, or when that run comes."""

from __future__ import annotations

import asyncio

from ghostly.browser.slot import Ready, Slot


class Readying:
    """Makes tabs ready beside at most so many runs that no more than ``at_once`` things go on together.

    Beyond that it would be the runs under way that wait for it. A slot that lost its browser, or whose browser is
    worn, is seen to at once: what is left of it shall not stay.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._going_on = 0
        self._resting: dict[Slot, None] = {}  # in the order in which they are taken
        self._closed = False

    def begun(self, slot: Slot) -> asyncio.Task[Ready]:
        """Its tab is made ready now, whatever else goes on."""
        self._going_on += 1
        ready = slot.prepare()
        ready.add_done_callback(self._done)
        return ready

    def taken(self, slot: Slot) -> None:
        """A run begins there."""
        self._going_on += 1
        self._resting.pop(slot, None)

    def left(self, slot: Slot) -> None:
        """No run is there any more."""
        self._going_on -= 1
        self._resting[slot] = None
        self._go_on(None if slot.is_well else slot)

    def close(self) -> None:
        """Begin nothing any more."""
        self._closed = True

    def _go_on(self, urgent: Slot | None = None) -> None:
        while not self._closed and self._resting and (urgent or self._going_on < self._at_once):
            slot, urgent = urgent or next(iter(self._resting)), None
            del self._resting[slot]
            self.begun(slot)

    def _done(self, _: asyncio.Task[Ready]) -> None:
        self._going_on -= 1
        self._go_on()
