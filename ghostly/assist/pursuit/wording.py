"""Compares lines by their words: what a line names, and whether another says nearly the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ghostly.assist.vocabulary.folding import plain
from ghostly.assist.vocabulary.times import timeless

_WORD = re.compile(r"\w+")
_MOST_CHANGED = 0.5


def words_of(text: str) -> list[str]:
    """Its words and numbers, without case and accents."""
    return _WORD.findall(plain(text))


def within(words: Sequence[str], line: Sequence[str]) -> bool:
    """Whether the words stand there one behind the other."""
    return bool(words) and any(
        list(line[at : at + len(words)]) == list(words) for at in range(len(line) - len(words) + 1)
    )


def named(line: str, names: Iterable[str]) -> bool:
    """Whether it holds one of the names whole."""
    return any(within(words_of(name), words_of(line)) for name in names)


def turned(old: str, new: str) -> bool:
    """Whether it says something else, in other words: other numbers alone, and another time, are a clock."""
    before, after = _lasting(old), _lasting(new)
    return bool(after) and before != after


def alike(line: str, old: str) -> bool:
    """Whether some words of it are others, and most are the same."""
    new, before = {*words_of(line)}, {*words_of(old)}
    return turned(old, line) and len(new & before) >= _MOST_CHANGED * max(len(new), len(before))


def _lasting(text: str) -> set[str]:
    return {word for word in _WORD.findall(timeless(plain(text))) if not word.isdigit()}
