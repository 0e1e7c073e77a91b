"""Decides whether a lost control is still there, and which one it is."""

from __future__ import annotations

from ghostly.assist.brain import Lost, Repair
from ghostly.assist.healing.aiming import aimed_at
from ghostly.assist.healing.choosing import chosen
from ghostly.assist.healing.clues import known
from ghostly.assist.healing.kinds import fits, kind, target
from ghostly.assist.healing.likeness import Likeness, likenesses
from ghostly.assist.healing.rationale import rationale
from ghostly.assist.healing.words import alike, contrary
from ghostly.domain.observation import Control, Observation

_NAMED = 0.8  # still called so, though a neighbour was called the same
_HALF_NAMED = 0.6  # of what is less alike, nothing but its place speaks for it


def repair(lost: Lost, observation: Observation) -> Repair | None:
    """The same step with the control that the lost one has become; None where that is not beyond doubt."""
    selector = target(lost.step)
    if selector is None:
        return None
    wanted = known(selector, lost.fingerprint)
    candidates = _candidates(lost, wanted, observation)
    ranked = [
        each
        for each in likenesses(wanted, candidates, seen_before=lost.fingerprint is not None)
        if each.called >= _HALF_NAMED  # else it is only what stands there now
    ]
    best = chosen(wanted, ranked, seen_before=lost.fingerprint is not None)
    if best is None:
        return None
    others = [each for each in ranked if each is not best]
    return Repair(
        step=aimed_at(best.control.selector, lost.step),
        rationale=rationale(wanted, selector, best),
        score=round(best.score, 3),
        runner_up=_told(others[0]) if others else None,
        control=best.control,
    )


def _candidates(lost: Lost, wanted: Control, observation: Observation) -> list[Control]:
    """What can be used, is of the same kind, is not the contrary, and was not another control already."""
    return [
        each
        for each in observation.controls
        if each.enabled
        and each.visible
        and each.selector not in lost.rejected
        and fits(lost.step, each)
        and kind(wanted) in {"", kind(each)}
        and not contrary(wanted.name, each.name)
        and not _stood_beside(wanted, each, observation)
    ]


def _stood_beside(wanted: Control, control: Control, observation: Observation) -> bool:
    """Whether by its name it stood beside the lost one; not if that still does, and this has the lost one's id."""
    if control.name not in wanted.neighbours or alike(control.name, wanted.name) >= _NAMED:
        return False
    same_id = (wanted.id and wanted.id == control.id) or (wanted.test_id and wanted.test_id == control.test_id)
    return not (same_id and any(each.name == control.name for each in observation.controls if each is not control))


def _told(likeness: Likeness) -> dict[str, object]:
    control = likeness.control
    return {
        "selector": control.selector,
        "role": control.role,
        "name": control.name,
        "score": round(likeness.score, 3),
    }
