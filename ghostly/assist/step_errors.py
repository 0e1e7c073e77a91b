"""Reads the error of a step: what we say in it, never what it tells of the page, which shall decide nothing."""

from __future__ import annotations

import re

_UNREACHABLE = re.compile(r"cannot be reached: .*\(ERR_\w+\)\Z|The (?:page crashed|browser went away)", re.DOTALL)
_NOT_THERE = re.compile(r"(?:no element matched|nothing matches)")
_THERE = re.compile(
    r"is covered by|is not (?:visible|enabled|editable)|is hidden|is inert|does not stop moving|is outside of"
    r"|did not become ready"
)
_LOCKED = re.compile(r"is not (?:enabled|editable)\Z")
_IMPOSSIBLE = re.compile(
    r"has no such option|is not enabled: an option|is not in the uploads directory|no uploads directory"
    r"|left the origin|it is not on the origin|Unknown engine|Unexpected token|not a valid selector|while parsing"
    r"|Unsupported token|no secret is named|cannot be uploaded: no such"
)
_OF_PAGE = re.compile(r"; (?:nearest: |there stands |the text there begins with )|(?<=is covered by )<")
_NEAREST = "; nearest:"


def tells_unreachable(error: str) -> bool:
    """Whether nothing answered, or the browser is not there any more."""
    return _UNREACHABLE.search(ours(error)) is not None


def tells_absent(error: str) -> bool:
    """Whether no element was there."""
    return _NOT_THERE.search(ours(error)) is not None


def tells_unusable(error: str) -> bool:
    """Whether an element was there, and could not be used."""
    return _THERE.search(ours(error)) is not None


def tells_locked(error: str) -> bool:
    """Whether an element was there, and does not let anything be done with it."""
    return _LOCKED.search(ours(error)) is not None


def cannot_be(error: str) -> bool:
    """Whether what the step asks for cannot be, whatever the application does."""
    return _IMPOSSIBLE.search(ours(error)) is not None


def without_nearest(error: str) -> str:
    """The error without what is on the page instead."""
    return error.partition(_NEAREST)[0]


def ours(error: str) -> str:
    """What we say in it, without what it tells of the page."""
    return _OF_PAGE.split(error, maxsplit=1)[0]
