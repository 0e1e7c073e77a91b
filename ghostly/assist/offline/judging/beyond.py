"""What the page has beyond what it shows: there what is missed may be, which proves nothing against the test."""

from __future__ import annotations

import re

from ghostly.assist.offline.judging.grounds import Grounds
from ghostly.assist.offline.judging.ruling import short
from ghostly.assist.vocabulary.folding import plain

_PAGES = re.compile(
    r"(?:(?:load|show|view|see|fetch) (?:\d+ )?(?:more|all)\b.*|(?:go to )?(?:the )?next page|(?:older|more) \w+"
    r"|(?:cargar|mostrar|ver) (?:\d+ )?(?:mas|tod[oa]s)\b.*|(?:ir a la )?(?:pagina siguiente|siguiente pagina))"
)
_ARROW = "[\u203a\u00bb>\u2192]"
_NEXT = re.compile(rf"(?:next|siguiente)(?: {_ARROW})?|{_ARROW}")
_NUMBER = re.compile(r"(?:page |pagina )?\d{1,4}")


def beyond(grounds: Grounds) -> str | None:
    """Where more of the page is, as a part of a sentence; None if nothing tells that there is more."""
    if grounds.dossier.grows:
        return "the page shows more when it is scrolled, and nobody scrolled far enough"
    touched = {getattr(one.step, "selector", None) for one in grounds.dossier.done}
    there = (one for one in grounds.seen.controls if one.visible and one.enabled)
    usable = [one for one in there if one.role in {"button", "link"}]
    has_pages = sum(_NUMBER.fullmatch(plain(one.name)) is not None for one in usable) > 1
    for one in usable:
        name = plain(one.name)
        leads = _PAGES.fullmatch(name) or (has_pages and _NEXT.fullmatch(name))
        if leads and one.selector not in touched:
            return f"it may be behind '{short(one.name)}', which was not opened"
    return None
