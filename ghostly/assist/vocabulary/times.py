"""Takes away what says how long ago something was: it changes by itself, and proves no other change."""

from __future__ import annotations

import re

_MANY = r"(?:\d+|an?|one|few|a few|several|less than an?|un[ao]?s?|poc[oa]s|vari[oa]s)"
_UNIT = (
    r"(?:moments?|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?"
    r"|momentos?|instantes?|segundos?|minutos?|horas?|dias?|semanas?|mes(?:es)?|anos?)"
)
_SHORT_UNIT = r"(?:s|m|h|d|w|mo|y|min|sec|hr)"
_AGO = re.compile(
    rf"\b(?:{_MANY} {_UNIT} ago|hace (?:{_MANY} )?{_UNIT}|\d+ ?{_SHORT_UNIT}(?: ago)?"
    r"|just now|right now|moments ago|now|today|yesterday|ahora(?: mismo)?|justo ahora|hoy|ayer)\b"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.? ?m\b\.?)?"
)


def timeless(said: str) -> str:
    """What is said, in small letters and without accents, but for how long ago it was and the hour."""
    return _AGO.sub(" ", said)
