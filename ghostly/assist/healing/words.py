"""Compares words of a page: how alike two texts are, and whether the one says the contrary of the other."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

from ghostly.assist.vocabulary.accents import is_of_word, unaccented
from ghostly.assist.vocabulary.thesaurus import DENIALS, GROUPS, KINDS, PAIRS, PREFIXES, UNDOING

_PICTURE = re.compile(r"[^\w\s\x00-\x7f]")
_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\s\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+")
_NUMBER = re.compile(r"\d+")
_TINY = 4  # "Go", "No", "On", "Off": a letter more or less is another word
_TYPO = 0.8
_DOUBLED = re.compile(r"(.)\1+")
_ROMAN = re.compile(r"[ivxlc]+")
_LETTER_TWICE = 0.95  # "adress" and "address": what is typed wrong most often
_SWAP = 0.75  # two letters of four that changed places

_SYNONYM = 0.7
_PHRASE, _MOST_OF_IT = 0.8, 0.7  # "Continue to payment" and "Continue to payment now"


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text or an identifier, small and without accents: ``saveAddress-btn`` is three.

    A picture among the letters, as an arrow or a heart, is a word too: some controls show nothing else.
    """
    plain = unaccented(unicodedata.normalize("NFKC", text))
    spaced = _PICTURE.sub(lambda found: _apart(found[0]), plain)
    return tuple(word.casefold() for word in _BORDER.split(spaced) if word)


def pictures_apart(one: str, other: str) -> bool:
    """Whether they say the same, but one with a picture that the other lacks: "Deployment" and "Deployment →"."""
    ours, theirs = words(one), words(other)
    return ours != theirs and _spoken(ours) == _spoken(theirs)


def _spoken(found: tuple[str, ...]) -> list[str]:
    return [word for word in found if not _is_picture(word[0])]


def _apart(sign: str) -> str:
    return f" {sign} " if _is_picture(sign) else sign if is_of_word(sign) else " "


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) in {"So", "Sm"}


@lru_cache(maxsize=4096)
def meaning(identifier: str) -> str:
    """The words of an identifier that say which thing it is, not what kind of thing."""
    found = words(identifier)
    return " ".join(word for word in found if word not in KINDS) or " ".join(found)


@lru_cache(maxsize=65536)
def alike(one: str, other: str) -> float:
    """From 0 to 1: 1 where at most case, accents, signs and spaces differ; 0 where only some letters agree."""
    if one == other:
        return 1.0 if one else 0.0
    ours, theirs = words(one), words(other)
    if not ours or not theirs or contrary(one, other) or _NUMBER.findall(one) != _NUMBER.findall(other):
        return 0.0
    if ours == theirs:
        return 1.0
    return max(_synonyms(ours, theirs), _contained(ours, theirs), _spelled(ours, theirs))


def contrary(one: str, other: str) -> bool:
    """Whether they are the same but for what turns the meaning round, as in Subscribe and Unsubscribe."""
    ours, theirs = set(words(one)), set(words(other))
    mine, yours = ours - theirs, theirs - ours
    if len(mine) == len(yours) == 1:
        (a,), (b,) = mine, yours
        return frozenset((a, b)) in PAIRS or any(a == prefix + b or b == prefix + a for prefix in PREFIXES)
    more = mine ^ yours
    denies = bool(more & DENIALS) or ("t" in more and any(word.endswith("n") for word in more))  # don't, isn't
    undoes = not (mine and yours) and bool(more & UNDOING)
    return (denies or undoes) and bool(ours & theirs)


def _synonyms(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """The whole phrase, or one word of it where the others agree."""
    mine, yours = (GROUPS.get(" ".join(each)) for each in (ours, theirs))
    if mine is not None and mine == yours:
        return _SYNONYM
    a, b = set(ours) - set(theirs), set(theirs) - set(ours)
    mine, yours = (GROUPS.get(" ".join(each)) for each in (a, b))
    return _SYNONYM if mine is not None and mine == yours and len(a) == len(b) == 1 else 0.0


def _contained(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """All words of the shorter in the longer: the more of it they are, the more alike; a phrase says more."""
    if set(ours) == set(theirs):
        return 0.95
    shorter, longer = sorted((ours, theirs), key=lambda each: len("".join(each)))
    if not set(shorter) < set(longer):
        return 0.0
    part = len("".join(shorter)) / len("".join(longer))
    return _PHRASE if len(shorter) > 1 and part >= _MOST_OF_IT else 0.6 + 0.19 * part


def _spelled(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """A slip is one of a word: "Minimum price" and "Maximum price" share most letters, and are two things.

    Two letters that changed places may have taken the border of a word with them.
    """
    one, other = "".join(ours), "".join(theirs)
    if len(one) == len(other) >= _TINY and sorted(one) == sorted(other) and OSA.distance(one, other) <= 1:
        return max(_SWAP, OSA.normalized_similarity(one, other))
    if len(ours) != len(theirs):
        return 0.0
    doubled = len(ours) > 1
    return min(
        1.0 if a == b else max(_letters(a, b), _LETTER_TWICE * (doubled and _stuttered(a, b)))
        for a, b in zip(ours, theirs, strict=True)
    )


def _stuttered(one: str, other: str) -> bool:
    """Whether a letter was typed twice; "ii" and "vii" are numbers, and no slips of "i" and "vi"."""
    return _undoubled(one) == _undoubled(other) and not _ROMAN.fullmatch(one)


@lru_cache(maxsize=4096)
def _undoubled(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


def _letters(one: str, other: str) -> float:
    if min(len(one), len(other)) < _TINY:
        return 0.0
    if _stuttered(one, other):
        return _LETTER_TWICE
    ratio = OSA.normalized_similarity(one, other, score_cutoff=_SWAP)
    swapped = ratio >= _SWAP and sorted(one) == sorted(other)
    return ratio if ratio >= _TYPO or swapped else 0.0
