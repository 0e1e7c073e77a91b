"""Measures how much a control of the page is like the lost one, feature by feature, in the spirit of Similo."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from msgspec import Struct

from ghostly.assist.healing.features import features
from ghostly.assist.healing.kinds import kind
from ghostly.assist.healing.surroundings import Around, around, rarities
from ghostly.domain.observation import Control

_EQUAL = 0.95  # but for case, accents, and a letter typed twice
_SAME = 0.8

# Similo's weights (Nass et al., 2022), 1.5 for what names a control and 0.5 for the rest, with more of both.
NAMING = {
    "test_id": 1.5, "id": 1.5, "name_attribute": 1.5, "name": 2.0, "label": 0.5, "placeholder": 1.0, "title": 0.5,
    "alt": 0.5, "href": 1.0, "options": 1.0,
}  # fmt: skip
KIND = {"tag": 0.5, "role": 0.5, "type": 0.5, "in_dialog": 0.5}
PLACE = {"text": 0.5, "classes": 0.5, "path": 0.5, "location": 0.5, "area": 0.25, "shape": 0.25, "neighbours": 1.5}


class Likeness(Struct, frozen=True):
    """How like one control is: each known feature from 0 to 1, and which of them no other control shares.

    ``score`` is the weighted mean of all features.
    """

    control: Control
    features: dict[str, float]
    own: frozenset[str]
    around: Around
    score: float

    @property
    def identity(self) -> float:
        """The best of what names it and names no other."""
        return max((self.features[name] for name in self.own), default=0.0)

    @property
    def called(self) -> float:
        """The best of what names it, whoever shares that."""
        return max((self.features[name] for name in NAMING if name in self.features), default=0.0)

    @property
    def name(self) -> float:
        """How much it is called as the lost one was."""
        return self.features.get("name", 0.0)

    @property
    def place(self) -> float:
        """How much it looks and stands as the lost one did."""
        return _mean(self.features, PLACE)


def likenesses(known: Control, candidates: Iterable[Control], *, seen_before: bool) -> list[Likeness]:
    """Each candidate's, the most alike first. Of what was never seen, words count under whichever attribute."""
    candidates = list(candidates)
    rarity = rarities(candidates)
    measured = [features(known, each, crosswise=not seen_before) for each in candidates]
    places = [around(known, each, rarity) for each in candidates]
    if known.neighbours:
        measured = [told | {"neighbours": near.turn} for told, near in zip(measured, places, strict=True)]
    weights, shared = _weights(known.alike), _shared(measured)
    found = [
        Likeness(each, told, _own(each, told, shared), near, _mean(told, weights))
        for each, told, near in zip(candidates, measured, places, strict=True)
    ]
    return sorted(found, key=lambda each: -each.score)


def _weights(alike: int) -> dict[str, float]:
    """What was one of many is told apart by what stands around it, not by what they are all called."""
    if not alike:
        return NAMING | KIND | PLACE
    return NAMING | KIND | PLACE | {"name": NAMING["name"] / (1 + alike), "neighbours": 2 * PLACE["neighbours"]}


def _own(control: Control, told: dict[str, float], shared: dict[str, list[float]]) -> frozenset[str]:
    """What agrees and agrees as well nowhere else. A group's radio buttons have one name, which names none."""
    grouped = {"name_attribute"} if kind(control) == "radio" else set()
    return frozenset(name for name in NAMING if name in told and _is_alone(told[name], shared[name])) - grouped


def _is_alone(value: float, all_of_them: list[float]) -> bool:
    """Whether no other is just as alike, nor another called the same."""
    least = _EQUAL if value >= _EQUAL else _SAME
    as_good = len(all_of_them) - bisect_left(all_of_them, least)
    equal = bisect_right(all_of_them, value) - bisect_left(all_of_them, value)
    return as_good <= (value >= least) and equal == 1


def _shared(measured: list[dict[str, float]]) -> dict[str, list[float]]:
    """How much each feature is like the lost one's, of all controls, the least first."""
    return {name: sorted(told[name] for told in measured if name in told) for name in NAMING}


def _mean(features: dict[str, float], weights: dict[str, float]) -> float:
    total = sum(weights[name] for name in features if name in weights)
    return (
        sum(value * weights[name] for name, value in features.items() if name in weights) / total if total else 0.0
    )
