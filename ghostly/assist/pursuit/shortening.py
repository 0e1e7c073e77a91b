"""Tells where an entry that a page showed is shorter, or less exact, after a reload: a part of it was lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from ghostly.assist.pursuit.forgetting import amount, entered, exchanged
from ghostly.assist.pursuit.news import lines_of
from ghostly.assist.pursuit.reverting import Touched
from ghostly.assist.pursuit.victory import shows
from ghostly.domain.observation import Observation

_GROUP = re.compile(r"\d(?:[\d \u00a0\u202f.,()'\u2019-]*\d)?")
_FIGURES = re.compile(r"[+\d \u00a0\u202f.,()'\u2019-]+")
_DATE = re.compile(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}")
_ONE, _TENTH = Decimal(1), Decimal("0.1")
_FEWEST_DIGITS = 4
_FEWEST_LETTERS = 4


class Shortened(NamedTuple):
    """The line that showed an entry, and the one that stands in its place."""

    shown: str
    now: str


def shortened(past: Iterable[Touched], shown: Observation, again: Observation) -> Shortened | None:
    """Where a line is as before but for an entry, of which only the beginning, or a rounded number, is left.

    Not where the page still shows the whole entry somewhere: what is here may be a glimpse of it.
    """
    entries = [one.new for each in past if (one := entered(each))]
    missing = [entry for entry in entries if not shows(again, [entry])]
    if not missing:
        return None
    for before, after in exchanged(lines_of(shown), lines_of(again)):
        for entry, old, new in product(missing, before, after):
            if _lost_digits(entry, old, new) or _lost_letters(entry, old, new):
                return Shortened(old, new)
    return None


def _lost_digits(entry: str, old: str, new: str) -> bool:
    if not _FIGURES.fullmatch(entry.strip()) or _DATE.fullmatch(entry.strip()):
        return False
    if _GROUP.sub("#", old) != _GROUP.sub("#", new):
        return False
    pairs = [*zip(_GROUP.findall(old), _GROUP.findall(new), strict=True)]
    changed = [(one, other) for one, other in pairs if one != other]
    return len(changed) == 1 and _is_entry(entry, changed[0][0]) and _is_less(entry, changed[0][1])


def _is_entry(entry: str, figures: str) -> bool:
    number = amount(entry)
    return _digits(entry) == _digits(figures) or (number is not None and number == amount(figures))


def _is_less(entry: str, now: str) -> bool:
    """Whether it is the beginning of the entry's digits, or its number rounded; 79 and 79.00 are the same."""
    number, other = amount(entry), amount(now)
    if number is not None and other is not None and (number == other or _is_rounded(number, other)):
        return number != other
    digits, left = _digits(entry), _digits(now)
    is_beginning = digits != left and digits.startswith(left) and 2 * len(left) >= len(digits)
    return len(digits) >= _FEWEST_DIGITS and is_beginning


def _is_rounded(number: Decimal, other: Decimal) -> bool:
    """To a whole number or to tenths, in whichever direction."""
    return any(number % unit and not other % unit and abs(number - other) < unit for unit in (_ONE, _TENTH))


def _lost_letters(entry: str, old: str, new: str) -> bool:
    """Whether the line breaks off within a word of the entry; after a word it may be a shorter form of it."""
    whole, before, after = (" ".join(each.split()).casefold() for each in (entry, old, new))
    at = before.find(whole)
    if at < 0 or not re.search(r"[^\W\d]", whole):
        return False
    head, tail = before[:at], before[at + len(whole) :]
    left = after[len(head) : len(after) - len(tail)]
    is_between = after == head + left + tail and _FEWEST_LETTERS <= len(left) < len(whole)
    return is_between and whole.startswith(left) and whole[len(left) - 1].isalnum() and whole[len(left)].isalnum()


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
