"""Makes something new of a name: opens where it is asked for, types it there, and sends it."""

from __future__ import annotations

from msgspec.structs import replace

from ghostly.assist.brain import Situation
from ghostly.assist.goals.instruction import Instruction, Target
from ghostly.assist.offline.planning.doing import doer
from ghostly.assist.offline.planning.resolving import resolve
from ghostly.assist.offline.planning.standing import opening
from ghostly.assist.vocabulary.folding import words
from ghostly.domain.observation import Control, Observation
from ghostly.domain.steps import AnyStep, Click, Fill, Press

_FINDS = frozenset({"search", "find", "filter", "buscar", "busca", "filtrar", "encontrar"})


def making(one: Instruction, situation: Situation) -> AnyStep | None:
    """The next of its steps, or None where the page does not ask for such a name."""
    noun, seen = one.target.name if one.target else "", situation.observation
    tried = [each.step for each in situation.done if each.error is None and each.step.label == opening(one)]
    opened = any(isinstance(step, Click) for step in tried)
    field = _field(noun, seen, opened=opened)
    if field is None:
        return None if opened else _opener(one, noun, seen)
    typed = any(isinstance(step, Fill) and step.selector == field.selector for step in tried)
    if not typed:
        return Fill(selector=field.selector, value=one.value, label=opening(one))
    sender = _adder(noun, seen, *(("save", "create", "add") if opened else ()))
    if sender is not None:
        return Click(selector=sender.selector, label=one.label)
    return Press(key="Enter", selector=field.selector, label=one.label)


def _field(noun: str, seen: Observation, *, opened: bool) -> Control | None:
    """Where the name is typed; a field that is only called Name, once something was opened for it."""
    names = [f"new {noun}", noun, f"{noun} name", f"{noun} title", f"add {noun}", f"nueva {noun}", f"nuevo {noun}"]
    names += ["name", "title", "nombre", "titulo"] if opened else []
    forms = replace(seen, controls=tuple(each for each in seen.controls if not _searches(each)))
    found = (resolve("fill", Target(name), forms).control for name in names)
    return next((each for each in found if each is not None), None)


def _searches(control: Control) -> bool:
    """Whether it finds what is there, and makes nothing."""
    first = words(control.name or control.placeholder).partition(" ")[0]
    return control.role == "searchbox" or control.type == "search" or first in _FINDS


def _opener(one: Instruction, noun: str, seen: Observation) -> AnyStep | None:
    control = _adder(noun, seen)
    return None if control is None else Click(selector=control.selector, label=opening(one))


def _adder(noun: str, seen: Observation, *others: str) -> Control | None:
    """What adds one, by what such buttons are called."""
    names = [f"{verb} {noun}" for verb in ("add", "new", "create", "anadir", "nueva", "nuevo", "crear")]
    found = (doer(Target(name, whole=name), seen).control for name in (*names, *others))
    return next((each for each in found if each is not None), None)
