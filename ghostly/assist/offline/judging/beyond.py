"""What the page has beyond what it shows: there what is missed may be, which proves nothing against the test."""

from __future__ import annotations

from ghostly.assist.offline.judging.grounds import Grounds
from ghostly.assist.offline.judging.ruling import short
from ghostly.assist.vocabulary.controls import is_page_number, shows_more
from ghostly.assist.vocabulary.folding import plain


def beyond(grounds: Grounds) -> str | None:
    """Where more of the page is, as a part of a sentence; None if nothing tells that there is more."""
    if grounds.dossier.grows:
        return "the page shows more when it is scrolled, and nobody scrolled far enough"
    touched = {getattr(one.step, "selector", None) for one in grounds.dossier.done}
    there = (one for one in grounds.seen.controls if one.visible and one.enabled)
    usable = [one for one in there if one.role in {"button", "link"}]
    has_pages = sum(is_page_number(plain(one.name)) for one in usable) > 1
    for one in usable:
        if one.selector not in touched and shows_more(plain(one.name), has_pages=has_pages):
            return f"it may be behind '{short(one.name)}', which was not opened"
    return None
