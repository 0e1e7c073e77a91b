"""What comes in the query of a URL: each parameter as what it means; one that is empty counts as absent.

What reads a parameter is what describes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, NoReturn
from uuid import UUID

from aiohttp import web

from ghostly.domain.errors import Flaw
from ghostly.http.problems import Problem

_UNFIT = re.compile("[\0\ud800-\udfff]")
_LOST_PLUS = re.compile(r" (?=\d\d:?\d\d\Z)")

MOST_DIGITS = 10


@dataclass(frozen=True)
class Text:
    """A text, as it is."""

    name: str
    says: str
    most: int = 2048

    place: ClassVar[str] = "query"

    @property
    def schema(self) -> dict[str, Any]:
        """What it can hold, as JSON Schema."""
        return {"type": "string", "maxLength": self.most}

    def given(self, request: web.Request) -> str | None:
        """What stands there, whatever it is; None if it is absent."""
        return request.query.get(self.name) or None

    def text(self, request: web.Request) -> str | None:
        """What stands there; None if it is absent. Raises ``Problem`` for one that no database can hold."""
        given = self.given(request)
        if given is not None and (len(given) > self.most or _UNFIT.search(given)):
            raise self.wrong(f"must be a text of at most {self.most} characters")
        return given

    def of(self, request: web.Request) -> Any:
        """What it means; None if it is absent."""
        return self.text(request)

    def wrong(self, sentence: str) -> Problem:
        """The 400 that names the parameter."""
        return Problem("validation_error", [Flaw(self.name, sentence)])


@dataclass(frozen=True)
class Choice(Text):
    """One of these words."""

    words: tuple[str, ...] = ()

    @property
    def schema(self) -> dict[str, Any]:
        """What it can hold, as JSON Schema."""
        return {"enum": list(self.words)}

    def of(self, request: web.Request) -> Any:
        """The word; None if it is absent. Raises ``Problem`` for any other."""
        given = self.text(request)
        if given is not None and given not in self.words:
            several = "one of " if len(self.words) > 1 else ""
            raise self.wrong(f"must be {several}{', '.join(self.words)}")
        return given


class Flag(Choice):
    """``true`` or ``false``, which is the same as its absence."""

    @property
    def schema(self) -> dict[str, Any]:
        """What it can hold, as JSON Schema."""
        return {"type": "boolean", "default": False}

    def of(self, request: web.Request) -> bool:
        """Whether it is ``true``; raises ``Problem`` for what is neither true nor false."""
        given: str | None = super().of(request)
        return given == "true"


def flag(name: str, says: str) -> Flag:
    """A parameter that is ``true`` or ``false``."""
    return Flag(name, says, words=("true", "false"))


@dataclass(frozen=True)
class Number(Text):
    """A whole number of this range."""

    least: int = 0
    greatest: int = 10**MOST_DIGITS - 1

    @property
    def schema(self) -> dict[str, Any]:
        """What it can hold, as JSON Schema."""
        return {"type": "integer", "minimum": self.least, "maximum": self.greatest}

    def of(self, request: web.Request) -> int | None:
        """The number; None if it is absent. Raises ``Problem`` for anything else."""
        given = self.text(request)
        return None if given is None else self.read(given)

    def read(self, given: str) -> int:
        """The number that the text is; raises ``Problem`` for anything else."""
        if not is_number(given) or not self.least <= int(given) <= self.greatest:
            raise self.wrong(f"must be a whole number, {self.least} to {self.greatest}")
        return int(given)


class Moment(Text):
    """A time that says its zone."""

    @property
    def schema(self) -> dict[str, Any]:
        """What it can hold, as JSON Schema."""
        return {"type": "string", "format": "date-time"}

    def of(self, request: web.Request) -> datetime | None:
        """The time in UTC; None if it is absent. Raises ``Problem`` unless it is RFC 3339 and says its zone."""
        given = self.text(request)
        if given is None:
            return None
        try:
            # A plus that nobody encoded arrives as a space.
            at = datetime.fromisoformat(_LOST_PLUS.sub("+", given))
            return at.astimezone(UTC) if at.tzinfo else self._no_time()
        except (ValueError, OverflowError):
            return self._no_time()

    def _no_time(self) -> NoReturn:
        raise self.wrong("must be a time like 2026-04-20T17:34:10.123Z")


@dataclass(frozen=True)
class Words(Text):
    """Some of these words, between commas."""

    words: tuple[str, ...] = ()

    @property
    def schema(self) -> dict[str, Any]:
        """What it can hold, as JSON Schema."""
        return {"type": "array", "items": {"enum": sorted(self.words)}}

    def of(self, request: web.Request) -> frozenset[str] | None:
        """The words; None if it is absent. Raises ``Problem`` for one that is none of them."""
        given = self.text(request)
        words = None if given is None else frozenset(given.split(","))
        if words and (unknown := words.difference(self.words)):
            raise self.wrong(f"there is no {min(unknown)!r}")
        return words


class Numbers(Text):
    """Whole numbers, between commas."""

    @property
    def schema(self) -> dict[str, Any]:
        """What it can hold, as JSON Schema."""
        return {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 10**MOST_DIGITS - 1}}

    def of(self, request: web.Request) -> tuple[int, ...] | None:
        """The numbers, sorted, each once; None if it is absent. Raises ``Problem`` for anything else."""
        given = self.text(request)
        if given is None:
            return None
        numbers = given.split(",")
        if not all(map(is_number, numbers)):
            raise self.wrong("must be whole numbers, as in 0,2")
        return tuple(sorted(set(map(int, numbers))))


class Id(Text):
    """An id; one that cannot be any is as unknown as any."""

    @property
    def schema(self) -> dict[str, Any]:
        """What it can hold, as JSON Schema."""
        return {"type": "string", "format": "uuid"}

    def of(self, request: web.Request) -> UUID | None:
        """The id; None if it is absent. Raises ``Problem`` (404) for what cannot be one."""
        given = self.given(request)
        return id_of(given) if given else None


def id_of(text: str) -> UUID:
    """The id; raises ``Problem`` (404) for what cannot be one."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Problem("not_found") from error


def is_number(text: str) -> bool:
    """Whether the text can be a number of ours: digits, and not so many that Python refuses to read them."""
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
