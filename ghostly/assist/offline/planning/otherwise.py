"""Finds what an instruction means where no control of its name is: a value to be chosen, a button that does it."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ghostly.assist.goals.asking import asked
from ghostly.assist.goals.instruction import Instruction, Target
from ghostly.assist.goals.wording import Wording
from ghostly.assist.offline.planning.doing import doer, tells
from ghostly.assist.offline.planning.listing import native
from ghostly.assist.offline.planning.resolving import Resolution, resolve
from ghostly.assist.vocabulary.folding import plain, words
from ghostly.domain.observation import Control, Observation

_SMALL = frozenset(
    ["the", "a", "an", "of", "my", "el", "la", "los", "las", "un", "una", "de", "del", "mi", "field", "campo"]
)


def otherwise(one: Instruction, seen: Observation) -> Resolution:
    """The list that has the value, what can be chosen of that name, or what does what the sentence says."""
    if one.verb == "fill" and one.target is not None and one.target.kind in {"", "dropdown", "menu"}:
        found = native(one, seen)  # "set Country to Spain"
        return found if found.control is not None or found.rivals else _chosen(one, one.target, seen)
    if one.verb == "select":
        return _day(one, seen)
    if one.verb in {"check", "uncheck", "go"}:
        return _done(one, seen)
    return Resolution()


def _day(one: Instruction, seen: Observation) -> Resolution:
    """The day of a calendar: its number, as it is shown."""
    day = re.fullmatch(
        r"(?:(?:the|el) )?(?:day|dia) (\d{1,2})|(?:the|el) (\d{1,2})(?:st|nd|rd|th)?", plain(one.value)
    )
    if day is None or (one.target is not None and one.target.exact):
        return Resolution()
    shown = tuple(each for each in seen.controls if plain(each.text) == (day[1] or day[2]) and each.enabled)
    return resolve("click", Target(day[1] or day[2], exact=True), replace(seen, controls=shown))


def _chosen(one: Instruction, about: Target, seen: Observation) -> Resolution:
    """What is called like the value, and lies under or beside what is to be changed."""
    shown = tuple(
        each for each in seen.controls if each.role not in {"generic", "heading"} and _lies_by(about, each)
    )
    return resolve("click", Target(one.value, exact=True), replace(seen, controls=shown))


def _lies_by(about: Target, control: Control) -> bool:
    """Whether what stands around it tells of what is to be changed."""
    around = [words(text) for text in (*control.headings, *control.neighbours)]
    wanted = [word for word in words(about.name).split() if word not in _SMALL]
    return any(tells(word, text) for word in wanted for text in around)


def _done(one: Instruction, seen: Observation) -> Resolution:
    """What does as the sentence says, beside what it names: deactivate the user 'Ana'."""
    wording = Wording(one.sentence)
    read = asked(wording.text, wording, "sentence")
    return doer(read[0].target, seen) if read and read[0].target else Resolution()
