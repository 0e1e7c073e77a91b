"""Tells what an application answers: that it does not accept something, has trouble of its own, or did it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ghostly.assist.vocabulary.folding import plain
from ghostly.domain.observation import Observation

_LACKS = r"(?:no|not|\w+n't|without|lacks?|needs?|requires?|insufficient|missing|sin|falta|necesita|requiere)"
_SURE = (
    r"invalid|incorrect|not (?:a )?valid|do(?:es)? not match|don't match|(?:is|are) required"
    r"|must (?:be|have|contain)|denied|not (?:allowed|permitted|authori[sz]ed)|unauthori[sz]ed|forbidden"
    rf"|{_LACKS} (?:\w+ ){{0,3}}(?:permissions?|permisos?)"
    r"|declined|rejected|too (?:short|long|big|large|small|many|few)|at (?:least|most) \d+"
    r"|already (?:exists|taken|in use|registered)|(?:is|been) taken|please (?:enter|choose|select|fill)"
    r"|only (?:an? |the )?[\w ]{1,40} (?:may|can)|not enough"
    r"|incorrect[oa]s?|invalid[oa]s?|obligatori[oa]s?|requerid[oa]s?|no coinciden?|ya existe|deneg\w+"
    r"|no autorizad[oa]|debe (?:tener|ser|contener)|no (?:es )?valid[oa]|rechazad[oa]|demasiad[oa]s?"
    r"|(?:al menos|como (?:minimo|maximo)) \d+|ya esta (?:en uso|registrad[oa])|sol[oa] [\w ]{1,40} puede"
)
_REFUSED = re.compile(
    rf"\b(?:{_SURE}|wrong|required|already|failed|could not|cannot|error|read[- ]only|exceeds?|expired|sold out"
    r"|out of stock|in use|insufficient|no se pudo|introduzca|por favor|prohibid[oa]|caducad[oa]|agotad[oa]|supera"
    r"|insuficientes?)\b"
)
_STRICT = re.compile(rf"\b(?:{_SURE})\b")
_WARNING = re.compile(
    r"\b(?:cannot|can't|can not|could not) be (?:undone|reversed|recovered|restored|reverted)\b"
    r"|\bno se (?:puede|podra|pueden|podran) (?:deshacer|revertir|recuperar)\b"
)
_OWN_TROUBLE = re.compile(
    r"\b(?:try (?:it )?(?:again )?later|something went wrong|unexpected|server|network|connection|offline"
    r"|unavailable|internal|maintenance|mas tarde|algo salio mal|inesperado|servidor|conexion|no disponible"
    r"|mantenimiento)\b"
)
_AFFIRMED = re.compile(
    r"(?<!last )\b(?:saved|stored|created|updated|added|sent|placed|deleted|success(?:ful(?:ly)?)?|thank you"
    r"|guardad[oa]s?|cread[oa]s?|actualizad[oa]s?|anadid[oa]s?|enviad[oa]s?|eliminad[oa]s?|con exito|gracias)\b"
    r"(?! (?:by|por)\b)"
)
_DENIED = re.compile(r"\b(?:no|not|nor|never|nothing|unable|cannot|\w+n't|nada|nunca|sin)\b")


def refuses(text: str) -> bool:
    """Whether the message turns something down; what tells of the application's own trouble does not.

    Nor does a warning that what is about to be done cannot be undone.
    """
    return _REFUSED.search(_WARNING.sub(" ", plain(text))) is not None and not tells_own_trouble(text)


def surely_refuses(text: str) -> bool:
    """Whether a text that need be no message turns something down, in words that are hardly used otherwise."""
    return _STRICT.search(plain(text)) is not None and not tells_own_trouble(text)


def tells_own_trouble(text: str) -> bool:
    """Whether the message is about the application, and not about what was entered."""
    return _OWN_TROUBLE.search(plain(text)) is not None


def affirms(text: str) -> bool:
    """Whether the message says that what was asked for was done."""
    folded = plain(text)
    done = _AFFIRMED.search(folded) is not None and _DENIED.search(folded) is None
    return done and not (refuses(text) or tells_own_trouble(text))


def turned_down(seen: Observation, entries: Iterable[str]) -> bool:
    """Whether each line that shows one of the entries turns it down: "ana is not a valid address"."""
    lines = [line for line in seen.text.splitlines() if any(entry in line for entry in entries)]
    return bool(lines) and all(map(refuses, lines))
