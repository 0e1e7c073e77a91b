"""Takes apart what is listed bare: the menu shows A, B and C; choose size 42 and colour black."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ghostly.assist.goals.instruction import Instruction, Target
from ghostly.assist.vocabulary.folding import fold

Read = tuple[Instruction, ...]
_JOINT = re.compile(r", (?:(?:and|y|e) )?| (?:and|y|e) ")
_NAME = re.compile(r"[^\W\d_a-zß-ÿ][\w'-]*(?: [\w'-]+){0,2}")
_LABELLED = re.compile(r"(?:(?:the|el|la) )?(?P<label>[a-z]{3,20}) (?P<value>[^\s,]{1,30})")


def apart(one: Instruction) -> Read:
    """The same, one thing each; what may be one name, as Terms and Conditions is, stays one."""
    about = one.target
    if one.verb in {"see", "unseen"} and about is not None and not about.exact and ", " in about.name:
        names = _JOINT.split(about.name)
        is_list = all(map(_NAME.fullmatch, names))
        return tuple(replace(one, target=replace(about, name=name)) for name in names) if is_list else (one,)
    if one.verb == "select" and about is None and _JOINT.search(fold(one.value)):
        return _chosen(one) or (one,)
    return (one,)


def _chosen(one: Instruction) -> Read | None:
    """What is chosen, each in what it is called by."""
    spans, start = [], 0
    folded = fold(one.value)
    for joint in _JOINT.finditer(folded):
        spans.append((start, joint.start()))
        start = joint.end()
    found = []
    for begin, end in (*spans, (start, len(folded))):
        each = _LABELLED.fullmatch(one.value[begin:end])
        if each is None:
            return None
        found.append(replace(one, target=Target(each["label"]), values=(each["value"],)))
    return tuple(found)
