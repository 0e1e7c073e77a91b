"""Parts what was done into deeds: what was entered or chosen, up to the act that saves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ghostly.assist.pursuit.news import said
from ghostly.assist.pursuit.reverting import Touched, same, state
from ghostly.assist.vocabulary import lasting
from ghostly.assist.vocabulary.folding import plain
from ghostly.domain.observation import Control, Observation
from ghostly.domain.steps import Check, Click, DoubleClick, Fill, Press, SelectOption, Uncheck

_ENTERS = (Fill, SelectOption, Check, Uncheck)
_PICKED = frozenset({"option", "menuitemradio", "treeitem", "gridcell"})
_NUMBER = re.compile(r"\d+")
_MOST_DIGITS = 2


class Setting(Struct, frozen=True):
    """A control that keeps what it is set to, and how it was before."""

    control: Control

    def told(self, shown: Observation, again: Observation) -> str | None:
        """That it is as it was set, in a few words; None if it is not, or was not set at all."""
        before, now = same(self.control, shown), same(self.control, again)
        if before is None or now is None or state(before) == state(self.control) or state(now) != state(before):
            return None
        return f"'{now.name}' as it was set"


class Deed(Struct, frozen=True):
    """What belongs together, and what the page ever said until then; ``was_taken``: its site took something."""

    acts: Sequence[Touched]
    known: frozenset[str]
    was_taken: bool

    @property
    def before(self) -> tuple[str, ...]:
        """What the page said before the act that saves."""
        return self.acts[-1].before

    @property
    def control(self) -> Control | None:
        """What saves it."""
        return self.acts[-1].control

    @property
    def settings(self) -> list[Setting]:
        """What was ticked, cleared or chosen of a list that shows what it holds."""
        return [Setting(one.control) for one in self.acts if one.control is not None and _sets(one)]

    def is_about(self, setting: Setting) -> bool:
        """Whether that is kept because of this deed: an order or a view may stay whatever else is done."""
        name, saved_by = plain(setting.control.name), plain(self.control.name) if self.control else ""
        is_view = lasting.narrows(name) or lasting.is_look(name)
        return not is_view or setting.control is self.control or lasting.keeps(saved_by)

    @property
    def values(self) -> list[str]:
        """What was typed or picked, and must be found again; not what was searched for."""
        return [value for one in self.acts if (value := _value(one))]

    @property
    def typed(self) -> list[tuple[Touched, str]]:
        """What was typed, and how that was done."""
        return [(one, value) for one in self.acts if isinstance(one.step, Fill) and (value := _value(one))]

    @property
    def numbers(self) -> set[str]:
        """Those in the names of what was clicked on the way, such as a day or an hour."""
        return {number for one in self.acts[:-1] if _is_click(one) for number in _NUMBER.findall(_name(one))}

    @property
    def is_count(self) -> bool:
        """Whether all that was entered is how many."""
        return bool(self.values) and all(one.isdigit() and len(one) <= _MOST_DIGITS for one in self.values)

    @property
    def amount(self) -> int:
        """How many."""
        return int(self.values[-1]) if self.is_count else 1

    @property
    def is_specific(self) -> bool:
        """Whether no other entry is likely to say the same by chance."""
        return len(self.values) > 1 or any(isinstance(one.step, Fill) and _value(one) for one in self.acts)


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
    name = plain(_name(one) or one.step.label or "")
    return isinstance(one.step, Click | DoubleClick) and (lasting.saves(name) or _is_switch(one.control))


def _enters_by_key(acts: Sequence[Touched]) -> bool:
    """Whether Enter sends what was typed just before."""
    if not isinstance(acts[-1].step, Press) or acts[-1].step.key != "Enter":
        return False
    return len(acts) > 1 and isinstance(acts[-2].step, Fill) and not _searches(acts[-2])


def _is_switch(control: Control | None) -> bool:
    return control is not None and control.role == "switch"


def _opens(one: Touched, later: Touched) -> bool:
    return later.control is not None and bool(later.control.name) and later.control.name not in one.before


def _finishes(one: Touched) -> bool:
    return _is_click(one) and lasting.finishes(plain(_name(one) or one.step.label or ""))


def _enters(one: Touched) -> bool:
    return isinstance(one.step, _ENTERS) and not _searches(one)


def _narrows(one: Touched) -> bool:
    return lasting.narrows(plain(_name(one)))


def _sets(one: Touched) -> bool:
    if isinstance(one.step, Check | Uncheck | SelectOption):
        return True
    return isinstance(one.step, Click) and one.control is not None and one.control.checked is not None


def _value(one: Touched) -> str:
    step, control = one.step, one.control
    if isinstance(step, Fill):
        return "" if step.secret or step.value.startswith("$") or _searches(one) else step.value.strip()
    return _name(one) if _is_click(one) and control is not None and control.role in _PICKED else ""


def _is_click(one: Touched) -> bool:
    return isinstance(one.step, Click | DoubleClick) and not (one.control and one.control.checked is not None)


def _name(one: Touched) -> str:
    return one.control.name if one.control else ""


def _searches(one: Touched) -> bool:
    control = one.control
    return control is not None and (
        control.role == "searchbox" or control.type == "search" or lasting.narrows(plain(control.name))
    )
