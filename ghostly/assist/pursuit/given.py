"""A plan that a person gave: when others may add to it, and what of it nobody may leave out."""

from __future__ import annotations

from collections.abc import Iterable

from ghostly.assist.brain import Done
from ghostly.assist.step_errors import cannot_be
from ghostly.domain.pursuit import Pursuit, Victory
from ghostly.domain.steps import LOOKS, AnyStep


def may_be_added_to(pursuit: Pursuit, victory: Victory | None, *, was_met: bool) -> bool:
    """Whether steps that the person did not give may follow: not in a plan that is meant to be whole.

    Nor where what shall prove the victory held anyway, or holds on every wrong page: then only the steps that the
    person gave make it a proof, and whatever else is done would pass as well.
    """
    proves = victory is None or not victory.configured or victory.shows_something
    return proves and not was_met and not pursuit.is_full_plan


def may_be_replaced(failed: Done) -> bool:
    """Whether another way may be looked for: not around a look that failed, which is evidence.

    Nor around what cannot be done with any page: an option, a file, an address or a selector that is wrong.
    """
    return not isinstance(failed.step, LOOKS) and not cannot_be(failed.error or "")


def looks(steps: Iterable[AnyStep]) -> tuple[AnyStep, ...]:
    """Those of the steps that look for something: whoever gave them wants to see it, however it comes about."""
    return tuple(step for step in steps if isinstance(step, LOOKS))
