"""Tells where a page says that it is still at work."""

from __future__ import annotations

import re

_LOADS = "loading|processing|cargando"
_ASKS = "please wait|one moment|espere"
_WORKS = (
    "saving|working|sending|uploading|submitting|updating|deleting|creating|checking"
    "|guardando|procesando|enviando|subiendo|actualizando|eliminando|borrando|creando|comprobando"
)
# A dialog that says so in a word is nothing else.
_LOADER = re.compile(rf"\A\W*(?:{_LOADS}|{_ASKS})\b", re.IGNORECASE)
# On a page, a line of its own, and one that trails off: "Loading bay" is a place, "Saving…" is not over.
_AT_WORK = re.compile(
    rf"^\W*(?:(?:{_LOADS}|{_WORKS})\b[^\n]{{0,40}}?(?:…|\.\.\.)|(?:{_ASKS}|un momento)\b[^\n]{{0,40}})\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_SHORT = 80


def is_loader(dialog: str) -> bool:
    """Whether what a dialog says is that something is loading."""
    return len(dialog) <= _SHORT and _LOADER.match(dialog) is not None


def tells_work(text: str) -> bool:
    """Whether a line of the text says that something is still being done."""
    return _AT_WORK.search(text) is not None
