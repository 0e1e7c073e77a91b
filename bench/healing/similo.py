"""The published Similo (Nass et al., 2022): its weights and measures; the best wins, whatever its score."""

from __future__ import annotations

from math import hypot
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

LOOK = (Path(__file__).parent / "similo.js").read_text("utf-8")
Element = dict[str, Any]

EQUAL = {"tag": 1.5, "name": 1.5, "id": 1.5, "is_button": 0.5}
LETTERS = {"class": 0.5, "href": 0.5, "alt": 0.5, "xpath": 0.5, "idxpath": 0.5, "visible_text": 1.5}
NEIGHBOURS, LOCATION, AREA, SHAPE = 1.5, 0.5, 0.5, 0.5


def best(wanted: Element, candidates: list[Element]) -> int:
    """The place of the winner."""
    scores = [score(wanted, each) for each in candidates]
    return max(range(len(scores)), key=scores.__getitem__)


def score(wanted: Element, other: Element) -> float:
    """The weighted sum; what either lacks counts nothing."""
    total = sum(weight for name, weight in EQUAL.items() if wanted[name] and wanted[name] == other[name])
    total += sum(weight * _letters(wanted[name], other[name]) for name, weight in LETTERS.items())
    distance = hypot(wanted["x"] - other["x"], wanted["y"] - other["y"])
    total += LOCATION * max(100 - int(distance), 0) / 100
    total += AREA * _whole(wanted["width"] * wanted["height"], other["width"] * other["height"])
    total += SHAPE * _whole(wanted["width"] * 100 // wanted["height"], other["width"] * 100 // other["height"])
    return total + NEIGHBOURS * _words(wanted["neighbor_text"], other["neighbor_text"])


def _letters(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    longest = max(len(one), len(other))
    return (longest - Levenshtein.distance(_stripped(one), _stripped(other))) / longest


def _stripped(text: str) -> str:
    return "".join(each for each in text if each.isalnum())


def _whole(one: int, other: int) -> float:
    return min(one, other) / max(one, other, 1)


def _words(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    ours, theirs = one.split(), other.split()
    longest = max(len(one) - len(ours) + 1, len(other) - len(theirs) + 1)
    return min(sum(len(word) for word in ours if _among(word, theirs)) / longest, 1.0)


def _among(word: str, words: list[str]) -> bool:
    return any(
        word == each
        or (len(word) < len(each) and _ends(each, word))
        or (len(each) < len(word) and _ends(word, each))
        for each in words
    )


def _ends(long: str, short: str) -> bool:
    return long.startswith(short) or long.endswith(short)
