"""Turns one instruction into the step that carries it out on the page as it is now."""

from __future__ import annotations

from collections.abc import Callable

from ghostly.assist.brain import Situation
from ghostly.assist.goals.addresses import absolute, is_home
from ghostly.assist.goals.expected import expect
from ghostly.assist.goals.instruction import EXPECTATIONS, Instruction
from ghostly.assist.offline.planning.doing import doer
from ghostly.assist.offline.planning.listing import lists
from ghostly.assist.offline.planning.making import making
from ghostly.assist.offline.planning.otherwise import otherwise
from ghostly.assist.offline.planning.resolving import Resolution, can_choose, resolve
from ghostly.assist.offline.planning.standing import Standing, opening
from ghostly.domain.observation import Control, Observation
from ghostly.domain.steps import (
    AnyStep,
    Check,
    Click,
    DoubleClick,
    ExpectText,
    Fill,
    Goto,
    Hover,
    Press,
    Scroll,
    SelectOption,
    SetInputFiles,
    Snapshot,
    Uncheck,
    is_telltale,
)

_FAR = 1_000_000
_SCREEN = 600
_SCROLLS = {"end": _FAR, "start": -_FAR, "down": _SCREEN, "up": -_SCREEN}
_Pointed = type[Click] | type[DoubleClick] | type[Hover] | type[Check] | type[Uncheck]
_POINTED: dict[str, _Pointed] = {
    "click": Click,
    "go": Click,
    "do": Click,
    "dblclick": DoubleClick,
    "hover": Hover,
    "check": Check,
    "uncheck": Uncheck,
}
_CLICKED = frozenset({"button", "link", "menuitem", "generic"})
"""What is clicked where a goal asks to enable something, and a button of that name does it."""
_CHOSEN = frozenset({"option", "radio", "menuitemradio", "button", "tab", "link", "listbox"})
NEEDS_NO_CONTROL = EXPECTATIONS - {"holds"} | {"visit", "snapshot"}


def meant(one: Instruction, seen: Observation) -> Resolution:
    """The control that an instruction is about; nothing for one that needs none."""
    if one.verb == "select":
        found = lists(one, seen)
        return found if found.control is not None or found.rivals else otherwise(one, seen)
    if one.target is None or one.verb in NEEDS_NO_CONTROL:
        return Resolution()
    if one.verb in {"do", "make"}:
        return doer(one.target, seen)
    found = resolve(one.verb, one.target, seen)
    if found.control is not None or found.rivals:
        return found
    return otherwise(one, seen)


def step_for(one: Instruction, situation: Situation, standing: Standing) -> AnyStep | None:
    """The step, or None where its control is not there or two are equally good."""
    if one.verb in EXPECTATIONS and one.verb != "holds":
        return expect(one)
    match one.verb:
        case "visit":
            return _visit(one, situation)
        case "snapshot":
            return Snapshot(label=one.label)
        case "scroll" if one.how:
            return Scroll(y=_SCROLLS[one.how], label=one.label)
        case "press" if one.target is None:
            return Press(key=one.value, label=one.label)
    return making(one, situation) if one.verb == "make" else _used(one, situation, standing)


def _used(one: Instruction, situation: Situation, standing: Standing) -> AnyStep | None:
    control = meant(one, situation.observation).control
    return None if control is None else _on(control, one, standing)


def _visit(one: Instruction, situation: Situation) -> AnyStep | None:
    address = situation.observation.url if one.how == "again" else absolute(one.value, situation.base_url)
    return Goto(url=address, label=one.label) if is_home(address, situation.base_url) else None


def _on(control: Control, one: Instruction, standing: Standing) -> AnyStep | None:
    """What is to be done with the control."""
    found, label = control.selector, one.label
    if one.verb == "do" and control.role == "checkbox" and control.checked:
        return Check(selector=found, label=label)  # who accepts what is accepted does not take it back
    if one.verb in _POINTED and control.role in _CLICKED and one.verb in {"check", "uncheck"}:
        return Click(selector=found, label=label)
    if one.verb in _POINTED:
        return _POINTED[one.verb](selector=found, label=label)
    if one.verb in {"fill", "select"}:
        return _given(control, one, standing)
    others: dict[str, Callable[[], AnyStep]] = {
        "attach": lambda: SetInputFiles(selector=found, files=list(one.values), label=label),
        "press": lambda: Press(key=one.value, selector=found, label=label),
        "holds": lambda: ExpectText(text=one.value, selector=found, label=label),
        "scroll": lambda: Scroll(selector=found, label=label),
    }
    return others[one.verb]()


def _given(control: Control, one: Instruction, standing: Standing) -> AnyStep | None:
    """How the control is given a value: typed, or chosen."""
    found, label = control.selector, one.label
    if control.tag == "select":
        return SelectOption(selector=found, value=can_choose(control, one.value) or one.value, label=label)
    if one.verb == "select" or control.role in _CHOSEN:
        return _choose(control, one, standing)
    secret = control.type == "password" or is_telltale(found) or is_telltale(label)
    return Fill(selector=found, value=one.value, secret=secret, label=label)


def _choose(control: Control, one: Instruction, standing: Standing) -> AnyStep | None:
    """A list that is no native one is opened first, once; what then stands in it is clicked."""
    if control.role in {"radio", "menuitemradio", "checkbox"}:
        return Check(selector=control.selector, label=one.label)
    if control.role not in {"combobox", "listbox", "button"}:
        return Click(selector=control.selector, label=one.label)
    return None if standing.opened else Click(selector=control.selector, label=opening(one))
