"""What a route takes and gives: told by a decorator on its handler, in the types that check and make it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Protocol, TypeVar

from aiohttp import web

H = TypeVar("H", bound=Callable[..., Any])

JSON, LINES, EVENTS = "application/json", "application/x-ndjson", "text/event-stream"
ANY = ""
"""The scope of what every good credential may do."""


class Group(StrEnum):
    """What an operation is about."""

    RUNS = "Runs"
    FILES = "What runs leave behind"
    ACCOUNTS = "Accounts"
    KEYS = "API keys"
    PROJECTS = "Projects"
    SECRETS = "Secrets"
    ASSISTANCE = "Assistance"
    SERVER = "This server"


class Parameter(Protocol):
    """Something beside path and body that a request may hold."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def says(self) -> str:
        """What it means."""

    @property
    def place(self) -> str:
        """``query`` or ``header``."""

    @property
    def schema(self) -> dict[str, Any]:
        """What it can hold, as JSON Schema."""


@dataclass(frozen=True)
class Header:
    """A header that a request may have, or an answer has."""

    name: str
    says: str
    most: int | None = None

    place: ClassVar[str] = "header"

    @property
    def schema(self) -> dict[str, Any]:
        """What it can hold, as JSON Schema."""
        return {"type": "string"} | ({"maxLength": self.most} if self.most is not None else {})

    def of(self, request: web.Request) -> str:
        """What the request says there; nothing if it is absent."""
        return request.headers.get(self.name, "")


@dataclass(frozen=True)
class Answer:
    """What is answered: in words, as a type, of which media type, with which headers.

    The type is that of the JSON, or of each message where many are sent one by one; None if it is neither.
    """

    says: str
    kind: Any = None
    media: tuple[str, ...] = (JSON,)
    headers: tuple[Header, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Operation:
    """What a route takes and gives. ``scope`` is None where nobody is asked who they are.

    ``errors`` are the codes that do not follow from the rest; ``in_url`` lets a token come as ``?token=``.
    """

    title: str
    says: str
    group: Group
    scope: str | None
    answers: Mapping[int, Answer]
    parameters: tuple[Parameter, ...] = ()
    body: Any = None  # or a tuple of them, where it can be one of several
    errors: tuple[str, ...] = ()
    in_url: bool = False
    stored: bool = field(default=True)  # whether the database is asked


def described(
    title: str,
    says: str,
    group: Group,
    scope: str | None,
    answers: Answer | Mapping[int, Answer],
    **more: Any,
) -> Callable[[H], H]:
    """Tell what the handler's route takes and gives; an answer alone is that of a 200."""
    all_answers = {200: answers} if isinstance(answers, Answer) else answers
    operation = Operation(title=title, says=says, group=group, scope=scope, answers=all_answers, **more)

    def tell(handler: H) -> H:
        vars(handler)["operation"] = operation
        return handler

    return tell


def operation_of(route: web.RouteDef) -> Operation:
    """What the route takes and gives; raises ``KeyError`` if nobody told."""
    told: Operation = vars(route.handler)["operation"]
    return told
