"""Times as Ghostly tells them: UTC, cut to milliseconds, RFC 3339 with ``Z``."""

from __future__ import annotations

from datetime import datetime


def cut(at: datetime) -> datetime:
    """The time without what is finer than a millisecond, so that an event read back equals the one written."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def rfc3339(at: datetime) -> str:
    """``2026-04-20T17:34:10.123Z``; ``at`` must be UTC."""
    return at.isoformat(timespec="milliseconds")[:-6] + "Z"
