"""Takes accents off letters, and nothing else: what makes another letter of one stays, as in Thai and Korean."""

from __future__ import annotations

import re
import unicodedata

# Those of Latin, Greek and Cyrillic. Other scripts have marks of their own, which nobody leaves out: without them,
# パス and バス are one word, and all that is left of a Korean syllable is how it begins.
_ACCENTS = re.compile("[\u0300-\u036f]+")
_VARIANTS = frozenset(map(chr, range(0xFE00, 0xFE10)))  # they say how a picture is drawn


def unaccented(text: str) -> str:
    """The same letters without accents, each in one character where there is one for it."""
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))


def is_of_word(character: str) -> bool:
    """Whether it is a part of a word: a letter, a digit, or the mark of one, as the vowels of Hindi are."""
    return character.isalnum() or (unicodedata.category(character) in {"Mn", "Mc"} and character not in _VARIANTS)
