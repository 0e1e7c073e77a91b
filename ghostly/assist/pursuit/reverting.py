"""Tells where a setting that a step changed is as before again, once the page was loaded anew."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from ghostly.assist.goals import implies_saving
from ghostly.assist.pursuit.news import said
from ghostly.assist.vocabulary.folding import plain
from ghostly.assist.vocabulary.lasting import is_look, keeps
from ghostly.domain.observation import Control, Observation
from ghostly.domain.steps import AnyStep, Click, DoubleClick, Fill


class Touched(Struct, frozen=True):
    """A step that was done, where that led, and how its control was before; None if that was not seen.

    ``before`` is what the page said then, and ``place`` its address; ``taken`` counts what its site had taken.
    """

    step: AnyStep
    url: str
    control: Control | None
    before: tuple[str, ...] = ()
    place: str = ""
    taken: int = 0


def touched(step: AnyStep, before: Observation, after: Observation) -> Touched:
    """What the step was done to, as it was seen before."""
    selector = getattr(step, "selector", None)
    control = next((one for one in before.controls if one.selector == selector), None)
    return Touched(step, after.url, control, said(before), before.url, before.taken)


def turned_back(past: Sequence[Touched], shown: Observation, again: Observation) -> Control | None:
    """A setting that was changed by a step, was so before the reload, and is as it was before the step after it.

    Not where the steps may have entered something new: a form for that is empty again each time it is loaded.
    """
    if _bare(shown.url) != _bare(again.url):
        return None
    here = _on_this_page(past, shown.url)
    if any(map(_enters_something_new, here)):
        return None
    kept = (one for n, one in enumerate(here) if one.control and _is_setting(one.control, here[n + 1 :]))
    firsts = {one.control.selector: one.control for one in reversed([*kept]) if one.control}
    return next((one for one in firsts.values() if _is_back(one, shown, again)), None)


def _on_this_page(past: Sequence[Touched], url: str) -> list[Touched]:
    here: list[Touched] = []
    for one in reversed(past):
        if _bare(one.url) != _bare(url):
            break
        here.insert(0, one)
    return here


def _enters_something_new(one: Touched) -> bool:
    """What is typed where nothing was, or a click on what adds, sends or deletes, or that nobody saw."""
    if isinstance(one.step, Fill):
        return one.control is None or not one.control.value
    if not isinstance(one.step, Click | DoubleClick) or (one.control and one.control.checked is not None):
        return False
    name = plain(one.control.name) if one.control else ""
    return not name or (implies_saving(name) and not keeps(name))


def _is_setting(control: Control, later: Sequence[Touched]) -> bool:
    """A switch takes effect at once; anything else, once it is saved. How a page looks may not be kept at all."""
    if is_look(plain(control.name)):
        return False
    clicked = (one.control for one in later if isinstance(one.step, Click) and one.control)
    return control.role == "switch" or any(keeps(plain(one.name)) for one in clicked)


def _is_back(before: Control, shown: Observation, again: Observation) -> bool:
    changed, now = same(before, shown), same(before, again)
    return changed is not None and now is not None and state(changed) != state(before) == state(now)


def same(control: Control, seen: Observation) -> Control | None:
    """The control as it is on this page; None where it is not there, or is another."""
    found = (one for one in seen.controls if one.selector == control.selector)
    return next(
        (one for one in found if (one.role, one.name, one.tag) == (control.role, control.name, control.tag)), None
    )


def state(control: Control) -> object:
    """What it holds, or whether it is ticked."""
    return control.value if control.checked is None else control.checked


def _bare(url: str) -> str:
    return url.partition("#")[0]
