"""What comes in the query of a URL: each parameter as what it means; one that is empty counts as absent."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NoReturn, get_args

from aiohttp import web

from ghostly.domain.errors import Flaw
from ghostly.http.problems import Problem

_UNFIT = re.compile("[\0\ud800-\udfff]")
_LOST_PLUS = re.compile(r" (?=\d\d:?\d\d\Z)")


def text(request: web.Request, name: str, most: int = 2048) -> str | None:
    """The parameter as it is; None if it is absent. Raises ``Problem`` for one that no database can hold."""
    given = request.query.get(name) or None
    if given is not None and (len(given) > most or _UNFIT.search(given)):
        raise wrong(name, f"must be a text of at most {most} characters")
    return given


def flag(request: web.Request, name: str) -> bool:
    """Whether it is ``true``; raises ``Problem`` for what is neither true nor false."""
    return choice(request, name, ("true", "false")) == "true"


def choice(request: web.Request, name: str, among: object) -> str | None:
    """One of the words (a tuple, or a ``Literal``); raises ``Problem`` for any other."""
    words = among if isinstance(among, tuple) else get_args(among)
    given = text(request, name)
    if given is not None and given not in words:
        raise wrong(name, f"must be one of {', '.join(words)}")
    return given


def number(request: web.Request, name: str, least: int, most: int) -> int | None:
    """A whole number of this range; raises ``Problem`` for anything else."""
    given = text(request, name)
    if given is None:
        return None
    if not is_number(given) or not least <= int(given) <= most:
        raise wrong(name, f"must be a whole number, {least} to {most}")
    return int(given)


def moment(request: web.Request, name: str) -> datetime | None:
    """A time, in UTC; raises ``Problem`` unless it is RFC 3339 and says its zone."""
    given = text(request, name)
    if given is None:
        return None
    try:
        at = datetime.fromisoformat(_LOST_PLUS.sub("+", given))  # a plus that nobody encoded arrives as a space
        return at.astimezone(UTC) if at.tzinfo else _no_time(name)
    except (ValueError, OverflowError):
        return _no_time(name)


def _no_time(name: str) -> NoReturn:
    raise wrong(name, "must be a time like 2026-04-20T17:34:10.123Z")


def wrong(name: str, sentence: str) -> Problem:
    """The 400 that names the parameter."""
    return Problem("validation_error", [Flaw(name, sentence)])


def is_number(text: str) -> bool:
    """Whether the text can be a number of ours: digits, and not so many that Python refuses to read them."""
    return text.isascii() and text.isdigit() and len(text) <= 10
