"""Measures how much of what stood around the lost control stands around another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from math import sqrt

from msgspec import Struct

from ghostly.assist.healing.words import alike
from ghostly.domain.observation import Control

_MOST = 6  # so many texts around a control are looked at
_SAME = 0.6  # a neighbour that was retold is the same neighbour
_REPLACED = 0.9  # where less is left of both sides, something went and something else has come


class Around(Struct, frozen=True):
    """How much of the texts around the lost one is around this one, ``lost``, and the other way round, ``here``.

    ``kept`` is how much of the first kept its order too, ``turn`` the same on the side where it is less; all four
    go from 0 to 1.
    """

    lost: float = 0.0
    here: float = 0.0
    kept: float = 0.0
    turn: float = 0.0

    @property
    def replaced(self) -> bool:
        """Whether something that stood there is gone, and something else has come: as it is in the next row."""
        return max(self.lost, self.here) < _REPLACED


def around(known: Control, control: Control, rarity: Counter[str]) -> Around:
    """The nearest texts say most; what stands around many controls says little of any of them.

    The second is the inverse document frequency (Spärck Jones, 1972), with the page's controls as documents.
    """
    ours, theirs = _texts(known, known), _texts(control, known)
    if not ours or not theirs:
        return Around()
    pairs = _pairs(ours, theirs)
    here, there = pairs.keys(), pairs.values()
    if len(control.neighbours) >= _MOST:
        ours = _in_sight(ours, here, there)
    if len(known.neighbours) >= _MOST:
        theirs = _in_sight(theirs, there, here)
    mine, yours = _weights(ours, rarity), _weights(theirs, rarity)
    kept = _in_order(pairs, mine)
    return Around(
        lost=sum(mine[a] for a in pairs) / sum(mine),
        here=sum(yours[b] for b in pairs.values()) / sum(yours),
        kept=kept,
        turn=min(kept, _in_order({b: a for a, b in pairs.items()}, yours)),
    )


def rarities(candidates: list[Control]) -> Counter[str]:
    """Around how many of them each text stands."""
    return Counter(text for each in candidates for text in {*map(_plain, each.neighbours)})


def _pairs(ours: list[str], theirs: list[str]) -> dict[int, int]:
    """Which of ours is which of theirs: the same text, else one that was retold."""
    found = {a: theirs.index(text) for a, text in enumerate(ours) if text in theirs}
    left = [b for b in range(len(theirs)) if b not in found.values()]
    for a, text in enumerate(ours):
        if a not in found and (b := next((b for b in left if alike(text, theirs[b]) >= _SAME), None)) is not None:
            found[a] = b
            left.remove(b)
    return found


def _weights(texts: list[str], rarity: Counter[str]) -> list[float]:
    return [1.0 / sqrt(place) / max(1, rarity[text]) for place, text in enumerate(texts, 1)]


def _in_order(pairs: dict[int, int], weights: list[float]) -> float:
    """The heaviest common subsequence: as Healenium compares paths (by their longest one), with weights."""
    best: dict[int, float] = {}
    for a, b in sorted(pairs.items()):
        best[b] = weights[a] + max((heavy for other, heavy in best.items() if other < b), default=0.0)
    return max(best.values(), default=0.0) / sum(weights)


def _texts(control: Control, known: Control) -> list[str]:
    """Without what it is called or was: others that are called the same say nothing of where it stands."""
    names = {_plain(control.name), _plain(known.name)}
    return [text for text in dict.fromkeys(map(_plain, control.neighbours)) if text not in names]


def _in_sight(texts: list[str], found: Collection[int], there: Collection[int]) -> list[str]:
    """Without as many of the farthest as more came nearer than went: these are out of sight, and not gone.

    ``found`` are those that are on the other side too, and ``there`` their places on it.
    """
    last = max(found, default=-1)
    came = max(there, default=-1) - last
    return texts[: max(last + 1, len(texts) - max(0, came))]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
