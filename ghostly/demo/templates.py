"""From the files under pages/ to HTML.

A file is one page; parts of it that are shown several times or not at all follow below lines like
`<!-- row -->`, and are called `cart.row`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from string import Template

PAGES = Path(__file__).parent / "pages"


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


@cache
def parts(page: str) -> dict[str, Template]:
    """The page's own template under its name, and those of its parts under theirs."""
    text = (PAGES / f"{page}.html").read_text("utf-8")
    own, *rest = re.split(r"(?m)^<!-- ([a-z-]+) -->\n", text)
    named = zip(rest[::2], rest[1::2], strict=True)
    return {page: Template(own)} | {f"{page}.{name}": Template(part) for name, part in named}


def fill(name: str, /, **values: object) -> Html:
    """The template with its places filled; every value is escaped unless it is HTML already."""
    safe = {key: value if isinstance(value, Html) else escape(str(value)) for key, value in values.items()}
    return Html(parts(name.partition(".")[0])[name].substitute(safe))


def joined(several: Iterable[Html]) -> Html:
    """All of them, one after the other."""
    return Html("".join(several))


def options(choices: Mapping[str, str], chosen: str) -> Html:
    """The options of a select, with the chosen one selected."""
    return joined(
        fill("layout.chosen" if key == chosen else "layout.option", value=key, text=text)
        for key, text in choices.items()
    )
