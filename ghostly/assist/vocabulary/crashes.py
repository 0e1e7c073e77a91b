"""Tells where a page says that it broke: to the console, and to whoever looks at it."""

from __future__ import annotations

import re

# What frameworks and engines call an error that was thrown.
_THROWN = re.compile(
    r"\b(?:Type|Reference|Range|Syntax|Internal|Invariant)Error\b|Minified React error|ERROR Error\b|\bUncaught\b"
    r"|The above error occurred|error occurred in the <|Unhandled error during execution|Maximum update depth"
)
# Not thrown by the application's own fault: a request got no answer.
_UNANSWERED = re.compile(r"Failed to fetch|NetworkError|network error|Load failed|dynamically imported")
_APOLOGY = re.compile(
    r"\b(?:went wrong|crashed|unexpected (?:application )?error|application error|client-side exception"
    r"|an? (?:unknown |internal )?error (?:has )?occurred|error boundary|failed to render"
    r"|(?:could not|couldn't|can't|cannot) be (?:shown|displayed|rendered|loaded)"
    r"|(?:ha ido|ha salido|sali[oó]|fue) mal|error inesperado"
    r"|(?:ha ocurrido|se ha producido|se produjo|ocurri[oó]) un error|no se (?:pudo|puede|ha podido) mostrar)\b",
    re.IGNORECASE,
)
_SORRY = re.compile(  # and no more: "Sorry, that name is taken" is an answer
    r"\W*(?:we(?:[\u2019']| a)re )?(?:(?:so|very) )?(?:sorry|oops|lo sentimos|ups|vaya)"
    r"(?: (?:about|for) (?:that|this)| mucho)?\W*",
    re.IGNORECASE,
)
_STACK = re.compile(r"\s+at (?=\S+ \(|https?:)")


def tells_throw(text: str) -> bool:
    """Whether a line of the console tells of an error that the application made itself."""
    return _THROWN.search(text) is not None and _UNANSWERED.search(text) is None


def without_stack(text: str) -> str:
    """What was thrown, without where."""
    return _STACK.split(text)[0]


def apologizes(line: str) -> bool:
    """Whether the line regrets that something broke, and answers nothing."""
    return _APOLOGY.search(line) is not None or _SORRY.fullmatch(line) is not None
