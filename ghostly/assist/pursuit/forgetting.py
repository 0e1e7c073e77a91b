"""Tells where an entry that a page showed is gone after a reload, and what stood in its place before is back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from difflib import SequenceMatcher

from msgspec import Struct

from ghostly.assist.pursuit.news import lines_of
from ghostly.assist.pursuit.reverting import Touched
from ghostly.assist.vocabulary.folding import plain
from ghostly.domain.observation import Observation
from ghostly.domain.steps import Fill, SelectOption

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,'\u2019]\d+|[ \u00a0\u202f]\d{3}(?!\d))*")
_CENTS = re.compile(r"[.,](\d{1,2})\Z")
_MOST = 3  # lines on each side that a reload exchanged: the entry, and messages beside it
_MOST_LINES = 2_000


class Entry(Struct, frozen=True):
    """What a step entered, and what its control held before."""

    new: str
    old: str


def put_back(
    past: Iterable[Touched], stood: Collection[str], shown: Observation, again: Observation
) -> str | None:
    """The line that showed an entry, and in whose place the line from before it stands after the reload."""
    entries = [entry for one in past if (entry := entered(one))]
    before, after = _told(shown), _told(again)
    returned = Counter(after) - Counter(before)
    for gone, came in exchanged(before, after):
        for old in (line for line in came if line in stood and returned[line]):
            if (found := next((new for new in gone if _tells(new, entries, old)), None)) is not None:
                return found
    return None


def _told(seen: Observation) -> list[str]:
    """Its lines without what its lists show of themselves: what is chosen there is no entry that is kept."""
    lines = list(lines_of(seen))
    for each in seen.controls:
        if each.tag == "select" and each.visible and each.value in lines:
            lines.remove(each.value)
    return lines


def exchanged(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The few lines that went, and those that came in their place, wherever that happened."""
    before, after = before[:_MOST_LINES], after[:_MOST_LINES]
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "replace" and max(b - a, d - c) <= _MOST:
            yield before[a:b], after[c:d]


def _tells(line: str, entries: Iterable[Entry], old: str) -> bool:
    return any(_was(old, line, entry) for entry in entries)


def entered(one: Touched) -> Entry | None:
    """What the step entered; nothing of a secret, nor where it emptied a field or did something else."""
    step = one.step
    if not isinstance(step, Fill | SelectOption) or (isinstance(step, Fill) and step.secret):
        return None
    value = step.value if isinstance(step.value, str) else ", ".join(step.value)
    return Entry(value, one.control.value if one.control else "") if value.strip() else None


def _was(old: str, new: str, entry: Entry) -> bool:
    """Whether the new line tells the entry, and the old one says the same but for what was there before it."""
    number = amount(entry.new)
    if number is not None and number in _numbers(new):
        return number not in _numbers(old) and _words(_NUMBER.sub(" ", new)) == _words(_NUMBER.sub(" ", old))
    rest = _without(_words(new), _words(entry.new))
    if rest is None:
        return False
    return rest in (_words(old), _without(_words(old), _words(entry.old)))


def _without(words: list[str], some: Sequence[str]) -> list[str] | None:
    """The words without these, which stand there one behind the other; None if they do not."""
    for at in range(len(words) - len(some) + 1) if some else ():
        if words[at : at + len(some)] == some:
            return words[:at] + words[at + len(some) :]
    return None


def _words(text: str) -> list[str]:
    return _WORD.findall(plain(text))


def _numbers(text: str) -> set[Decimal]:
    return {number for found in _NUMBER.findall(text) if (number := amount(found)) is not None}


def amount(text: str) -> Decimal | None:
    """The number that it is, however its thousands and cents are parted: 1,250.00 is 1250; None if it is none."""
    if not _NUMBER.fullmatch(text.strip()):
        return None
    whole = text.strip()
    cents = _CENTS.search(whole)
    digits = re.sub(r"\D", "", whole[: cents.start()] if cents else whole)
    return Decimal(f"{digits}.{cents[1]}" if cents else digits)
