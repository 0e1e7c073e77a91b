"""Understands what is to be filled in at once: forms, accounts, log-ins, and what is made anew with a name."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ghostly.assist.goals.completing import LATE
from ghostly.assist.goals.instruction import Instruction, Target, Verb
from ghostly.assist.goals.pairs import Pair, pairs
from ghostly.assist.goals.wording import MARK, Wording
from ghostly.assist.vocabulary.folding import fold

_WITH = r"(?:with|using|con|usando|as|como)"
_ENTER = r"log ?in|sign ?in|log ?on|inici[ae]r? sesion|entrar?|acceder?|ingresar?"
_JOIN = r"signs? ?up|registers?|registrate|registrar|registrarse|date de alta"
_FORM = (
    r"(?:fill|complete|rellen(?:a|ar|e)|complet(?:a|ar|e))(?: in| out)? (?:the |el |la )?(?:[\w-]+ ){0,3}?"
    r"(?:form|formulario|details|fields|datos|campos)(?: de [\w-]+)?(?: (?:with|using|con)|:)(?: (?:the|el|los))?"
)
_WRITES = (
    r"(?:fill in|fill out|fill|enter|type|provide|use|give|put|introduc(?:e|ir|i)|escrib(?:e|ir|i)|pon(?:er|e)?"
    r"|rellen(?:a|ar|e)|indica(?:r)?|ingresa(?:r)?)"
)
_HEADS = tuple(
    (how, re.compile(rf"{head}(?: |: ?)(?P<rest>\S.*)"))
    for how, head in (
        ("login", rf"(?:{_ENTER})(?:,| to .{{1,30}}?)? {_WITH}"),
        ("signup", rf"(?:{_JOIN})(?: .{{1,30}}?)? {_WITH}"),
        (
            "signup",
            rf"(?:create|open|crea|crear|abre) (?:an?|my|una|mi)(?: new| nueva)? (?:account|cuenta) {_WITH}",
        ),
        ("", _FORM),
        ("", _WRITES),
        ("", r"(?:with|con)"),
    )
)
_ENTERS = re.compile(
    r"(?:log|sign|inici|entra|accede|ingresa|regist|date|create|open|crea|abre|fill|complet|rellen|enter|type"
    r"|provide|use"
    r"|give|put|introduc|escrib|pon|indica|with|con |add|make|new|anad|agreg|cre|nuev)"
)
_CREATE = (
    r"(?:adds?|creates?|make|new|anad(?:e|ir|a)|agreg(?:a|ar|o|ue)|cre(?:a|ar|e)|nuev[oa])"
    r"(?: (?:an?|one|another|the|un|una|otr[oa]|el|la))?(?: new| nuev[oa])?"
)
_NOUN = r"(?P<noun>[a-z][\w-]*(?: (?!called|named|titled|with|llamad|con\b|to\b|al?\b)[\w-]+){0,2})"
_CALLED = (
    r"(?: (?:called|named|titled|entitled|labell?ed|saying|llamad[oa]|titulad[oa]|que se llame|que diga"
    r"|(?:with|con) (?:the |el |la )?(?:name|title|text|nombre|titulo|texto)(?: of| de)?))"
)
_NEW = tuple(
    re.compile(form)
    for form in (
        rf"{_CREATE} {_NOUN}{_CALLED} (?P<name>{MARK})(?:,? (?:with|con|and|y)(?: the| el| la)? (?P<rest>.+))?",
        rf"{_CREATE} {_NOUN}{_CALLED} (?P<name>[^\ue000\s,]+(?: [^\ue000\s,]+){{0,3}})",
        rf"{_CREATE} {_NOUN} (?P<name>{MARK})",
    )
)
_NO_NOUN = re.compile(r"(?:to|into|al?|product|item|row|button|link|the|el|la)\b")
Read = tuple[Instruction, ...] | None


def entered(text: str, wording: Wording) -> Read:
    """What is filled in, field by field, and what is clicked after it where the goal says so by its verb."""
    folded = fold(text)
    if _ENTERS.match(folded) is None:
        return None
    for how, head in _HEADS:
        found = head.fullmatch(folded)
        if found and (known := pairs(text[slice(*found.span("rest"))], wording)):
            return tuple(_fills(known, how, wording.raw(text)))
    return _made(text, folded, wording)


def listed(text: str, wording: Wording) -> Read:
    """The same without a verb, behind a title or more of the kind: full name "Ada", e-mail "a@b.c"."""
    known = pairs(text, wording)
    return tuple(_fills(known, "", wording.raw(text))) if known else None


def _fills(known: tuple[Pair, ...], how: str, sentence: str) -> list[Instruction]:
    found = [_one("fill", sentence, pair.field, (pair.value,)) for pair in known]
    if how in {"login", "signup"}:
        found.append(replace(_one("click", sentence, Target(kind=how)), how=LATE if how == "signup" else ""))
    return found


def _made(text: str, folded: str, wording: Wording) -> Read:
    """What is made anew: a name is filled in where the page asks for it, and sent."""
    for form in _NEW:
        found = form.fullmatch(folded)
        if found is None or _NO_NOUN.match(found["noun"]):
            continue
        sentence, noun = wording.raw(text), text[slice(*found.span("noun"))]
        name = wording.value(text[slice(*found.span("name"))])
        more = found["rest"] if "rest" in found.re.groupindex else None
        if more is None:
            whole = wording.value(text) if not re.search(MARK, text) else wording.raw(text)
            return (_one("make", sentence, Target(noun, whole=whole), (name,)),)
        if known := pairs(text[slice(*found.span("rest"))], wording):
            opener = _one("do", sentence, Target(f"add {noun}", whole=f"add new {noun}"))
            called = Target("title" if re.search(r"\btitled?\b|\btitulad[oa]\b", folded) else "name")
            return (opener, _one("fill", sentence, called, (name,)), *_fills(known, "", sentence))
    return None


def _one(verb: Verb, sentence: str, meant: Target, values: tuple[str, ...] = ()) -> Instruction:
    return Instruction(verb=verb, sentence=sentence, target=meant, values=values)
