"""Appends made by hand, to streams that have no head."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from stories import DAWN

from ghostly.domain.events import Event, MemoryMissed
from ghostly.event_log import Append, Encoded, chained, encode, genesis

KIND = "note"


def notes(stream: UUID, seqs: Sequence[int]) -> list[Event]:
    """Small facts of a stream, with these seqs."""
    return [MemoryMissed(stream, seq, DAWN, "system", horizon=seq) for seq in seqs]


def appended(events: Sequence[Event], before: bytes | None = None) -> Append:
    """The append of these events, which follow each other in one stream."""
    stream, stored = events[0].originator_id, [encode(event)[1] for event in events]
    hashes = chained(before or genesis(KIND, stream), stored)
    return Append(stream=stream, kind=KIND, expected=stored[0].seq - 1, events=stored, hashes=hashes)


def note(stream: UUID | None = None, seq: int = 1, count: int = 1) -> Append:
    """An append of ``count`` small facts, by default to a new stream."""
    return appended(notes(stream or uuid4(), range(seq, seq + count)))


def raw(stream: UUID, **fields: object) -> Append:
    """An append of one fact with these columns, whatever is wrong with them."""
    [fact] = note(stream).events
    return Append(stream=stream, kind=KIND, expected=0, events=[fact._replace(**fields)], hashes=[b"\0" * 32])


def sized(characters: int) -> Append:
    """An append of about so many bytes."""
    fact: Encoded = note().events[0]._replace(data='"' + "x" * characters + '"')
    return Append(stream=uuid4(), kind=KIND, expected=0, events=[fact], hashes=[b"\0" * 32])
