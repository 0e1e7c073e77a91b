"""Completes instructions by those around them: what is typed after a click on a field, its card, who sends it."""

from __future__ import annotations

import re
from itertools import takewhile

from msgspec.structs import replace

from ghostly.assist.goals.instruction import EXPECTATIONS, Instruction, Target
from ghostly.assist.goals.pointing import pointed
from ghostly.assist.goals.targets import ITS
from ghostly.assist.vocabulary.folding import fold
from ghostly.assist.vocabulary.verbs import is_act

_SENDS = frozenset({"click", "press", "do", "make"})
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_EMAILS = re.compile(r"mail|correo|user|usuario|login|account|cuenta|address|direccion")
_SEARCH = re.compile(r"(?:open|abr)\w* (?:the |la |el )?(?:search|busca|busqueda)")
_SUGGESTIONS = re.compile(r"suggestions?|suggested (?:list|options)|sugerencias?")
LATE = "unless"
"""``how`` of a click that is meant where the goal says nothing else of how to send what was filled in."""


def completed(found: list[Instruction]) -> list[Instruction]:
    """The same instructions, each saying all that is known of it."""
    return _beside(pointed(_aimed(_sent(found))))


def _sent(found: list[Instruction]) -> list[Instruction]:
    """What was filled in is sent at its end, unless the goal says itself how."""
    at = next((n for n, one in enumerate(found) if one.how == LATE), None)
    if at is None:
        return found
    later = list(takewhile(lambda one: one.verb not in EXPECTATIONS, found[at + 1 :]))
    rest = found[at + 1 + len(later) :]
    return [*found[:at], *later, *([] if any(map(_sends, later)) else [found[at]]), *rest]


def _sends(one: Instruction) -> bool:
    """Whether it may be what sends; who accepts the terms has not sent anything."""
    said = fold(one.target.name) if one.target else ""
    return one.verb in _SENDS and re.match(r"(?:accept|agree|acept)", said) is None


def _aimed(found: list[Instruction]) -> list[Instruction]:
    """What is typed after a click on a field is typed there; what Enter sends, into the only field."""
    for index, one in enumerate(found):
        before = found[index - 1] if index else None
        if one.verb == "fill" and one.target is None and before and before.verb in {"click", "fill"}:
            found[index] = replace(one, target=_typed_in(one, before))
        elif one.verb == "fill" and one.target is None and before and _opens_search(before):
            found[index] = replace(one, target=Target(kind="search"))
        elif one.verb == "select" and before and before.verb == "fill" and _suggests(one.target):
            found[index] = replace(one, target=before.target)
        elif one.verb == "fill" and one.target is None and before and _enters(found[index + 1 :]):
            found[index] = replace(one, target=Target(kind="field"))
    return found


def _typed_in(one: Instruction, before: Instruction) -> Target | None:
    """The field that was clicked; an address of e-mail is not typed into what asks something or does something."""
    about = before.target
    if before.verb != "click" or about is None or about.kind == "field":
        return about if before.verb == "click" else None
    if _EMAIL.fullmatch(one.value) and not _EMAILS.search(fold(about.name)):
        return Target(kind="user")
    first, *rest = fold(about.name).split() or [""]
    return None if about.name.endswith("?") or (rest and is_act(first)) else about


def _opens_search(before: Instruction) -> bool:
    """Whether the keys that were pressed are said to open a search."""
    return before.verb == "press" and _SEARCH.match(fold(before.sentence)) is not None


def _suggests(about: Target | None) -> bool:
    """Whether it is chosen from what a field suggests for what was typed into it."""
    return about is not None and _SUGGESTIONS.fullmatch(fold(about.name)) is not None


def _beside(found: list[Instruction]) -> list[Instruction]:
    """What is "its" is beside what was named last."""
    last = ""
    for index, one in enumerate(found):
        if one.target is not None and one.target.near == ITS:
            found[index] = replace(one, target=replace(one.target, near=last, within="" if last else "row"))
        last = _names(found[index]) or last
    return found


def _names(one: Instruction) -> str:
    """The thing that the instruction is about, if it names one."""
    about = one.target or Target()
    if about.near:
        return about.near
    return one.value if one.verb == "make" else about.name if about.exact and one.verb in {"see", "check"} else ""


def _enters(later: list[Instruction]) -> bool:
    """Whether Enter is pressed next, and nowhere else."""
    return bool(later) and later[0].verb == "press" and later[0].value == "Enter" and later[0].target is None
