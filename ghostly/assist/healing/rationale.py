"""Says in one sentence, for a person, why a control is taken for the lost one."""

from __future__ import annotations

from ghostly.assist.healing.kinds import kind
from ghostly.assist.healing.likeness import Likeness
from ghostly.domain.observation import Control

_LONG = 60
_ALIKE = 0.8
_KINDS = {"tick": "checkbox", "radio": "radio button", "select": "list", "password": "password field"}
_SAME = {
    "test_id": "same test id", "id": "same id", "name_attribute": "same name attribute", "href": "same address",
    "label": "same label", "placeholder": "same placeholder", "title": "same title", "alt": "same description",
    "options": "same options", "neighbours": "same neighbours", "classes": "same class",
    "path": "same surroundings",
}  # fmt: skip
_MOST = 3


def rationale(wanted: Control, selector: str, best: Likeness) -> str:
    """As in: The button 'Save' was renamed: 'Save changes' stands where it stood, same id, same neighbours."""
    same = [reason for name, reason in _SAME.items() if best.features.get(name, 0.0) >= _ALIKE][:_MOST]
    return f"{', '.join([_opening(wanted, selector, best), *same])}."


def _opening(wanted: Control, selector: str, best: Likeness) -> str:
    what, now = _KINDS.get(kind(best.control), kind(best.control)), _quoted(best.control.name)
    if not wanted.name:
        return f"Nothing matches {_quoted(selector)} any more: the {what} {now} is the only one like it"
    if best.features.get("name", 0.0) == 1.0:
        return f"{_quoted(selector)} was changed: the {what} {now} {_where(best, 'is where it was', 'has moved')}"
    return f"The {what} {_quoted(wanted.name)} was renamed: {now} {_where(best, 'stands where it stood', 'is it')}"


def _where(best: Likeness, there: str, elsewhere: str) -> str:
    return there if best.features.get("location", 0.0) >= _ALIKE else elsewhere


def _quoted(text: str) -> str:
    return f"'{text}'" if len(text) <= _LONG else f"'{text[:_LONG]}…'"
