"""Gives a combobox its value: what is typed there finds the options, and only the one that is chosen counts."""

from __future__ import annotations

from ghostly.assist.brain import Situation
from ghostly.assist.goals.instruction import Instruction
from ghostly.assist.offline.planning.listing import shown
from ghostly.assist.offline.planning.resolving import Resolution, is_for_search, resolve
from ghostly.assist.offline.planning.standing import opening
from ghostly.domain.observation import Control, Observation
from ghostly.domain.steps import AnyStep, Click, Fill


def combobox(one: Instruction, seen: Observation) -> Control | None:
    """The combobox that is to be given a value; not one for a search, nor one that merely suggests some."""
    if one.verb != "fill" or one.target is None or not one.value:
        return None
    box = resolve(one.verb, one.target, seen).control
    is_box = box is not None and box.role == "combobox" and box.tag == "input" and not box.options
    return box if box and is_box and not is_for_search(box) else None


def offered(one: Instruction, box: Control, seen: Observation) -> Resolution:
    """The option that is open and called so; the box, as long as its list is closed; else nobody."""
    found = shown(one, seen)
    if found.control is not None or found.rivals or _is_open(box, seen):
        return found
    return Resolution(box)


def offering(one: Instruction, box: Control, situation: Situation) -> AnyStep | None:
    """Type it, then choose what was found; type it once more, as a text of its own, where no list has opened."""
    found = offered(one, box, situation.observation)
    typed = any(
        isinstance(each.step, Fill) and each.error is None and each.step.label == opening(one)
        for each in situation.done
    )
    if found.control is not None and found.control is not box:
        return Click(selector=found.control.selector, label=one.label)
    if not typed:
        return Fill(selector=box.selector, value=one.value, label=opening(one))
    return Fill(selector=box.selector, value=one.value, label=one.label) if found.control is box else None


def _is_open(box: Control, seen: Observation) -> bool:
    told = (line for line in seen.tree.splitlines() if line.lstrip().startswith(f'- combobox "{box.name}"'))
    return any("[expanded]" in line for line in told)
