"""Tells where what was read as a name or a value is a part of another instruction, or points at what was said."""

from __future__ import annotations

import re

from ghostly.assist.goals.instruction import EXPECTATIONS, Instruction, Target
from ghostly.assist.goals.listing import apart
from ghostly.assist.goals.sparing import spares
from ghostly.assist.vocabulary.folding import fold
from ghostly.assist.vocabulary.verbs import is_act

_POINTS = re.compile(
    r"(?:he|she|it|they|it's|he's|she's|they're|both|ambos|ambas|none|neither|ningun[oa]?|ell[oa]s?)\b(?=.* )"
)
"""Begins a statement about what was said before: no label of a page is meant by it."""
_HANGS = re.compile(
    r"(?:ya|aun|todavia|also|any ?more|again|either|tampoco|none|ningun[oa]|both|amb[oa]s|he|she"
    r"|they|him|her|them|ell[oa]s?|que)\Z"
    r"|(?:de|del|desde|from|off|out of|of|that|que|both"
    r"|ambos|ambas)\b"
    r"|(?:check|verify|select|type|fill|comprueba|verifica)(?: that| que)? (?:the|el|la|los|las|that|que)\b"
)
"""What is left of a statement whose subject is not said: disappears from Pending, ya no se ve."""
_SUCH = re.compile(
    r"(?:(?:new|deleted|removed|old|same|nuev[oa]|borrad[oa]|eliminad[oa]|mism[oa]) )?(?:items?|entry|entries|row"
    r"|line|record|task|note|post|comment|article|order|product|user|customer|member|card|file|folder|project"
    r"|invoice|banner|elementos?|entradas?|fila|linea|registro|tarea|nota|comentario|articulo|pedido|producto"
    r"|usuario|cliente|miembro|tarjeta|archivo|carpeta|proyecto|factura)"
)
"""A thing that was named before: its kind alone stands nowhere, or beside many."""
_THEIRS = re.compile(r"\b(?:her|his|their) \w+\Z")
_REMARK = re.compile(
    r"(?:^| )\d+\) | (?:and|y|e|but|pero)\Z"
    r"|\((?:max\w*|min\w*|up to|optional|opcional|hasta|repeat|repit\w+)\b"
)
_JOINED = re.compile(
    r"(?:, | (?:and|y|e|then|luego) )(?P<verb>[a-z]+) (?:the|an?|el|la|los|las|un|una|by|por|for|to|it|on|en|in)\b"
)
_LEFT = re.compile(
    r"\binstead of\b|\ben (?:vez|lugar) de\b"
    r"|, (?:the|an?|el|la|los|las|deja|leave|y|and)\b| (?:and|y) (?:the|el|la|los|las|leave|deja|it|he|she)\b"
)
_TWO = re.compile(r" (?:and|y) .*(?:\d|\b[A-Z])|, .*(?: is| last| es| ultim)")
_PLACED = re.compile(r" (?:on|in|under|en|bajo) (?:the |el |la )?[A-ZÁÉÍÓÚÑ]")
_SETTINGS = re.compile(
    r" (?:in|under|en) (?:the |my |los |las |mis )?(?:settings|preferences|ajustes|configuracion)\Z"
)
_IS = re.compile(r" (?:is|are|be|es|son) ")
_RENAMES = re.compile(r"(?:nombre|name|title|titulo) (?:of|de|del) .* [A-ZÁÉÍÓÚÑ]")
"""The name of a thing that is named: renamed where it stands, and in no field of that name."""
_PAIRED = re.compile(r" (?:and|y) [\w -]{2,30} (?:with|con|to) \S")
_OPENS_IT = re.compile(r"(?:opens?|abr(?:e|ir|o|a))(?: it|l[oa]s?)?")
"""What is opened so was named before; a button that is called Open may open anything."""
_AS = re.compile(r"(?:invite|add|invita|agrega|anade)\b.* (?:as|como)\b")
_QUOTES = "[\"“„«`'\u2018]"


def sure(read: tuple[Instruction, ...] | None) -> tuple[Instruction, ...] | None:
    """What was read, each thing by itself, or None where any of it may be meant otherwise."""
    each = None if read is None else tuple(one for listed in read for one in apart(listed))
    return None if each and any(spares(one) or _is_doubtful(one) for one in each) else each


def is_such(name: str) -> bool:
    """Whether it only says what kind of thing is meant, or points at one, so that it stands on no page."""
    return _SUCH.fullmatch(fold(name)) is not None or fold(name) in {"he", "she"}


def _is_doubtful(one: Instruction) -> bool:
    """Whether some bare words of it may be meant otherwise; what stands in quotation marks is never doubted."""
    about = one.target or Target()
    bare = about.name if about.name and not about.exact and not _quoted(about.name, one) else ""
    if bare and (_unnamed(fold(bare), one) or bare.count("(") != bare.count(")")):
        return True
    if one.verb in {"check", "uncheck"} and bare and _is_no_box(bare, about):
        return True
    if (one.verb == "fill" and _RENAMES.match(bare)) or (one.verb == "do" and _opens_or_adds(fold(about.name))):
        return True
    if bare and one.verb == "go" and _THEIRS.search(fold(one.sentence)):
        return True
    entered = one.verb in {"fill", "select", "reads", "holds"}
    return entered and any(_runs_on(each, one) for each in one.values if not _quoted(each, one))


def _opens_or_adds(name: str) -> bool:
    """Whether it opens what is not named there, or adds somebody as something, which takes more than a control."""
    return _OPENS_IT.fullmatch(name) is not None or _AS.match(name) is not None


def _is_no_box(bare: str, about: Target) -> bool:
    """Whether the name says where it is, or how: nothing on a page that can be ticked is called so."""
    placed = _PLACED.search(bare) or _SETTINGS.search(fold(bare)) or _IS.search(f" {fold(bare)} ")
    return placed is not None or about.kind == "dropdown"


def _unnamed(name: str, one: Instruction) -> bool:
    """Whether nothing on a page can be called so."""
    if _POINTS.match(name) or _REMARK.search(name) or _takes_more(name):
        return True
    hangs = one.verb in EXPECTATIONS and _HANGS.match(name) is not None
    return hangs or (one.verb in {"see", "unseen"} and _SUCH.fullmatch(name) is not None)


def _runs_on(value: str, one: Instruction) -> bool:
    """Whether the value does not end where the next clause begins."""
    folded = fold(value)
    more = _TWO.search(value) if one.verb == "reads" else one.verb == "fill" and _PAIRED.search(folded)
    return bool(more or _LEFT.search(folded) or _REMARK.search(folded) or _takes_more(folded))


def _takes_more(folded: str) -> bool:
    """Whether a verb with an object of its own stands in it."""
    found = _JOINED.search(folded)
    return found is not None and is_act(found["verb"])


def _quoted(text: str, one: Instruction) -> bool:
    return re.search(_QUOTES + re.escape(text), one.sentence) is not None
