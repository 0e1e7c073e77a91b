"""Tells where a page shows a text only to say that it is not so."""

from __future__ import annotations

import re

# Just before a text: "Not Saved" is not saved.
_BEFORE = re.compile(r"(?:^|\W)(?:not?|never|nunca|sin)[^\S\n]+\Z", re.IGNORECASE)
# Anywhere in its line: "No results for shoes" shows no shoes.
_NOTHING = re.compile(
    r"\b(?:no|0|sin|ning[uú]n) (?:results?|match(?:es)?|hits|resultados?|coincidencias?)\b"
    r"|\bnothing (?:was )?found\b|\b(?:not|wasn't|weren't) found\b|\bno (?:se )?(?:ha |han )?encontr\w+",
    re.IGNORECASE,
)


def denies_next(before: str) -> bool:
    """Whether what stands before a text says that the text is not so."""
    return _BEFORE.search(before) is not None


def finds_nothing(line: str) -> bool:
    """Whether the line says that nothing of what it names is there."""
    return _NOTHING.search(line) is not None
