"""One event as the log holds it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

COLUMNS = "position, stream, seq, topic, version, at, actor, data"


class Stored(Struct, frozen=True, gc=False):
    """A row of the log, not decoded: ``data`` is the payload's JSON text, None once it was erased."""

    position: int
    stream: UUID
    seq: int
    topic: str
    version: int
    at: datetime
    actor: str
    data: str | None
