"""Finds what was done in what a page shows after a reload, where the message that told of it at once is gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from msgspec import Struct

from ghostly.assist.goals import implies_deleting
from ghostly.assist.goals.instruction import EXPECTATIONS
from ghostly.assist.goals.language import understand
from ghostly.assist.pursuit.counting import counter
from ghostly.assist.pursuit.deeds import Deed, deeds
from ghostly.assist.pursuit.news import lines_of, said
from ghostly.assist.pursuit.reverting import Touched, same
from ghostly.assist.vocabulary.answers import refuses, tells_own_trouble
from ghostly.assist.vocabulary.folding import plain
from ghostly.domain.observation import Observation

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")
_MOST_NEW = 8  # lines of a page that was seen before: more is another view, of which nobody knows what was there
_SHORTEST = 3
_MOST_CHANGED = 0.5
_CELLS = 4


class Reload(Struct, frozen=True):
    """What the goal calls the things that it is about, and the page before and after it was loaded anew."""

    names: tuple[str, ...]
    numbers: frozenset[str]
    deletes: bool
    shown: Observation
    again: Observation


def stayed(goal: str, past: Sequence[Touched], shown: Observation, again: Observation) -> str | None:
    """What proves that all that was saved is there: a line of the page, or a setting. None where anything is not.

    Only what came with what was done, and was sent to the server and taken.
    """
    found = list(deeds(past, shown))
    if not found or _bare(shown.url) != _bare(again.url):
        return None
    reload = Reload(_names(goal), frozenset(_NUMBER.findall(goal)), implies_deleting(goal), shown, again)
    proofs = [_proof(deed, reload) for deed in found]
    return proofs[-1] if all(proofs) else None


def _proof(deed: Deed, reload: Reload) -> str | None:
    if not deed.was_taken:
        return None
    settings = [one.told(reload.shown, reload.again) for one in deed.settings]
    if not all(settings):
        return None
    if deed.values:
        if deed.is_count:
            return counter(deed, reload.shown, reload.again)
        return _held(deed, reload.again) or _entry(deed, reload)
    if settings:
        return settings[-1]
    return counter(deed, reload.shown, reload.again) or _changed(deed, reload) or _deleted(deed, reload)


def _held(deed: Deed, again: Observation) -> str | None:
    """The field that still holds what was typed there, where all fields do, and did not before."""
    fields = [(value, old, same(old, again)) for value, old in deed.typed if old]
    is_held = all(now is not None and now.value == value != old.value for value, old, now in fields)
    return f"'{fields[-1][0]}'" if is_held and len(fields) == len(deed.values) > 0 else None


def _entry(deed: Deed, reload: Reload) -> str | None:
    """The new line that holds all that was entered, on a page that is otherwise known."""
    if not _is_known(deed, reload.again):
        return None
    wanted, numbers = [_words(value) for value in deed.values], deed.numbers & reload.numbers
    for line in _new(deed, reload):
        words = _words(line)
        holds = numbers <= set(words) and all(_within(each, words) for each in wanted)
        if holds and (deed.is_specific or numbers or _named(line, reload.names)):
            return f"'{line}'"
    return None


def _changed(deed: Deed, reload: Reload) -> str | None:
    """The line of what the goal names, which says something else than before, and goes on to do so."""
    if (row := _row(deed, reload)) is not None:
        return row
    old = [line for line in deed.before if line not in {*said(reload.shown), *said(reload.again)}]
    for line in _new(deed, reload):
        names = [name for name in reload.names if _within(_words(name), _words(line))]
        if any(_alike(line, one) and _named(one, names) for one in old):
            return f"'{line}'"
    return None


def _row(deed: Deed, reload: Reload) -> str | None:
    """The same where each cell of a row is a line: what stands below its name is another word, and stays so."""
    for name in reload.names:
        old, new, now = (
            _below(name, lines) for lines in (deed.before, lines_of(reload.shown), lines_of(reload.again))
        )
        stays = list(takewhile(lambda both: both[0] == both[1], zip(new, now, strict=False)))
        other = [
            line for was, (line, _) in zip(old, stays, strict=False) if _turned(was, line) and _tells_well(line)
        ]
        if other and 2 * len(other) <= min(len(old), len(stays)):
            return f"'{name}' with '{other[0]}'"
    return None


def _below(name: str, lines: Sequence[str]) -> list[str]:
    at = next((n for n, line in enumerate(lines) if plain(line) == plain(name)), None)
    return [] if at is None else list(lines[at + 1 : at + 1 + _CELLS])


def _turned(old: str, new: str) -> bool:
    """Whether it says something else, in other words and not only in other numbers."""
    return [one for one in _words(old) if not one.isdigit()] != [one for one in _words(new) if not one.isdigit()]


def _deleted(deed: Deed, reload: Reload) -> str | None:
    """The line of what the goal names, which went, while all around it is there again."""
    if not reload.deletes or not deed.before:
        return None
    lines = lines_of(reload.again)
    gone = [line for line in deed.before if _named(line, reload.names) and line not in said(reload.shown)]
    stands = [line for line in deed.before if line in lines]
    is_gone = bool(gone) and not any(_named(line, reload.names) for line in lines)
    return f"'{gone[0]}' is gone, and" if is_gone and 2 * len(stands) >= len(lines) > 0 else None


def _new(deed: Deed, reload: Reload) -> Iterator[str]:
    """The lines that came with the deed, and are there after the reload."""
    shown, known = lines_of(reload.shown), set(deed.known)
    return (line for line in lines_of(reload.again) if line in shown and line not in known and _tells_well(line))


def _tells_well(line: str) -> bool:
    """Whether it neither refuses what was done, nor says that the application could not do it."""
    return not (refuses(line) or tells_own_trouble(line))


def _is_known(deed: Deed, again: Observation) -> bool:
    return len(set(lines_of(again)) - set(deed.known)) <= _MOST_NEW


def _alike(line: str, old: str) -> bool:
    """Whether some words of it are others, and most are the same; other numbers alone are a clock, or a count."""
    new, before = _words(line), _words(old)
    other = [word for word in set(new) ^ set(before) if not word.isdigit()]
    return bool(other) and len(set(new) & set(before)) >= _MOST_CHANGED * max(len(set(new)), len(set(before)))


def _names(goal: str) -> tuple[str, ...]:
    """What the goal's acts are about."""
    acts = (one for one in understand(goal).instructions if one.verb not in EXPECTATIONS)
    parts = ((one.target.near, one.target.name, *one.values) for one in acts if one.target)
    return tuple(dict.fromkeys(name for each in parts for name in each if len(name) >= _SHORTEST))


def _named(line: str, names: Iterable[str]) -> bool:
    return any(_within(_words(name), _words(line)) for name in names)


def _within(words: Sequence[str], line: Sequence[str]) -> bool:
    """Whether the words stand there one behind the other."""
    return bool(words) and any(
        list(line[at : at + len(words)]) == list(words) for at in range(len(line) - len(words) + 1)
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(plain(text))


def _bare(url: str) -> str:
    return url.partition("#")[0]
