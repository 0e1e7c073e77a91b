"""Chooses the lost control from those that are like it, or none."""

from __future__ import annotations

import re
from itertools import zip_longest

from ghostly.assist.healing.likeness import Likeness
from ghostly.assist.healing.words import alike, pictures_apart, words
from ghostly.domain.observation import Control

_LEAST, _MARGIN = 0.4, 0.08
_NAMED = 0.8  # it is called the same, and nothing else is
_HALF_NAMED, _SIMILAR_PLACE = 0.6, 0.55  # it is called similarly, and stands where it stood
_SURROUNDED, _CLEARLY = 0.65, 0.3  # one of several called the same; of two rows in turned order, 0.59 is kept
_ALL = 0.9
_HEADED = 0.95  # but for case, accents, and a letter typed twice
_UNMOVED = 0.8
_PATTERN = 3  # words: two of them are the same, one is another
_MOSTLY = 0.5  # of a name that grew, at least half is the old one
_IDENTIFIERS = ("id", "test_id", "name_attribute", "href")
_NUMBERED = ("href", "test_id", "name_attribute")  # ids too are numbered, but anew each time by some libraries
_ATTRIBUTES = ("id", "test_id", "name_attribute", "placeholder", "href", "classes")
_NUMBER = re.compile(r"\d+")


def chosen(wanted: Control, ranked: list[Likeness], *, seen_before: bool) -> Likeness | None:
    """The one that is it beyond doubt: by an identifier, else by what stands around it, else by its name."""
    if identified := [each for each in ranked if _is_identified(wanted, each)]:
        return _identified(identified, ranked)
    if seen_before and _is_one_of_many(wanted, ranked):
        return _of_many(wanted, ranked)
    return _one_of_its_kind(wanted, ranked, seen_before=seen_before)


def _is_identified(wanted: Control, each: Likeness) -> bool:
    """Whether an identifier is its own and the same; those that were shared before identify nothing but by id."""
    same = {name for name in _IDENTIFIERS if name in each.own and each.features[name] == 1.0}
    if wanted.alike:
        return "id" in same
    if same == {"href"}:  # a logo and a link called Home lead to the same address
        return each.name >= _HALF_NAMED or each.place >= _SIMILAR_PLACE
    return bool(same)


def _identified(identified: list[Likeness], ranked: list[Likeness]) -> Likeness | None:
    """None if identifiers disagree, or if its name has gone to another control and something else stands here."""
    best, *others = identified
    named = [each for each in ranked if each is not best and "name" in each.own and each.name >= _NAMED]
    return None if others or (named and best.name < _HALF_NAMED) else best


def _is_one_of_many(wanted: Control, ranked: list[Likeness]) -> bool:
    """Whether others are called the same, or were: unless all are still there, and pictures tell them apart."""
    same = sum(each.name == 1.0 for each in ranked)
    signed = sum(pictures_apart(wanted.name, each.control.name) for each in ranked)
    if same == 1 and signed and same + signed > wanted.alike:
        return False
    return bool(wanted.alike) or sum(each.name >= _NAMED for each in ranked) > 1


def _of_many(wanted: Control, ranked: list[Likeness]) -> Likeness | None:
    """Of several that are called the same, only what stands around them tells which is which."""
    ranked = [each for each in ranked if _is_under_the_same(wanted, each.control)]
    if (left := _all_around(wanted, ranked)) is not None:
        return left
    named = sorted((each for each in ranked if each.name >= _HALF_NAMED), key=lambda each: -each.around.turn)
    if not named or named[0].around.replaced or _is_next(wanted, named[0]):
        return None
    second = named[1].around.turn if len(named) > 1 else 0.0
    sure = named[0].around.turn >= _SURROUNDED and named[0].around.turn - second >= _CLEARLY
    return named[0] if sure else None


def _is_under_the_same(wanted: Control, control: Control) -> bool:
    """Whether headings tell it from the lost one's twins: True if it had none, False if they never did."""
    if not wanted.twins or wanted.copies or not wanted.headings:
        return not wanted.twins
    pairs = zip_longest(wanted.headings, control.headings, fillvalue="")
    return all(alike(ours, theirs) >= _HEADED for ours, theirs in pairs)


def _all_around(wanted: Control, ranked: list[Likeness]) -> Likeness | None:
    """The only one around which all is left, in its order, if none of those called the same has gone."""
    named = sorted((each for each in ranked if each.name >= _NAMED), key=lambda each: -each.around.kept)
    if not 0 < wanted.alike < len(named) or named[0].around.kept < _ALL or _is_next(wanted, named[0]):
        return None
    return named[0] if named[0].around.kept - named[1].around.kept >= _CLEARLY else None


def _one_of_its_kind(wanted: Control, ranked: list[Likeness], *, seen_before: bool) -> Likeness | None:
    strong = [each for each in ranked if each.identity >= _NAMED]
    best, second = [*(strong or ranked), None, None][:2]
    if best is None or best.score < _LEAST or _is_next(wanted, best):
        return None
    if second is not None and best.score - second.score < _MARGIN:
        return None
    return best if strong or (seen_before and _is_similar(wanted, best, ranked)) else None


def _is_similar(wanted: Control, best: Likeness, ranked: list[Likeness]) -> bool:
    if best.identity >= _HALF_NAMED and best.place >= _SIMILAR_PLACE:
        return True
    return best.name >= _HALF_NAMED and len(ranked) == 1 and _grew(wanted, best.control)


def _grew(wanted: Control, control: Control) -> bool:
    """Whether it says all that the lost one said and little more, and has the same attributes, whatever they say.

    A control gets other ids and classes in its life; that it gets its first one, or loses its last, is rare.
    """
    ours, theirs = words(wanted.name), words(control.name)
    if not set(ours) < set(theirs) or len("".join(ours)) < _MOSTLY * len("".join(theirs)):
        return False
    return all(bool(getattr(wanted, name)) == bool(getattr(control, name)) for name in _ATTRIBUTES)


def _is_next(wanted: Control, best: Likeness) -> bool:
    """Whether it is rather the next of a series: an identifier differs in one part, and the place is another."""
    return best.around.turn < _UNMOVED and (
        any(_series(getattr(wanted, name), getattr(best.control, name)) for name in _NUMBERED)
        or _sisters(wanted.test_id, best.control.test_id)
    )


def _series(one: str, other: str) -> bool:
    return one != other and bool(_NUMBER.search(one)) and _NUMBER.sub("", one) == _NUMBER.sub("", other)


def _sisters(one: str, other: str) -> bool:
    """Whether two test ids are made after one pattern: ``add-todo-card`` and ``add-doing-card``."""
    ours, theirs = words(one), words(other)
    if len(ours) != len(theirs) or len(ours) < _PATTERN:
        return False
    return [alike(a, b) > 0 for a, b in zip(ours, theirs, strict=True)].count(False) == 1
