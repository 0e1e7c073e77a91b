"""Tells where an application says that it does not accept something, in English and Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ghostly.assist.offline.names import plain
from ghostly.domain.observation import Observation

_REFUSED = re.compile(
    r"\b(?:wrong|invalid|incorrect|not valid|not a valid|do(?:es)? not match|don't match|required|must (?:be"
    r"|have|contain)|denied|already"
    r"|not allowed|please (?:enter|choose|select|fill)|failed|could not|cannot|error"
    r"|incorrect[oa]s?|invalid[oa]s?|obligatori[oa]"
    r"|requerid[oa]|no coinciden?|ya existe|deneg\w+|no se pudo|introduzca|por favor)\b"
)
_OWN_TROUBLE = re.compile(
    r"\b(?:try (?:it )?(?:again )?later|something went wrong|unexpected|server|network|connection|offline"
    r"|unavailable|internal|maintenance|mas tarde|algo salio mal|inesperado|servidor|conexion|no disponible"
    r"|mantenimiento)\b"
)


def refuses(text: str) -> bool:
    """Whether the message turns something down; what tells of the application's own trouble does not."""
    return _REFUSED.search(plain(text)) is not None and not tells_own_trouble(text)


def tells_own_trouble(text: str) -> bool:
    """Whether the message is about the application, and not about what was entered."""
    return _OWN_TROUBLE.search(plain(text)) is not None


def turned_down(seen: Observation, entries: Iterable[str]) -> bool:
    """Whether each line that shows one of the entries turns it down: "ana is not a valid address"."""
    lines = [line for line in seen.text.splitlines() if any(entry in line for entry in entries)]
    return bool(lines) and all(map(refuses, lines))
