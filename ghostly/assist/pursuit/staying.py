"""Finds what was done in what a page shows after a reload, where the message that told of it at once is gone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ghostly.assist.goals import implies_deleting
from ghostly.assist.goals.instruction import EXPECTATIONS
from ghostly.assist.goals.language import understand
from ghostly.assist.pursuit.changing import Reload, changed, deleted, new_lines
from ghostly.assist.pursuit.counting import counter
from ghostly.assist.pursuit.deeds import Deed
from ghostly.assist.pursuit.news import lines_of
from ghostly.assist.pursuit.parting import deeds
from ghostly.assist.pursuit.reverting import Touched, same
from ghostly.assist.pursuit.victory import says
from ghostly.assist.pursuit.wording import named, within, words_of
from ghostly.domain.observation import Observation

_NUMBER = re.compile(r"\d+")
_MOST_NEW = 8  # lines of a page that was seen before: more is another view, of which nobody knows what was there
_SHORTEST = 3


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


def typed_stays(past: Sequence[Touched], shown: Observation, again: Observation) -> bool:
    """Whether nothing was done but to type and to save it, and all of it is there that was not before.

    What nobody took is shown elsewhere than in a field: a draft stays in there by itself.
    """
    found = list(deeds(past, shown))
    return bool(found) and all(_is_typed(deed, again) for deed in found)


def _is_typed(deed: Deed, again: Observation) -> bool:
    places = [again.text, again.written, *(one.value for one in again.controls if deed.was_taken)]
    is_more = deed.signs_in or deed.settings or deed.numbers or len(deed.typed) != len(deed.values)
    if is_more or not deed.typed:
        return False
    return all(
        len(value) >= _SHORTEST and not _was_there(one, value) and any(says(place, value) for place in places)
        for one, value in deed.typed
    )


def _was_there(typed: Touched, value: str) -> bool:
    return says("\n".join(typed.before), value) or (typed.control is not None and typed.control.value == value)


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
    if proving := [told for one, told in zip(deed.settings, settings, strict=True) if deed.is_about(one)]:
        return proving[-1]
    return counter(deed, reload.shown, reload.again) or changed(deed, reload) or deleted(deed, reload)


def _held(deed: Deed, again: Observation) -> str | None:
    """The field that still holds what was typed there, where all fields do, and did not before."""
    typed = ((value, one.control) for one, value in deed.typed)
    fields = [(value, old, same(old, again)) for value, old in typed if old]
    is_held = all(now is not None and now.value == value != old.value for value, old, now in fields)
    return f"'{fields[-1][0]}'" if is_held and len(fields) == len(deed.values) > 0 else None


def _entry(deed: Deed, reload: Reload) -> str | None:
    """The new line that holds all that was entered, on a page that is otherwise known."""
    if not _is_known(deed, reload.again):
        return None
    wanted, numbers = [words_of(value) for value in deed.values], deed.numbers & reload.numbers
    for line in new_lines(deed, reload):
        words = words_of(line)
        holds = numbers <= set(words) and all(within(each, words) for each in wanted)
        if holds and (deed.is_specific or numbers or named(line, reload.names)):
            return f"'{line}'"
    return None


def _is_known(deed: Deed, again: Observation) -> bool:
    return len(set(lines_of(again)) - set(deed.known)) <= _MOST_NEW


def _names(goal: str) -> tuple[str, ...]:
    """What the goal's acts are about."""
    acts = (one for one in understand(goal).instructions if one.verb not in EXPECTATIONS)
    parts = ((one.target.near, one.target.name, *one.values) for one in acts if one.target)
    return tuple(dict.fromkeys(name for each in parts for name in each if len(name) >= _SHORTEST))


def _bare(url: str) -> str:
    return url.partition("#")[0]
