"""Finds what a goal names in another state than before, or gone, on a page that was loaded anew."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec import Struct

from ghostly.assist.pursuit.deeds import Deed
from ghostly.assist.pursuit.news import lines_of, said
from ghostly.assist.pursuit.wording import alike, named, turned, within, words_of
from ghostly.assist.vocabulary.answers import refuses, tells_own_trouble
from ghostly.assist.vocabulary.folding import plain
from ghostly.assist.vocabulary.waiting import tells_work
from ghostly.domain.observation import Control, Observation

_CELLS = 4
_NOT = re.compile(r"(?:not|no|sin|on hold|en espera)\b")


class Reload(Struct, frozen=True):
    """What the goal calls the things that it is about, and the page before and after it was loaded anew."""

    names: tuple[str, ...]
    numbers: frozenset[str]
    deletes: bool
    shown: Observation
    again: Observation


def changed(deed: Deed, reload: Reload) -> str | None:
    """The line of what the goal names, which says something else than before, and goes on to do so."""
    if (row := _row(deed, reload)) is not None:
        return row
    if any(one.control is not None and one.control.row for one in deed.acts):
        return None  # what was done in a row is told there
    old = [line for line in deed.before if line not in {*said(reload.shown), *said(reload.again)}]
    for line in new_lines(deed, reload):
        names = [name for name in reload.names if within(words_of(name), words_of(line))]
        if any(alike(line, one) and named(one, names) for one in old):
            return f"'{line}'"
    return None


def deleted(deed: Deed, reload: Reload) -> str | None:
    """The line of what the goal names, which went, while all around it is there again."""
    if not reload.deletes or tells_work(reload.again.text):
        return None
    lines, (before, row) = lines_of(reload.again), _where_done(deed, reload.names)
    gone = [line for line in before if named(line, reload.names) and line not in said(reload.shown)]
    if not gone or any(named(line, reload.names) for line in lines):
        return None
    stands = [line for line in before if line in lines]
    is_there = 2 * len(stands) >= len(lines) > 0
    is_surrounded = all(_is_surrounded(line, before, row, reload) for line in gone)
    return f"'{gone[0]}' is gone, and" if is_there and is_surrounded else None


def new_lines(deed: Deed, reload: Reload) -> Iterator[str]:
    """The lines that came with the deed, and are there after the reload."""
    shown, known = lines_of(reload.shown), set(deed.known)
    return (line for line in lines_of(reload.again) if line in shown and line not in known and _tells_well(line))


def _row(deed: Deed, reload: Reload) -> str | None:
    """The same where each cell of a row is a line: what stands below its name is another word, and stays so."""
    for name in reload.names:
        old, new, now = (
            _below(name, lines) for lines in (deed.before, lines_of(reload.shown), lines_of(reload.again))
        )
        row = max((_cells(name, old, one.control) for one in deed.acts if one.control), key=len, default=[])
        stays = [one for one, _ in takewhile(lambda both: both[0] == both[1], zip(new, now, strict=False))]
        other = [line for was, line in zip(row, stays, strict=False) if turned(was, line) and _tells_well(line)]
        if other and 2 * len(other) <= min(len(old), len(stays)):
            return f"'{name}' with '{other[0]}'"
    return None


def _below(name: str, lines: Sequence[str]) -> list[str]:
    """The lines below the only one that is the name."""
    at = [n for n, line in enumerate(lines) if plain(line) == plain(name)]
    return [*lines[at[0] + 1 : at[0] + 1 + _CELLS]] if len(at) == 1 else []


def _cells(name: str, below: Sequence[str], control: Control) -> list[str]:
    """As many of the lines below the name as surely lie in the same row, of which the control is a part."""
    place = [*_said_at(control)]
    at = next((n for n, text in enumerate(place) if plain(text) == plain(name)), None)
    if at is None:
        return []
    left = Counter(place[at + 1 :] if control.row else place)
    cells: list[str] = []
    for line in below:
        left[line] -= 1
        if left[line] < 0 or (cells and not control.row and cells[-1] == control.name):
            break
        cells.append(line)
    return cells


def _where_done(deed: Deed, names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the page said before something was done beside one of the names, and what stood there with it."""
    wanted = {plain(name) for name in names}
    places = ((one.before, _said_at(one.control)) for one in deed.acts if one.control is not None)
    return next((both for both in places if wanted & {*map(plain, both[1])}), (deed.before, ()))


def _is_surrounded(line: str, before: Sequence[str], row: Sequence[str], reload: Reload) -> bool:
    """Whether what stood above and below its row is there again: a list that is not there yet lacks everything."""
    at = before.index(line)
    above = next((one for one in reversed(before[:at]) if one not in row), None)
    below = next((one for one in before[at + 1 :] if one not in row), None)
    around = {one for one in (above, below) if one is not None}
    return bool(around) and around <= {*said(reload.again)}


def _said_at(control: Control) -> tuple[str, ...]:
    """What the row says that it lies in; without rows, what stands around it, and how it is called itself."""
    return control.row or (*control.neighbours, control.name)


def _tells_well(line: str) -> bool:
    """Whether it neither refuses what was done, nor says that it could not be done, is not, or is under way."""
    return not (refuses(line) or tells_own_trouble(line) or tells_work(line) or _NOT.match(plain(line)))
