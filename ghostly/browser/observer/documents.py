"""A page's documents as one: what its frames show stands where they stand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace
from playwright.async_api import Error, Frame, Locator

from ghostly.browser.observer.script import (
    CONCEALED_IN_DOCUMENT,
    OF_ELEMENT,
    OF_FIRST,
    Holder,
    Shown,
    in_its_world,
)
from ghostly.domain.observation import Concealed, Control

_FRAME_S = 1.0
_MOST_FRAMES = 20
_MOST_CONTROLS = 1_000
_MOST_CONCEALED = 200
_WALK_MS = 500
_FIELDS = frozenset(Control.__struct_fields__)
UNREADABLE = (Error, TimeoutError, msgspec.MsgspecError, TypeError)  # what a page can make of a look at it


Look = Callable[[Frame, dict[str, Any]], Awaitable[str]]
"""What the frame's document answers to what it is asked; raises Playwright's ``Error`` if it cannot."""


class Inner(NamedTuple):
    """What a frame shows, and the element that holds it."""

    holder: Holder
    shown: Shown


async def see(frame: Frame, nodes: int, look: Look = in_its_world) -> Shown:
    """What the document and the frames in it show; raises one of ``UNREADABLE`` where it cannot be looked at."""
    framed = frame.parent_frame is not None
    told = await look(frame, _asked("everything", nodes=nodes, framed=framed))
    shown = msgspec.json.decode(told, type=Shown)
    if not shown.frames:
        return shown
    left = nodes - len(shown.lines)
    inner = await asyncio.gather(
        *(_inside(child, shown.frames, left) for child in frame.child_frames[:_MOST_FRAMES])
    )
    return _joined(shown, [each for each in inner if each], nodes)


async def concealed(frame: Frame) -> list[Concealed]:
    """What is in the document and not shown; nothing of one that cannot be looked at."""
    with suppress(*UNREADABLE):
        async with asyncio.timeout(_FRAME_S):
            told = await frame.evaluate(CONCEALED_IN_DOCUMENT, _MOST_CONCEALED)
            return msgspec.json.decode(told, type=list[Concealed])
    return []


async def see_one(locator: Locator, limit: float) -> Control | None:
    """How the element looks, in whichever frame; raises one of ``UNREADABLE`` if it has not come within the limit.

    One that is there is told of even if the page is busy for a second. None: none is there, and the limit is 0.
    """
    asked = _asked("control", framed=False)
    told = await _see_now(locator, asked)
    if told is None and limit:
        told = msgspec.json.decode(await locator.evaluate(OF_ELEMENT, asked, timeout=limit), type=dict[str, Any])
    return await _in_its_frames(told, locator, max(limit, 1)) if told else None


async def _see_now(locator: Locator, asked: dict[str, Any]) -> dict[str, Any] | None:
    with suppress(Error, TimeoutError):
        async with asyncio.timeout(_FRAME_S):
            return msgspec.json.decode(await locator.evaluate_all(OF_FIRST, asked), type=dict[str, Any] | None)
    return None


async def _in_its_frames(told: dict[str, Any], locator: Locator, limit: float) -> Control:
    control = msgspec.convert({key: told[key] for key in told.keys() & _FIELDS}, Control)
    if not told["framed"]:
        return control
    owner = await (await locator.element_handle(timeout=limit)).owner_frame()
    while owner is not None and owner.parent_frame is not None:
        control = replace(control, selector=_entered(await _selector_of(owner), control.selector))
        owner = owner.parent_frame
    return control


async def _inside(frame: Frame, holders: list[Holder], nodes: int) -> Inner | None:
    try:
        async with asyncio.timeout(_FRAME_S):
            selector = await _selector_of(frame)
            holder = next((each for each in holders if each.selector == selector), None)
            return Inner(holder, await see(frame, nodes)) if holder else None
    except UNREADABLE:
        return None  # it went away, or hangs: the rest of the page can be seen all the same


async def _selector_of(frame: Frame) -> str:
    holder = await frame.frame_element()
    return str(msgspec.json.decode(await holder.evaluate(OF_ELEMENT, _asked("selector"))))


def _asked(what: str, *, nodes: int = 0, framed: bool = False) -> dict[str, Any]:
    bounds = {"nodes": nodes, "controls": _MOST_CONTROLS, "milliseconds": _WALK_MS}
    return {"what": what, "framed": framed} | bounds


def _joined(shown: Shown, inner: Iterable[Inner], nodes: int) -> Shown:
    lines = list(shown.lines)
    for holder, within in sorted(inner, key=lambda each: -each.holder.line):
        if holder.line >= 0:
            indent = " " * (len(lines[holder.line]) - len(lines[holder.line].lstrip()) + 2)
            lines[holder.line + 1 : holder.line + 1] = [indent + line for line in within.lines]
    return replace(
        shown,
        lines=lines[:nodes],
        controls=shown.controls + [_moved(each, one.holder) for one in inner for each in one.shown.controls],
        dialogs=shown.dialogs + [text for one in inner for text in one.shown.dialogs],
        alerts=shown.alerts + [text for one in inner for text in one.shown.alerts],
        text="\n".join(filter(None, [shown.text, *(one.shown.text for one in inner)])),
        written="\n".join(filter(None, [shown.written, *(one.shown.written for one in inner)])),
    )


def _moved(control: Control, holder: Holder) -> Control:
    box = control.box and replace(control.box, x=control.box.x + holder.x, y=control.box.y + holder.y)
    selector = _entered(holder.selector, control.selector)
    row = control.row_selector and _entered(holder.selector, control.row_selector)
    in_dialog = control.in_dialog or holder.in_dialog
    return replace(control, selector=selector, row_selector=row, box=box, in_dialog=in_dialog)


def _entered(holder: str, selector: str) -> str:
    return f"{holder} >> internal:control=enter-frame >> {selector}"
