"""Finds what a statement points back at: it, he, its row, the field, the switch; or that nobody knows."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ghostly.assist.goals.instruction import EXPECTATIONS, Instruction, Target
from ghostly.assist.goals.rows import in_row
from ghostly.assist.goals.targets import ITS
from ghostly.assist.vocabulary.folding import fold

IT = "\ue003"
"""Stands for what was named before, until that is known."""
BOTH, FIELD = "both", "field"
"""``how`` of what is meant by what was entered before; *both* may be the old values, and is not understood."""
_BARE = "\ue004"
_LONGEST = 1024
_ELSEWHERE = (
    r"(?:to|from|in|on|at|as|for|with|by|into|under|and|or|it|them|a|al|en|con|como|por|para|y|o|hasta|desde|bajo)"
)
_ACT = rf"[^\W\d]+ (?:al? (?:la |los |las )?)?(?:(?!{_ELSEWHERE} )[a-zà-ÿ#-]+ )*"
_OBJECT = re.compile(_ACT)
_TAIL = re.compile(rf"{_ACT}(?P<name>(?!I\b)[A-ZÀ-ÖØ-Þ#\d]\S*(?: [\w'#&.-]+){{0,6}})")
_CALLS = re.compile(r"(?:\w+ )?(?:name|title|nombre|titulo)(?: (?:of|de) .+)?")
"""A field whose value is what the new thing is called."""
_ENTERS = frozenset({"fill", "select"})
_CREDENTIALS = frozenset({"user", "password", "search"})


def pointed(found: list[Instruction]) -> list[Instruction]:
    """The same, each saying what it is about; what is not known stays as it is, and ``is_open``."""
    known: list[Instruction] = []
    for one in found:
        known += _pointed(one, known) or [one]
    return known


def is_open(one: Instruction) -> bool:
    """Whether it points at something that nobody named, or at one of several."""
    about = one.target or Target()
    return IT in (about.name, about.near) or _is_too_long(about, one)


def _pointed(one: Instruction, before: list[Instruction]) -> list[Instruction] | None:
    about = one.target
    if about is None or one.verb not in EXPECTATIONS:
        return None
    if IT not in (about.name, about.near):
        return None
    if one.how == FIELD:
        return _field(one, before)
    if one.verb == "state":
        return _switched(one, about, before)
    return _thing(one, about, before)


def _thing(one: Instruction, about: Target, before: list[Instruction]) -> list[Instruction] | None:
    """What was acted on, if it was one thing; a dialog, if that was opened last."""
    last = next((each.target for each in reversed(before) if each.target and each.verb in {"go", "click"}), None)
    if last and last.kind == "dialog" and about.name == IT and not one.how and not _names(before):
        return [replace(one, target=Target(last.name, kind="dialog"))]
    name = "" if one.how else _only(_names(before))
    if not name or name == _BARE or (about.name == name and about.near):
        return None
    part = {"name": name, "exact": True} if about.name == IT else {"near": name}
    return [replace(one, target=replace(about, **part), how="")]


def _names(before: list[Instruction]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(_named, before))))


def _named(one: Instruction) -> str:
    """The thing that is made, or done something to; what is typed, chosen or pressed is none."""
    about = one.target or Target()
    if one.verb in EXPECTATIONS:
        return ""
    if one.verb == "make":
        return one.value
    if about.near in {IT, ITS}:
        return ""
    if one.verb == "fill":
        return one.value if _CALLS.fullmatch(fold(about.name)) else ""
    return _object(about) if one.verb == "do" else about.near


def _object(about: Target) -> str:
    """What is quoted right behind the act; of a bare name nobody knows where it ends, only that it is another."""
    if about.near:
        return about.near if _OBJECT.fullmatch(about.whole.partition(about.near)[0]) else ""
    return _BARE if _TAIL.fullmatch(about.name) else ""


def _only(names: list[str]) -> str | None:
    return names[0] if len(names) == 1 else None


def _field(one: Instruction, before: list[Instruction]) -> list[Instruction] | None:
    """The field that was filled in last."""
    entered = [
        each for each in before if each.verb in _ENTERS and (each.target or Target()).kind not in _CREDENTIALS
    ]
    fields = [each.target for each in entered if each.target]
    return [replace(one, target=fields[-1], how="")] if fields else None


def _switched(one: Instruction, about: Target, before: list[Instruction]) -> list[Instruction] | None:
    """What was turned on or off, if that was one thing and nothing else was named since."""
    turned = [each for each in before if each.verb in {"check", "uncheck"} and each.target]
    name = _only(list(dict.fromkeys(each.target.name for each in turned if each.target)))
    since = before[before.index(turned[-1]) + 1 :] if turned else []
    if not name or _names(since) or any(each.verb in _ENTERS for each in since):
        return None
    meant = turned[-1].target or about
    return [replace(one, target=replace(meant, kind=meant.kind or about.kind or "checkbox"))]


def _is_too_long(about: Target, one: Instruction) -> bool:
    """Whether a condition of victory has no room for it: what is left out there would be looked for in vain."""
    in_a_row = one.verb == "see" and bool(about.near)
    return in_a_row and len(in_row(about.near, about.name, exact=about.exact)) > _LONGEST
