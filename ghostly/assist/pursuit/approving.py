"""Which step to do, where a person approved another selector than the one that the step was given."""

from __future__ import annotations

from collections.abc import Iterable

from ghostly.assist.healing.aiming import aimed_at
from ghostly.assist.healing.kinds import target
from ghostly.assist.memory import Memory
from ghostly.domain.heals import Repair
from ghostly.domain.observation import Observation
from ghostly.domain.steps import AnyStep


async def as_approved(step: AnyStep, seen: Observation, memory: Memory) -> AnyStep | None:
    """The step with the selector that a person approved in place of its own; None if there is none.

    Nor if the page shows what its own selector means, and not what the approved one does: then it is back. What
    only looks is evidence, and stays as it is.
    """
    selector = target(step)
    approved = None if selector is None else (await memory.reviewed(selector)).approved
    if selector is None or approved is None or _is_back(selector, approved, seen):
        return None
    return aimed_at(approved, step)


async def rejected(step: AnyStep, memory: Memory) -> tuple[str, ...]:
    """The selectors that a person did not want in place of the step's own."""
    selector = target(step)
    return () if selector is None else (await memory.reviewed(selector)).rejected


async def is_rejected(step: AnyStep, repairs: Iterable[Repair], memory: Memory) -> bool:
    """Whether a person rejected by now one of these heals, which the step has its selector from."""
    lost = [repair.lost for repair in repairs if repair.selector == target(step)]
    return any([target(step) in (await memory.reviewed(selector)).rejected for selector in lost])


def _is_back(selector: str, approved: str, seen: Observation) -> bool:
    shown = {control.selector for control in seen.controls}
    return selector in shown and approved not in shown
