"""How well the name in a goal agrees with what a control is called."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from ghostly.assist.healing.words import contrary
from ghostly.assist.vocabulary.controls import CALLED_BY_TYPE
from ghostly.assist.vocabulary.folding import plain, words
from ghostly.domain.observation import Control

EXACT, KNOWN, TYPED, NEAR = 4, 3, 2, 1
"""By its name; by anything else it is known by; by the type of what is typed there; by nearly its name."""

THRESHOLD = 0.8
MARGIN = 0.05
_SHORTEST = 3  # "Go", "No", "On": a letter more or less is another word
_DIGITS = re.compile(r"\d+")


def agreement(wanted: str, control: Control) -> tuple[int, float]:
    """How it agrees, and how well from 0 to 1; ``(0, 0.0)`` where it does not."""
    if not words(wanted):
        return (EXACT, 1.0) if wanted and wanted.strip() == control.name.strip() else (0, 0.0)
    if plain(wanted) == plain(control.name):
        return EXACT, 1.0
    if words(wanted) in {words(name) for name in known(control) if _telling(wanted) <= _telling(name)}:
        return KNOWN, 1.0
    if words(wanted) in CALLED_BY_TYPE.get(control.type, frozenset()):
        return TYPED, 1.0
    score = max((likeness(words(wanted), words(name)) for name in called(control)), default=0.0)
    return (NEAR, score) if score >= THRESHOLD else (0, 0.0)


def called(control: Control) -> Iterator[str]:
    """What a person sees that it is called."""
    yield from filter(
        None, (control.name, control.label, control.placeholder, control.title, control.alt, control.text)
    )


def known(control: Control) -> Iterator[str]:
    """Everything that it is known by, also what only its authors see."""
    yield from called(control)
    yield from filter(None, (control.test_id, control.id, control.name_attribute))


def likeness(wanted: str, name: str) -> float:
    """From 0 to 1: how surely who says ``wanted`` means ``name``. A longer name may hold it, a shorter may not."""
    if min(len(wanted), len(name)) < _SHORTEST or contrary(wanted, name):
        return 0.0
    if f" {wanted} " in f" {name} ":
        return 0.75 + 0.25 * len(wanted) / len(name)
    if _DIGITS.findall(wanted) != _DIGITS.findall(name) or min(len(wanted), len(name)) <= _SHORTEST:
        return 0.0
    return OSA.normalized_similarity(wanted, name)


def _telling(text: str) -> Counter[str]:
    """The signs that make another name of the same words, as in C# and C++, or A+ and A."""
    return Counter(each for each in text if each in "#%&+" or unicodedata.category(each) in {"Sc", "Sm", "So"})
