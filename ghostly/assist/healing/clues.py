"""Says what is known of a lost control."""

from __future__ import annotations

from msgspec.structs import fields, replace

from ghostly.assist.healing.selectors import Part, parts
from ghostly.domain.observation import Control

_FIELD_TYPES = {"checkbox": "checkbox", "radio": "radio", "number": "spinbutton", "range": "slider"}
_ROLES = {"button": "button", "a": "link", "select": "combobox", "textarea": "textbox", "summary": "button"}
_BUTTONS = frozenset({"submit", "button", "reset", "image"})


def clues(selector: str) -> Control:
    """A control of which only that is filled in which the selector itself says; the rest is empty."""
    *outer, part = parts(selector) or [Part()]
    told = part.attributes
    return Control(
        selector=selector,
        tag=part.tag,
        role=part.role or _role(part),
        name=told.get("aria-label", "") or part.text,
        text=part.text,
        type=told.get("type", ""),
        id=told.get("id", ""),
        name_attribute=told.get("name", ""),
        test_id=part.test_id,
        classes=" ".join((*part.classes, *told.get("class", "").split())),
        placeholder=told.get("placeholder", ""),
        title=told.get("title", ""),
        alt=told.get("alt", ""),
        href=told.get("href", ""),
        neighbours=tuple(each.text for each in outer if each.text),
    )


def known(selector: str, fingerprint: Control | None) -> Control:
    """Everything known: what the control looked like when it last worked, and what the selector adds to that."""
    told = clues(selector)
    if fingerprint is None:
        return told
    empty = [field.name for field in fields(Control) if not getattr(fingerprint, field.name)]
    added = {name: getattr(told, name) for name in empty if name in {"role", "tag", "type", "test_id", "id"}}
    return replace(fingerprint, **added)


def _role(part: Part) -> str:
    if part.tag == "input":
        kind = part.attributes.get("type", "")
        return "button" if kind in _BUTTONS else _FIELD_TYPES.get(kind, "textbox" if kind else "")
    return _ROLES.get(part.tag, "")
