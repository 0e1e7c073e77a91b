"""The hash chain of a stream, fixed for ever: change nothing here, or no proof made before holds any more.

``h0 = SHA-256("ghostly/" + kind + "/" + streamId)``, ``dn = SHA-256(salt + data)`` over the bytes as stored, and
``hn = SHA-256(hn-1 + compact UTF-8 JSON of [seq, topic, version, at, actor, dn in hex])``. The payload enters only
by its digest, so it can be erased without breaking the chain. Specification: docs/events.md, "The chain".
"""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

from msgspec.json import encode


def genesis(kind: str, stream: UUID) -> bytes:
    """The hash before the first event of a stream: 32 bytes."""
    return sha256(f"ghostly/{kind}/{stream}".encode()).digest()


def digest(salt: bytes, data: bytes) -> bytes:
    """What the chain knows of a payload: 32 bytes over the salt and the payload as stored."""
    return sha256(salt + data).digest()


def link(  # noqa: PLR0917 - the order is the array's
    before: bytes, seq: int, topic: str, version: int, at: str, actor: str, data_digest: bytes
) -> bytes:
    """The hash of an event, given that of the event before: 32 bytes. ``at`` is RFC 3339 with milliseconds."""
    return sha256(before + encode([seq, topic, version, at, actor, data_digest.hex()])).digest()
