"""Whether the goal was reached, as far as the page proves it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from ghostly.assist.means import Checked, Means
from ghostly.domain.events import VictoryChecked
from ghostly.domain.observation import Observation
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import AnyStep, Fill

_SHORTEST = 3
MOST_LOST = 3  # lines: the entry, a message, a count


def is_met(victory: Victory, checks: Iterable[Checked]) -> bool:
    """Whether so many of the checks held as the condition asks for; never without any check."""
    passed = [check.passed for check in checks]
    return bool(passed) and (all(passed) if victory.must_all else any(passed))


class Looked(Struct, frozen=True):
    """Whether the condition was met, and the event that says so; None if there is none to tell."""

    met: bool
    seq: int | None = None


async def look_for(
    victory: Victory | None, means: Means, seen: Observation, horizon: int, *, quiet: bool
) -> Looked:
    """Check the condition and tell what came of it; ``quiet``: tell only a victory."""
    checks = await means.check(victory, seen) if victory and victory.configured else []
    met = victory is not None and is_met(victory, checks)
    if quiet and not met:
        return Looked(met)
    seq = await means.tell(
        VictoryChecked,
        horizon=horizon,
        configured=bool(checks),
        met=met,
        immediate=True if quiet else None,
        checks=[{"check": one.check, "passed": one.passed} for one in checks],
    )
    return Looked(met, seq if checks else None)


def what_was_typed(steps: Iterable[AnyStep]) -> tuple[str, ...]:
    """The texts that a reload should still show somewhere, if they were saved; secrets are not among them."""
    fills = (step for step in steps if isinstance(step, Fill) and not step.secret)
    return tuple(step.value for step in fills if len(step.value) >= _SHORTEST and not step.value.startswith("$"))


def shows(seen: Observation, texts: Iterable[str]) -> list[str]:
    """Those of the texts that the page shows, also as a value of a field."""
    values = " ".join([seen.text, *(control.value for control in seen.controls)])
    return [text for text in texts if text in values]


def stood_alone(text: str, before: Observation, after: Observation) -> bool:
    """Whether it was an entry of its own, on a page that lost nothing else but messages when it was loaded anew.

    A text within a sentence is no entry: "Thank you, Ada" need not be there the next time.
    """
    lost = set(_lines(before)) - set(_lines(after))
    kept = {control.selector for control in before.controls} <= {control.selector for control in after.controls}
    return text in lost and kept and len(lost) <= MOST_LOST and text not in after.text


def _lines(seen: Observation) -> list[str]:
    return [" ".join(line.split()) for line in seen.text.splitlines()]
