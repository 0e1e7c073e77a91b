"""A deed: what was entered or chosen, up to the act that saves it, and what of it must be found again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from ghostly.assist.pursuit.reverting import Touched, same, state
from ghostly.assist.vocabulary import lasting
from ghostly.assist.vocabulary.folding import plain
from ghostly.domain.observation import Control, Observation
from ghostly.domain.steps import Check, Click, DoubleClick, Fill, SelectOption, Uncheck

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
    def signs_in(self) -> bool:
        """Whether a password was typed on the way: then a page that greets somebody by name has kept nothing."""
        return any(one.control is not None and one.control.type == "password" for one in self.acts)

    @property
    def numbers(self) -> set[str]:
        """Those in the names of what was clicked on the way, such as a day or an hour."""
        return {number for one in self.acts[:-1] if is_click(one) for number in _NUMBER.findall(name_of(one))}

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


def _sets(one: Touched) -> bool:
    if isinstance(one.step, Check | Uncheck | SelectOption):
        return True
    return isinstance(one.step, Click) and one.control is not None and one.control.checked is not None


def _value(one: Touched) -> str:
    step, control = one.step, one.control
    if isinstance(step, Fill):
        return "" if step.secret or step.value.startswith("$") or searches(one) else step.value.strip()
    return name_of(one) if is_click(one) and control is not None and control.role in _PICKED else ""


def is_click(one: Touched) -> bool:
    """Whether it is a click, and not on what is ticked by it."""
    return isinstance(one.step, Click | DoubleClick) and not (one.control and one.control.checked is not None)


def name_of(one: Touched) -> str:
    """How that is called which it was done to; nothing if that was not seen."""
    return one.control.name if one.control else ""


def searches(one: Touched) -> bool:
    """Whether it was done to what is searched or narrowed with."""
    control = one.control
    return control is not None and (
        control.role == "searchbox" or control.type == "search" or lasting.narrows(plain(control.name))
    )
