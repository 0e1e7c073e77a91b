"""Finds what must stand in the row of something: both in one ``tr``, ``li`` or ``article``, or nowhere."""

from __future__ import annotations

import json
import re

from ghostly.assist.vocabulary.folding import fold
from ghostly.assist.vocabulary.verbs import is_act

_ROLES = ("row", "listitem")
_ROWS = " or ".join(["self::tr or self::li or self::article", *(f"@role='{role}'" for role in _ROLES)])
_ROW = ",".join(["tr,li,article", *(f"[role={role}]" for role in _ROLES)])
_ITS_OWN = f"css=:scope, :not(:scope :is({_ROW}), :scope :is({_ROW}) *)"
_MESSAGE = "ancestor-or-self::*[@role='status' or @role='alert']"
_CONTROL = "ancestor-or-self::button or ancestor-or-self::option or ancestor-or-self::*[@role='button']"
_SEEN = " >> visible=true"
_SIGNS = ",.;:()[]"
_SPECIAL = re.compile(r"[.*+?^${}()|\[\]\\/]")
_QUOTES = re.compile("[\"'`<>]")
_BEGINS, _ENDS = r"(?<![\p{L}\p{N}])", r"(?![\p{L}\p{N}]|[.,]\p{N})"
_OPENS = r"(?:^|[\u00b7|\u2013\u2014,;(]|\s-)\s*"
_CLOSES = r"\s*(?:$|[\u00b7|\u2013\u2014,;.)]|\s-)"


def in_row(near: str, text: str, *, exact: bool) -> str:
    """Matches the text where the innermost row that says ``near`` says it, too, and no row beside it says that.

    A bare word must be all that something in the row says, and no button: Admin is not in "asked the admin", and
    a row with a button Open is not open. What a message says is in no row.
    """
    row = f"xpath=ancestor-or-self::*[{_ROWS}][1][not({_MESSAGE})]{_unlike(near)}"
    wanted = json.dumps(f"text={_wanted(text, exact=exact)}", ensure_ascii=False)
    found = f"text=/{_BEGINS}{_escaped(near)}{_ENDS}/iu{_SEEN} >> {row} >> {_ITS_OWN}"
    return f"{found} >> internal:and={wanted}{_no_control(text)}{_SEEN}"


def _wanted(text: str, *, exact: bool) -> str:
    """What is quoted or has a figure in it, as words of its own and not denied; the rest only by itself."""
    if exact or re.search(r"\d.*\D|\D.*\d", text):
        return rf"/(?<![Nn]ot? )(?<!\d[.,]){_BEGINS}{_escaped(text)}{_ENDS}/u"
    return f"/{_OPENS}{_escaped(text)}{_CLOSES}/u"


def _no_control(text: str) -> str:
    """What a button says is what it does; so may a link, where it is a verb."""
    link = " or ancestor-or-self::a" if any(is_act(word) for word in fold(text).split()[:1]) else ""
    return f" >> xpath=self::*[not({_CONTROL}{link})]"


def _unlike(near: str) -> str:
    """No row beside it says the same words; which of the two is meant nobody knows."""
    quote = '"' if '"' not in near else "'"
    if quote in near:
        return ""
    said = f"normalize-space(translate(.,'{_SIGNS}','{' ' * len(_SIGNS)}'))"
    words = f"contains(concat(' ',{said},' '),{quote} {' '.join(near.split())} {quote})"
    return f"[not((preceding-sibling::*|following-sibling::*)[.//text()[not(ancestor::option)][{words}]])]"


def _escaped(text: str) -> str:
    parts = (_SPECIAL.sub(lambda sign: f"\\{sign[0]}", part) for part in text.split())
    return _QUOTES.sub(lambda sign: f"\\x{ord(sign[0]):02x}", "\\s+".join(parts))
