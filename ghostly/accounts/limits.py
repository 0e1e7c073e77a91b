"""How often somebody may try: a bucket for each who tries, that fills up again by itself."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

REMEMBERED = 100_000


class Buckets:
    """``burst`` tries at once for each key, and one more every ``every`` seconds.

    Only so many keys are remembered, the newest; whoever is forgotten has a full bucket.
    """

    def __init__(self, burst: int, every: float, monotonic: Callable[[], float]) -> None:
        self._burst = burst
        self._every = every
        self._monotonic = monotonic
        self._full_at: OrderedDict[Hashable, float] = OrderedDict()

    def wait(self, key: Hashable) -> float:
        """How many seconds until this key may try; 0 if now."""
        now = self._monotonic()
        missing = max(self._full_at.get(key, now) - now, 0.0)
        return max(missing - (self._burst - 1) * self._every, 0.0)

    def take(self, key: Hashable) -> None:
        """Count a try."""
        self._full_at[key] = max(self._full_at.get(key, 0.0), self._monotonic()) + self._every
        self._full_at.move_to_end(key)
        if len(self._full_at) > REMEMBERED:
            self._full_at.popitem(last=False)

    def give_back(self, key: Hashable) -> None:
        """Count a try less: it was none to be limited."""
        if key in self._full_at:
            self._full_at[key] -= self._every
