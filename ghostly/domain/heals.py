"""One heal of one run: what was lost, what was tried in its place, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from ghostly.domain import events as ev
from ghostly.domain.events import Event, Json
from ghostly.domain.redaction import MASK

Came = Literal["pending", "succeeded", "failed"]
"""What came of a heal: nobody knows yet, its step worked, or it did not."""


class Repair(NamedTuple):
    """This selector in the place of that one: all that a heal changes of a step."""

    lost: str
    selector: str


class Heal(Struct, frozen=True, kw_only=True):
    """A heal as its run tells of it: the step that failed, and the one that was tried instead."""

    id: UUID
    run: UUID
    index: int
    lost: Json
    step: Json
    rationale: str
    score: float | None = None
    runner_up: Json | None = None
    outcome: Came = "pending"

    @property
    def repair(self) -> Repair | None:
        """What a person can say yes or no to; None if it did not work, or a selector had to be masked."""
        lost, selector = self.lost.get("selector"), self.step.get("selector")
        if self.outcome != "succeeded" or not lost or not selector or MASK in lost + selector:
            return None
        return Repair(lost, selector)


def find(events: Iterable[Event], heal_id: UUID) -> Heal | None:
    """The heal with this id, as far as these events of its run tell of it; None if they do not."""
    heal, failed = None, dict[int, Json]()
    for event in events:
        if isinstance(event, ev.StepFailed):
            failed[event.index] = event.step
        elif isinstance(event, ev.HealingAttempted) and event.heal_id == str(heal_id):
            heal = _begun(heal_id, event, failed.get(event.index, {}))
        elif heal is not None:
            heal = replace(heal, outcome=_outcome(heal, event))
    return heal


def _begun(heal_id: UUID, event: ev.HealingAttempted, lost: Json) -> Heal:
    return Heal(
        id=heal_id,
        run=event.originator_id,
        index=event.index,
        lost=lost,
        step=event.step,
        rationale=event.rationale,
        score=event.score,
        runner_up=event.runner_up,
    )


def _outcome(heal: Heal, event: Event) -> Came:
    if heal.outcome != "pending":
        return heal.outcome
    match event:
        case ev.StepPassed() if event.heal_id == str(heal.id):
            return "succeeded"
        case ev.HealingFailed() if event.index == heal.index:
            return "failed"
        case ev.RunPassed() | ev.RunFailed() | ev.RunCancelled() | ev.RunAbandoned():
            return "failed"
    return "pending"
