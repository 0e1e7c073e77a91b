"""What one append brings, and the one statement that a batch of appends becomes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from ghostly.domain.moment import rfc3339
from ghostly.event_log import chain
from ghostly.event_log.codec import Encoded
from ghostly.event_log.stored import Stored

SQL = f"select last_position, taken from append_events({', '.join(f'${n}' for n in range(1, 29))})"  # noqa: S608

LOCK = 7310868735423148
"""The number of the advisory lock that ``append_events`` takes: who holds it holds up every append."""


class Head(Struct, frozen=True, kw_only=True):
    """How the row of a run reads after the append; ``begins`` only when the run begins."""

    phase: str
    status: str
    driver: str | None
    due_at: datetime | None
    finished_at: datetime | None
    summary: str
    state: str
    version: int
    begins: dict[str, Any] | None = None


class Append(Struct, frozen=True, kw_only=True):
    """Events for one stream, which must have ``expected`` events so far; ``hashes`` has one for each event.

    ``head`` and ``steps`` (index, JSON) are rows to be written in the same transaction; only runs have them.
    """

    stream: UUID
    kind: str
    expected: int
    events: Sequence[Encoded]
    hashes: Sequence[bytes]
    head: Head | None = None
    steps: Sequence[tuple[int, str]] = ()

    @property
    def size(self) -> int:
        """About how many bytes it brings."""
        head = self.head
        rows = (len(head.summary) + len(head.state)) if head else 0
        return (
            rows + sum(len(event.data) + 256 for event in self.events) + sum(len(data) for _, data in self.steps)
        )


def chained(before: bytes, events: Sequence[Encoded]) -> list[bytes]:
    """The hash of each event, in order, ``before`` being that of the event before them."""
    hashes = []
    for e in events:
        before = chain.link(before, e.seq, e.topic, e.version, rfc3339(e.at), e.actor, e.digest)
        hashes.append(before)
    return hashes


_NO_HEAD = Head(
    phase="", status="", driver=None, due_at=None, finished_at=None, summary="{}", state="{}", version=0
)


def arguments(batch: Sequence[Append]) -> list[Any]:
    """The batch as the parallel arrays that ``append_events`` takes; each stream must occur once."""
    heads = [append.head or _NO_HEAD for append in batch]
    events = [(append.stream, append.kind, *event) for append in batch for event in append.events]
    steps = [(append.stream, *step) for append in batch for step in append.steps]
    begins = [head.begins for head in heads if head.begins is not None]
    return [
        [append.stream for append in batch],
        [append.kind for append in batch],
        [append.expected for append in batch],
        [append.events[-1].seq for append in batch],
        [append.hashes[-1] for append in batch],
        [head.phase for head in heads],
        [head.status for head in heads],
        [head.driver for head in heads],
        [head.due_at for head in heads],
        [head.finished_at for head in heads],
        [head.summary for head in heads],
        [head.state for head in heads],
        [head.version for head in heads],
        msgspec.json.encode(begins).decode() if begins else None,
        *_columns(steps, 3),
        *_columns(events, 10),
        [each for append in batch for each in append.hashes],
    ]


def placed(batch: Sequence[Append], taken: set[UUID], last: int) -> list[Stored]:
    """What the log holds of a batch of which these streams were taken, its last event at the position ``last``."""
    events = [(append.stream, event) for append in batch if append.stream in taken for event in append.events]
    return [
        Stored(position, stream, e.seq, e.topic, e.version, e.at, e.actor, e.data)
        for position, (stream, e) in enumerate(events, last - len(events) + 1)
    ]


def _columns(rows: list[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]
