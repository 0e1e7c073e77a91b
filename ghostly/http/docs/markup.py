"""HTML, made so that nothing gets into it as markup but markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

_CODE = re.compile(r"`([^`]+)`")


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(_name: str, *inner: str, **attributes: str) -> Html:
    """An element; what is in it is escaped unless it is HTML. ``class_`` is the attribute ``class``."""
    written = "".join(f' {name.rstrip("_")}="{escape(value)}"' for name, value in attributes.items())
    return Html(f"<{_name}{written}>{joined(*inner)}</{_name}>")


def joined(*parts: str, by: str = "") -> Html:
    """The parts one behind the other."""
    return Html(by.join(part if isinstance(part, Html) else escape(part, quote=False) for part in parts))


def prose(text: str) -> Html:
    """A text, in which what stands between backticks is code."""
    parts = _CODE.split(text)
    return joined(*(tag("code", part) if at % 2 else part for at, part in enumerate(parts)))


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Html:
    """A table with a head; nothing without rows."""
    if not rows:
        return Html("")
    heads = tag("tr", *(tag("th", name) for name in head))
    body = joined(*(tag("tr", *(tag("td", cell) for cell in row)) for row in rows))
    return tag("div", tag("table", tag("thead", heads), tag("tbody", body)), class_="table")


def json_code(text: str) -> Html:
    """JSON whose names and texts can be told apart at a glance."""
    return joined(*map(_coloured, _TOKENS.split(text)))


_TOKENS = re.compile(r'("(?:[^"\\]|\\.)*"(?:\s*:)?)')


def _coloured(token: str) -> Html:
    if not token.startswith('"'):
        return joined(token)
    return tag("span", token, class_="name" if token.endswith(":") else "text")
