"""Understands what is to be entered, in either order: full name "Ada", e-mail ada@x.org, "Leeds" as the town."""

from __future__ import annotations

import re

from msgspec import Struct

from ghostly.assist.goals.instruction import Target
from ghostly.assist.goals.targets import target
from ghostly.assist.goals.wording import MARK, Wording
from ghostly.assist.vocabulary.folding import fold
from ghostly.assist.vocabulary.verbs import is_act

_JOINT = re.compile(
    r"\s*[,;]\s*(?:(?:and|y|e|with|con)\s+)?(?:with |con )?|\s+(?:and|y|e|with|con)\s+(?:with |con )?"
)
_THE = r"(?:(?:the|an?|my|your|his|her|its|el|la|los|las|un|una|mi|tu|su)(?: new| nuev[oa])? )?"
_LABEL = r"(?P<label>[^\s\ue000:=,][^\ue000:=,]{0,40}?)"
_IS = r"(?: ?[:=]| (?:is|as|of|set to|to|de|es|to be|being))?"
_KNOWN = (
    r"(?:full |first |last |user |company |display |nick|sur|middle )?names?|username|e-?mail(?: address)?"
    r"|password"
    r"|(?:phone|mobile|telephone)(?: number)?|address|street|city|town|zip(?: code)?|post(?:al )?code|country"
    r"|message"
    r"|subject|title|amount|quantity|price|age|code|comment|description|body|text|card(?: number)?|cvc|cvv"
    r"|expiry|date"
    r"|time|company|reason|note|nombre(?: completo| de usuario)?|apellidos?|usuario|correo(?: electronico)?|email"
    r"|contrasena|clave|telefono|movil|direccion|calle|ciudad|poblacion|codigo(?: postal)?|pais|mensaje|asunto"
    r"|titulo"
    r"|importe|cantidad|precio|edad|comentario|descripcion|texto|tarjeta|caducidad|fecha|hora|empresa|motivo|nota"
)
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_THE}{_LABEL}{_IS} (?P<value>{MARK})",
        rf"(?P<value>{MARK}) (?:as|for|in|into|como|en|para|de) {_THE}{_LABEL}",
        rf"(?P<value>{MARK}|[^\ue000]{{1,60}}?) (?:as|for|in|into|como|en|para) {_THE}(?P<label>{MARK})",
        rf"(?P<label>{MARK})(?: ?[:=]| (?:with|to|as|is|con|a|es|como)) (?P<value>{MARK}|[^\ue000]{{1,60}})",
        rf"{_THE}(?P<label>{_KNOWN}){_IS} (?P<value>[^\ue000]+)",
        rf"{_THE}{_LABEL} ?[:=] ?(?P<value>[^\ue000]+)",
        rf"(?P<value>[^\ue000]+) (?:as|como) {_THE}{_LABEL}",
    )
)
_MOST_WORDS = 5
_NO_LABEL = re.compile(
    r"(?:\b(?:in|into|on|to|from|for|of|with|by|at|is|are|be|should|must|says?|shows?|see|the|called|named|en|a"
    r"|de|por"
    r"|para|con|es|debe\w*|dice|muestra|aparece|llamad[oa]|saying))\Z|^(?:i|it|there|then|see|click|press|pulsa"
    r"|ver|se)\b"
)


class Pair(Struct, frozen=True):
    """A field as it is called, and what it shall hold."""

    field: Target
    value: str


def pairs(text: str, wording: Wording) -> tuple[Pair, ...] | None:
    """Each field with its value, or None if any part of the text is no such pair."""
    folded = fold(text)
    spans, start = [], 0
    for joint in _JOINT.finditer(folded):
        spans.append((start, joint.start()))
        start = joint.end()
    sure: list[Pair] = []
    for a, b in (*spans, (start, len(text))):
        if text[a:b].strip():
            if (one := _pair(text[a:b], wording)) is None:
                return None
            sure.append(one)
    return tuple(sure) or None


def _pair(text: str, wording: Wording) -> Pair | None:
    text = text.strip()
    folded = fold(text)
    for form in _FORMS:
        found = form.fullmatch(folded)
        if found is None:
            continue
        label = text[slice(*found.span("label"))]
        meant = target(label, wording)
        if meant is not None and (meant.exact or _is_label(fold(label))):
            return Pair(meant, wording.value(text[slice(*found.span("value"))]))
    return None


def _is_label(label: str) -> bool:
    """Whether a field may be called so: "12/30 into" is no label, nor "accept the"."""
    said = label.split()
    return len(said) <= _MOST_WORDS and said[0][0].isalpha() and not (is_act(said[0]) or _NO_LABEL.search(label))
