"""How victory is known: what was asked for, or what the goal itself expects."""

from __future__ import annotations

from msgspec.structs import replace

from ghostly.assist.means import Means
from ghostly.assist.pursuit.case import Case
from ghostly.assist.pursuit.victory import is_met
from ghostly.domain.pursuit import Victory


class Condition:
    """The condition of victory of one pursuit. What was asked for stands; what a goal expects fills its place.

    ``was_met``: it was so before anything was done, which proves nothing of what is done.
    """

    def __init__(self, asked: Victory | None, means: Means) -> None:
        self.victory = asked
        self.was_met = False
        self._asked = asked
        self._means = means

    @property
    def is_checked(self) -> bool:
        """Whether anything says how victory is known."""
        return self.victory is not None and self.victory.configured

    @property
    def hides_only(self) -> bool:
        """Whether it asks only for what is not to be seen, which is so on every wrong page."""
        return self.victory is not None and not self.victory.shows_something

    @property
    def implied(self) -> Victory | None:
        """What the goal itself expects; None where that was asked for, or nothing is expected."""
        was_asked = self._asked is not None and self._asked.configured
        return self.victory if self.is_checked and not was_asked else None

    async def expect(self, victory: Victory | None, case: Case) -> None:
        """This is how victory is known, unless that was said before, or nobody saw how it was at first."""
        if not self.is_checked and case.done:
            return
        if not self.is_checked and victory:
            self.victory = _revalidated(victory, self._asked)
        if self.victory and self.is_checked and not case.done:
            self.was_met = is_met(self.victory, await self._means.check(self.victory, case.seen))


def _revalidated(victory: Victory, asked: Victory | None) -> Victory:
    """What the goal expects, looked for anew as the condition says that names nothing to look for."""
    return victory if asked is None or asked.revalidate is None else replace(victory, revalidate=asked.revalidate)
