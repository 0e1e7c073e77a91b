"""Times as Ghostly tells them: UTC, cut to milliseconds, RFC 3339 with ``Z``; and ids that sort by them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def cut(at: datetime) -> datetime:
    """The time without what is finer than a millisecond, so that an event read back equals the one written."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def rfc3339(at: datetime) -> str:
    """``2026-04-20T17:34:10.123Z``; ``at`` must be UTC."""
    return at.isoformat(timespec="milliseconds")[:-6] + "Z"


def uuid7(at: datetime, chance: bytes) -> UUID:
    """The UUIDv7 (RFC 9562) of this millisecond and these 10 random bytes."""
    value = (at - _EPOCH) // _MILLISECOND << 80 | int.from_bytes(chance)
    value = value & ~(0xF << 76) | 7 << 76
    return UUID(int=value & ~(0x3 << 62) | 2 << 62)
