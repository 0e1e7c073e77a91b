"""Which field the application keeps as it is, whatever the test would do about it: in doubt it does not."""

from __future__ import annotations

import re

from ghostly.assist.offline.judging.grounds import Grounds
from ghostly.assist.vocabulary.controls import is_kept, is_picked, unlocks
from ghostly.assist.vocabulary.folding import plain
from ghostly.domain.observation import Control
from ghostly.domain.steps import Check, Fill, SelectOption, SetInputFiles, Uncheck

_ENTERS = (Fill, SelectOption, Check, Uncheck, SetInputFiles)
_TOGGLES = {"checkbox", "radio", "switch", "menuitemcheckbox", "menuitemradio", "tab"}
_CHOICES = {"combobox", "listbox"}
_LIKE_A_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{1,2}:\d{2}")


def locked(grounds: Grounds) -> Control | None:
    """The field that the last step could not enter anything into, if nothing on the page would open it.

    It never was open, and holds what the application gave it; or the page says beside it that it is not changed.
    A heal on the way, or anything that was not tried and may open it, leaves it in doubt.
    """
    step = grounds.failure.step if grounds.failure else None
    if not isinstance(step, _ENTERS) or any(one.healed for one in grounds.passed):
        return None
    field = next((one for one in grounds.seen.controls if one.selector == step.selector), None)
    if field is None or field.selector in grounds.dossier.once_enabled or _holds(field, step):
        return None
    touched = {getattr(one.step, "selector", None) for one in grounds.dossier.done}
    others = [one for one in grounds.seen.controls if one.visible and one.enabled and one.selector not in touched]
    if (field.enabled and _may_be_picked(field)) or grounds.hiding_place or any(map(_unlocks, others)):
        return None
    is_given = (bool(field.value) or bool(field.checked)) and not any(map(_may_open, others))
    return field if is_given or _is_said(field) else None


def _holds(field: Control, step: object) -> bool:
    """Whether it is already as the step would have it, so that nothing is asked for that cannot be."""
    return (isinstance(step, Fill | SelectOption) and field.value == step.value) or (
        isinstance(step, Check | Uncheck) and field.checked == isinstance(step, Check)
    )


def _may_be_picked(field: Control) -> bool:
    """Whether a field that is only read may be filled otherwise, as from a calendar or a list."""
    told = plain(" ".join((field.name, field.placeholder, field.classes, field.id, field.type)))
    return field.role not in {"textbox", "spinbutton"} or bool(
        field.placeholder or is_picked(told) or _LIKE_A_DATE.search(field.value)
    )


def _unlocks(control: Control) -> bool:
    """A button or link that lets edit, or of which nobody can tell what it does."""
    if control.role not in {"button", "link", "menuitem", "generic"}:
        return False
    return unlocks(plain(control.name))


def _may_open(control: Control) -> bool:
    """A choice that was not made: other fields may depend on it."""
    return control.role in _TOGGLES | _CHOICES


def _is_said(field: Control) -> bool:
    return any(is_kept(plain(text)) for text in (*field.neighbours, field.title))
