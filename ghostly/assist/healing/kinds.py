"""Which kinds of controls there are, and which of them a step can be done with at all."""

from __future__ import annotations

from ghostly.domain.observation import Control
from ghostly.domain.steps import (
    AnyStep,
    Check,
    Click,
    DoubleClick,
    Fill,
    Hover,
    Press,
    Scroll,
    SelectOption,
    SetInputFiles,
    Uncheck,
    WaitForSelector,
)

_FIELDS = frozenset({"textbox", "searchbox", "spinbutton", "field"})
_LISTS = frozenset({"combobox", "listbox"})  # a native list or a field, as its tag says
_KINDS = {"checkbox": "tick", "switch": "tick", "menuitemcheckbox": "tick", "menuitemradio": "radio"}
_TYPES = {"submit": "button", "button": "button", "reset": "button", "image": "button", "checkbox": "tick"} | {
    kind: kind for kind in ("radio", "file", "range", "color", "password")
}
_TAGS = {"button": "button", "a": "link", "select": "select", "textarea": "field"}
_TAGS |= {"summary": "button"}
_BY_STEP: dict[type, frozenset[str]] = {
    Fill: frozenset({"field", "password", "range", "color"}),
    Check: frozenset({"tick", "radio"}),
    Uncheck: frozenset({"tick"}),
    SelectOption: frozenset({"select"}),
    SetInputFiles: frozenset({"file"}),
}


def kind(control: Control) -> str:
    """What a person would call a control of its kind: button, link, field, tick, radio, select …; empty: unknown.

    A link and a button are two kinds, whatever they look like; a password's field is a kind of its own, because
    what is typed into any other is to be seen.
    """
    if control.tag == "select":
        return "select"
    if control.tag == "input" and control.type in _TYPES:
        return _KINDS.get(control.role, _TYPES[control.type])
    if control.role in _FIELDS or (control.role == "combobox" and control.tag in {"input", "textarea"}):
        return "field"
    if control.role in _LISTS and not control.tag:
        return ""
    return _KINDS.get(control.role, control.role) or _TAGS.get(control.tag, "")


def fits(step: AnyStep, control: Control) -> bool:
    """Whether the step can be done with a control of this kind."""
    allowed = _BY_STEP.get(type(step))
    return allowed is None or kind(control) in allowed


def target(step: AnyStep) -> str | None:
    """The selector of what the step acts on. What only looks is evidence, and evidence is not repaired."""
    match step:
        case WaitForSelector(state="attached" | "visible"):
            return step.selector
        case Fill() | Check() | Uncheck() | SelectOption() | SetInputFiles() | Click() | DoubleClick() | Hover():
            return step.selector
        case Press() | Scroll():
            return step.selector
    return None
