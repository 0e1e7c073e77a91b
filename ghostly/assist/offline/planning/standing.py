"""Tells from what was done how far a goal is: the strategist remembers nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from ghostly.assist.brain import Done
from ghostly.assist.goals.addresses import absolute
from ghostly.assist.goals.expected import expect
from ghostly.assist.goals.instruction import EXPECTATIONS, Instruction
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

_ORIGIN = re.compile(r"\w+://[^/?#]*")
_STEPS: dict[str, tuple[type, ...]] = {
    "visit": (Goto,), "go": (Click, Goto), "click": (Click,), "dblclick": (DoubleClick,), "hover": (Hover,),
    "check": (Check,),
    "uncheck": (Uncheck,), "fill": (Fill, SelectOption), "select": (SelectOption, Click, Check),
    "attach": (SetInputFiles,), "press": (Press,), "scroll": (Scroll,), "snapshot": (Snapshot,),
    "see": (ExpectText, ExpectVisible, WaitForSelector), "unseen": (ExpectHidden, WaitForSelector),
    "address": (ExpectUrl,), "state": (ExpectVisible, WaitForSelector), "holds": (ExpectText,),
    "reads": (ExpectVisible, WaitForSelector), "do": (Click,), "make": (Click, Press),
}  # fmt: skip


class Standing(Struct, frozen=True):
    """How far a goal is: what is still to be done, and which steps were tried for the first of it in vain.

    ``unseen`` is what should have been seen on the way, and nobody looked for before they went on.
    """

    ahead: tuple[Instruction, ...]
    failed: tuple[AnyStep, ...]
    opened: bool = False
    unseen: tuple[Instruction, ...] = ()


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
    unseen: tuple[Instruction, ...] = ()
    for number, each in enumerate(done):
        if each.error is not None:
            failed.append(each.step)
        elif (settled := _settled(done[number:], todo[behind:], ours)) is not None:
            unseen += todo[behind : behind + settled]
            behind, failed, opened = behind + settled + 1, [], False
        elif behind < len(todo) and each.step.label == opening(todo[behind]):
            opened = True
    return Standing(todo[behind:], tuple(failed), opened, unseen)


def _settled(done: Sequence[Done], ahead: tuple[Instruction, ...], ours: set[str]) -> int | None:
    """Which of what is ahead the first step settles: the next, or the act behind looks that nobody takes."""
    step, later = done[0].step, [each.step for each in done[1:] if each.error is None]
    looks = tuple(takewhile(lambda one: one.verb in EXPECTATIONS, ahead))
    if ahead and _is_of(step, ahead[0], ours):
        return 0
    if not 0 < len(looks) < len(ahead) or not _is_of(step, ahead[len(looks)], ours):
        return None
    return None if any(_is_of(each, one, ours) for each in later for one in looks) else len(looks)


def opening(one: Instruction) -> str:
    """The label of the step that only opens the list in which something is to be chosen."""
    return f"open {one.label}"[:256]


def _is_of(step: AnyStep, one: Instruction, ours: set[str]) -> bool:
    """Whether the step is what the instruction asked for: by our label, or, of others' plans, by what it does."""
    if step.label in ours and step.label != one.label:
        return False
    if one.verb in EXPECTATIONS:
        return _is_look_for(step, one)
    if step.label == one.label:
        return not _differs(step, one)
    return step.label != opening(one) and isinstance(step, _STEPS[one.verb]) and not _differs(step, one)


def _is_look_for(step: AnyStep, one: Instruction) -> bool:
    """Whether it looks for just that, or for no less: whoever saw 'Welcome' has not seen 'Error'."""
    if one.verb == "holds":
        return isinstance(step, ExpectText) and step.selector is not None and step.text == one.value
    wanted = expect(one) if isinstance(step, _STEPS[one.verb]) else None
    if wanted is None:
        return False
    return replace(step, label=None, timeout_ms=None) in [replace(wanted, label=None), *_waits(wanted)]


def _waits(wanted: AnyStep) -> list[AnyStep]:
    """What waits for it in other words; ``text=`` without quotation marks would find "No errors" for "Error"."""
    match wanted:
        case ExpectText(text=text):
            return [WaitForSelector(selector=f"text={mark}{text}{mark}") for mark in "\"'" if mark not in text]
        case ExpectVisible(selector=selector):
            return [WaitForSelector(selector=selector)]
        case ExpectHidden(selector=selector):
            return [WaitForSelector(selector=selector, state="hidden")]
    return []


def _differs(step: AnyStep, one: Instruction) -> bool:
    """Whether what it types, presses, opens or uploads is not what was said."""
    match step:
        case Press() if one.verb == "make":
            return False
        case Fill(value=said) | Press(key=said):
            return said != one.value
        case SetInputFiles(files=files):
            return set(files) != set(one.values)
        case Goto(url=url):
            return step.label != one.label and not _leads(url, one.value)
    return False


def _leads(url: str, value: str) -> bool:
    """Whether the address is the one that was named, but for the origin, which a run does not leave."""
    try:
        place, named = (_ORIGIN.sub("", each).rstrip("/") for each in (url, absolute(value, url)))
    except ValueError:
        return False
    return place == named
