"""Tells what made a control the right one for a step, so that nothing is used that merely took its place."""

from __future__ import annotations

from collections import Counter

from msgspec.structs import replace

from ghostly.assist.vocabulary.folding import plain
from ghostly.domain.observation import Control, Observation
from ghostly.domain.redaction import MASK
from ghostly.domain.steps import AnyStep

_MOST_TEXTS = 3


def aimed(step: AnyStep, seen: Observation) -> Control | None:
    """The control that the step is for on this page; None where its selector says by itself which one that is.

    ``row`` is only what no other row says, if there is such.
    """
    selector = getattr(step, "selector", None)
    found = next((each for each in seen.controls if each.selector == selector), None)
    return None if found is None else known_by(found, seen)


def known_by(control: Control, seen: Observation) -> Control | None:
    """The same, of a control that may have been seen elsewhere; what is secret cannot be looked for."""
    rows = {each.row_selector or each.selector: each.row for each in seen.controls if _is_like(each, control)}
    said = Counter(text for row in rows.values() for text in row)
    sayable = tuple(text for text in control.row if MASK not in text)
    telling = tuple(text for text in sayable if said[text] <= 1) or sayable
    return replace(control, row=telling[:_MOST_TEXTS]) if telling or is_by_place(control.selector) else None


def is_by_place(selector: str) -> bool:
    """Whether it finds whatever stands at that place."""
    return ":nth-of-type(" in selector or ">> nth=" in selector


def is_another(control: Control, seen: Observation) -> bool:
    """Whether the page shows something else now where the control stood."""
    there = next((each for each in seen.controls if each.selector == control.selector), None)
    return there is not None and is_by_place(control.selector) and not _is_like(there, control)


def _is_like(one: Control, other: Control) -> bool:
    return one.role == other.role and plain(one.name) == plain(other.name)
