"""Parts what was done into deeds, of which each must be proved by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ghostly.assist.pursuit.deeds import Deed, is_click, name_of, searches
from ghostly.assist.pursuit.news import said
from ghostly.assist.pursuit.reverting import Touched
from ghostly.assist.vocabulary import lasting
from ghostly.assist.vocabulary.folding import plain
from ghostly.domain.observation import Control, Observation
from ghostly.domain.steps import Check, Click, DoubleClick, Fill, Press, SelectOption, Uncheck

_ENTERS = (Fill, SelectOption, Check, Uncheck)


def deeds(past: Sequence[Touched], shown: Observation) -> Iterator[Deed]:
    """Each act that saves, with what led to it. What only opened what the next act is done to saves nothing."""
    begin, opened = 0, False
    for n, one in enumerate(past):
        later = past[n + 1] if n + 1 < len(past) else None
        sent = _is_sent(past, n, shown)
        is_last = later is None and isinstance(one.step, _ENTERS)
        saves = _saves(one) or is_last or (sent and (opened or _enters_by_key(past[: n + 1])))
        if not saves or (not sent and later is not None and _opens(one, later)):
            opened = opened or saves
            continue
        yield Deed(past[begin : n + 1], _known(past[: n + 1]), sent)
        begin, opened = n + 1, False
    yield from _left(past, begin, shown)


def _left(past: Sequence[Touched], begin: int, shown: Observation) -> Iterator[Deed]:
    """What was done after the last act that is known to save: whatever was sent, and what should have been."""
    sent = [n for n in range(begin, len(past)) if _is_sent(past, n, shown) and not _narrows(past[n])]
    if sent:
        yield Deed(past[begin : sent[-1] + 1], _known(past[: sent[-1] + 1]), was_taken=True)
    left = past[sent[-1] + 1 if sent else begin :]
    if any(_enters(one) or _finishes(one) for one in left):
        yield Deed(left, frozenset(said(shown)), was_taken=False)  # entered, and never saved


def _is_sent(past: Sequence[Touched], n: int, shown: Observation) -> bool:
    return (past[n + 1].taken if n + 1 < len(past) else shown.taken) > past[n].taken


def _known(past: Sequence[Touched]) -> frozenset[str]:
    return frozenset(line for each in past for line in each.before)


def _saves(one: Touched) -> bool:
    name = plain(name_of(one) or one.step.label or "")
    return isinstance(one.step, Click | DoubleClick) and (lasting.saves(name) or _is_switch(one.control))


def _enters_by_key(acts: Sequence[Touched]) -> bool:
    """Whether Enter sends what was typed just before."""
    if not isinstance(acts[-1].step, Press) or acts[-1].step.key != "Enter":
        return False
    return len(acts) > 1 and isinstance(acts[-2].step, Fill) and not searches(acts[-2])


def _is_switch(control: Control | None) -> bool:
    return control is not None and control.role == "switch"


def _opens(one: Touched, later: Touched) -> bool:
    return later.control is not None and bool(later.control.name) and later.control.name not in one.before


def _finishes(one: Touched) -> bool:
    return is_click(one) and lasting.finishes(plain(name_of(one) or one.step.label or ""))


def _enters(one: Touched) -> bool:
    return isinstance(one.step, _ENTERS) and not searches(one)


def _narrows(one: Touched) -> bool:
    return lasting.narrows(plain(name_of(one)))
