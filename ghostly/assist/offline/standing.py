"""Tells from what was done how far a goal is: the strategist remembers nothing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from ghostly.assist.brain import Done
from ghostly.assist.offline.addresses import absolute
from ghostly.assist.offline.instruction import Instruction
from ghostly.domain.steps import (
    AnyStep,
    Check,
    Click,
    DoubleClick,
    ExpectHidden,
    ExpectText,
    ExpectUrl,
    ExpectVisible,
    Fill,
    Goto,
    Hover,
    Press,
    Scroll,
    SelectOption,
    SetInputFiles,
    Snapshot,
    Uncheck,
    WaitForSelector,
)

_STEPS: dict[str, tuple[type, ...]] = {
    "visit": (Goto,), "go": (Click, Goto), "click": (Click,), "dblclick": (DoubleClick,), "hover": (Hover,),
    "check": (Check,),
    "uncheck": (Uncheck,), "fill": (Fill, SelectOption), "select": (SelectOption, Click, Check),
    "attach": (SetInputFiles,), "press": (Press,), "scroll": (Scroll,), "snapshot": (Snapshot,),
    "see": (ExpectText, ExpectVisible, WaitForSelector), "unseen": (ExpectHidden,), "address": (ExpectUrl,),
    "state": (ExpectVisible,), "holds": (ExpectText,),
}  # fmt: skip


class Standing(Struct, frozen=True):
    """How far a goal is: what is still to be done, and which steps were tried for the first of it in vain."""

    ahead: tuple[Instruction, ...]
    failed: tuple[AnyStep, ...]
    opened: bool = False


def needed(instructions: tuple[Instruction, ...], base_url: str) -> tuple[Instruction, ...]:
    """The instructions without a first one to open the page on which every run begins."""
    first = instructions[0] if instructions else None
    if first is None or first.verb != "visit" or first.how:
        return instructions
    address = absolute(first.value, base_url)
    return instructions[1:] if address.rstrip("/") == base_url.rstrip("/") else instructions


def stands(todo: tuple[Instruction, ...], done: Sequence[Done]) -> Standing:
    """How far the steps came that were done. What belongs to no instruction is passed over."""
    ours = {one.label for one in todo}
    behind, failed, opened = 0, [], False
    for each in done:
        if each.error is not None:
            failed.append(each.step)
        elif behind < len(todo) and _is_of(each.step, todo[behind], ours):
            behind, failed, opened = behind + 1, [], False
        elif behind < len(todo) and each.step.label == opening(todo[behind]):
            opened = True
    return Standing(todo[behind:], tuple(failed), opened)


def opening(one: Instruction) -> str:
    """The label of the step that only opens the list in which something is to be chosen."""
    return f"open {one.label}"[:256]


def _is_of(step: AnyStep, one: Instruction, ours: set[str]) -> bool:
    """Whether the step is what the instruction asked for: by our label, or, of others' plans, by what it does."""
    if step.label in ours:
        return step.label == one.label and not _differs(step, one)
    return step.label != opening(one) and isinstance(step, _STEPS[one.verb]) and not _differs(step, one)


def _differs(step: AnyStep, one: Instruction) -> bool:
    said = getattr(step, "value", None) if isinstance(step, Fill) else getattr(step, "key", None)
    return said is not None and said != one.value
