"""Understands where something is to be done, said before what: In the row of Ana, click Edit."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ghostly.assist.goals.instruction import Instruction
from ghostly.assist.vocabulary.folding import fold

_THING = r"(?:row|card|tile|line|section|fila|tarjeta|linea|seccion)"
_ACTS = (
    r"(?:click|press|tap|hit|choose|select|pick|check|tick|uncheck|open|pulsar?|haz(?: doble)? clic|hacer clic"
    r"|dale|elige"
    r"|selecciona|marca|desmarca|abre)"
)
_PLACED = re.compile(
    rf"(?:in|on|at|from|en|desde) (?:(?:the|el|la) )?(?:{_THING}(?: (?:of|for|with|de|del|con))? (?P<near>.+?)"
    rf"|(?P<first>[^,]+?) {_THING}),? (?={_ACTS}\b)"
)
_PARTS = {
    "header": "header|cabecera", "footer": "footer|pie", "aside": "side ?bar|side menu|barra lateral|menu lateral",
    "table": "table|tabla", "list": "list|lista|listado", "dialog": "dialog|modal|popup|dialogo",
    "nav": "navigation|menu|navegacion",
}  # fmt: skip


def part_of(place: str) -> str:
    """The part of a page that is meant, if it has a role of its own."""
    bare = re.sub(r"^(?:the|el|la|my|mi) ", "", fold(place))
    return next((part for part, words in _PARTS.items() if re.fullmatch(words, bare)), "")


def placed(text: str) -> tuple[str, str] | None:
    """What something is to be done beside, and what is to be done, where the one is said before the other."""
    found = _PLACED.match(fold(text))
    if found is None:
        return None
    span = found.span("near" if found["near"] is not None else "first")
    return text[slice(*span)], text[found.end() :]


def beside(near: str, read: tuple[Instruction, ...] | None, sentence: str) -> tuple[Instruction, ...] | None:
    """What is to be done, each beside that; None where it cannot be."""
    if not read or any(one.target is None or one.target.near for one in read):
        return None
    aimed = ((one, one.target) for one in read if one.target is not None)
    return tuple(replace(one, target=replace(about, near=near), sentence=sentence) for one, about in aimed)
