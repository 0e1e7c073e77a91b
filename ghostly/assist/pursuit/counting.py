"""Tells a counter that went on by what was added, and stays there, from clocks, visitors and other numbers."""

from __future__ import annotations

import re

from ghostly.assist.pursuit.deeds import Deed
from ghostly.assist.pursuit.news import said
from ghostly.assist.vocabulary.folding import plain
from ghostly.domain.observation import Observation

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d]+")
_SHORTEST = 4
_BESIDE = re.compile(
    r"in|of|your|my|the|shopping|view|open|see|en|de|tu|su|mi|el|las?|los|ver|compra"
    r"|(?:item|product|article|articulo|producto)s?"
)
_TAKES = re.compile(r"\b(?:remove|delete|take|quitar?|eliminar?|borrar?)\b")


def counter(deed: Deed, shown: Observation, again: Observation) -> str | None:
    """The counter that is called as what was clicked: 'Cart (1)' of 'Add to cart', one more than before it."""
    name = plain(deed.control.name) if deed.control else ""
    by = -deed.amount if _TAKES.search(name) else deed.amount
    stands = set(said(shown)) & set(said(again)) - deed.known
    for line in sorted(stands):
        count = _count(line)
        if count is None or not _is_of(line, name):
            continue
        if any(_shape(old) == _shape(line) and _count(old) == count - by for old in deed.before):
            return f"'{line}'"
    return None


def _count(line: str) -> int | None:
    """The one number of the line; nothing counted is none."""
    found = _NUMBER.findall(line)
    return int(found[0]) if len(found) == 1 else 0 if not found else None


def _shape(line: str) -> list[str]:
    return _WORD.findall(plain(line))


def _is_of(line: str, name: str) -> bool:
    """Whether the line says what the name says, and nothing else: no viewers of the cart, no orders of today."""
    words, named = set(_shape(line)), set(_WORD.findall(name))
    shared = any(len(word) >= _SHORTEST for word in words & named)
    return shared and all(map(_BESIDE.fullmatch, words - named))
