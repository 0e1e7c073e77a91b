"""Folds texts, so that they are compared as people compare them: without case, accents and white space."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ghostly.assist.vocabulary.accents import is_of_word, unaccented

_MOST_FOLDS = 10_000


class _Folds(dict[int, str]):
    """What each character is folded to; filled as they come, because one goal is folded a thousand times."""

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        if len(self) < _MOST_FOLDS:
            self[code] = folded
        return folded


_FOLDS = _Folds()


def fold(text: str) -> str:
    """The text in small letters without accents, each character in the place where it was."""
    return text.translate(_FOLDS)


def _fold(character: str) -> str:
    if character == "\u2019":
        return "'"
    if character.isspace() and character != "\n":
        return " "
    return (unaccented(character).lower() or character)[:1]


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text as people compare names: without case, accents, white space, and the signs that end a label."""
    return " ".join(fold(unicodedata.normalize("NFC", text)).split()).strip(" :*….")


@lru_cache(maxsize=4096)
def words(text: str) -> str:
    """Its words alone, also those of an identifier such as ``saveAddress`` or ``save-address``."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return " ".join("".join(each if is_of_word(each) else " " for each in plain(parted)).split())
