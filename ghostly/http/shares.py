"""How much each user has open at a time: streams, and questions that wait for a run's end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from aiohttp import hdrs

from ghostly.domain.errors import Flaw
from ghostly.http.problems import Problem

FULL_S = 10


class Shares:
    """Lets each user have ``most`` open at a time."""

    def __init__(self, most: int) -> None:
        self.of_user: Counter[UUID] = Counter()
        self._most = most

    @contextmanager
    def one_of(self, user: UUID) -> Iterator[None]:
        """Count one as long as this lasts; raises ``Problem`` (429) if the user has as many as one may have."""
        if self.of_user[user] >= self._most:
            what = f"{self._most} streams and waiting requests of yours are open, and there may be no more"
            raise Problem("rate_limited", [Flaw("streams", what)], {hdrs.RETRY_AFTER: str(FULL_S)})
        self.of_user[user] += 1
        try:
            yield
        finally:
            self.of_user[user] -= 1
            if not self.of_user[user]:
                del self.of_user[user]
