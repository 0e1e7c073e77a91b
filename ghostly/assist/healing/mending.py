"""Decides whether a lost control is still there, and which one it is."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from ghostly.assist.brain import Lost, Repair
from ghostly.assist.healing.clues import known
from ghostly.assist.healing.kinds import fits, kind, target
from ghostly.assist.healing.likeness import Likeness, likenesses
from ghostly.assist.healing.rationale import rationale
from ghostly.assist.healing.words import alike, contrary
from ghostly.domain.observation import Control, Observation

_LEAST = 0.4
_MARGIN = 0.08
_NAMED = 0.8  # it is called the same, and nothing else is
_HALF_NAMED, _SIMILAR_PLACE = 0.6, 0.55  # it is called similarly, and stands where it stood
_SURROUNDED, _CLEARLY = 0.6, 0.3  # one of several that are called the same


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
    if not ranked or not _convincing(wanted, ranked, seen_before=lost.fingerprint is not None):
        return None
    best, *others = ranked
    step: Any = replace(lost.step, selector=best.control.selector)
    return Repair(
        step=step,
        rationale=rationale(wanted, selector, best),
        score=round(best.score, 3),
        runner_up=_told(others[0]) if others else None,
        control=best.control,
    )


def _candidates(lost: Lost, wanted: Control, observation: Observation) -> list[Control]:
    """What can be used, is of the same kind, is not the contrary, and was not another control already."""
    others = {*wanted.neighbours}
    return [
        each
        for each in observation.controls
        if each.enabled
        and each.visible
        and each.selector not in lost.rejected
        and fits(lost.step, each)
        and kind(wanted) in {"", kind(each)}
        and not contrary(wanted.name, each.name)
        and (each.name not in others or alike(each.name, wanted.name) >= _NAMED)
    ]


def _convincing(wanted: Control, ranked: list[Likeness], *, seen_before: bool) -> bool:
    best, second = ranked[0], ranked[1].score if len(ranked) > 1 else 0.0
    if best.score < _LEAST or best.score - second < _MARGIN:
        return False
    rivals = [each for each in ranked[1:] if _called_the_same(wanted, each)]
    if seen_before and (rivals or wanted.alike) and not best.has_its_id:
        return _surrounded(best, rivals)
    return best.identity >= _NAMED or (
        seen_before and best.identity >= _HALF_NAMED and best.place >= _SIMILAR_PLACE
    )


def _called_the_same(wanted: Control, other: Likeness) -> bool:
    return bool(wanted.name) and other.features.get("name", 0.0) >= _NAMED


def _surrounded(best: Likeness, rivals: list[Likeness]) -> bool:
    """Of several that are called the same, only what stands around them tells which is which."""
    nearest = max((each.surroundings for each in rivals), default=0.0)
    named = best.features.get("name", 0.0) >= _HALF_NAMED
    return named and best.surroundings >= _SURROUNDED and best.surroundings - nearest >= _CLEARLY


def _told(likeness: Likeness) -> dict[str, object]:
    control = likeness.control
    return {
        "selector": control.selector,
        "role": control.role,
        "name": control.name,
        "score": round(likeness.score, 3),
    }
