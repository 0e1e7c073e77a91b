"""The log as it is stored: whole rows in the order of the streams, and lines for whoever checks it elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy
from msgspec import Raw, Struct

from ghostly.domain.moment import rfc3339
from ghostly.event_log import Stored
from ghostly.event_log.stored import COLUMNS

PAGE = 2_000

# Bounds on both sides, each on the index's first column: a page is one range of (stream, seq), wherever it is.
ROWS = f"""
select {COLUMNS}, kind, salt, data_digest, hash, erased_by from events
 where (stream, seq) > ($1, $2) and stream <= $3 order by stream, seq limit {PAGE}
"""  # noqa: S608


class Logged(Stored, frozen=True, gc=False):
    """A whole row of the log."""

    kind: str
    salt: bytes | None
    digest: bytes
    hash: bytes
    erased_by: int | None


class _Line(Struct, rename="camel"):
    seq: int
    position: int
    type: str
    version: int
    at: str
    actor: str
    data: Raw
    raw: str | None
    salt: str | None
    digest: str
    hash: str
    erased_by: int | None


async def pages(
    connection: asyncpg.Pool | PoolConnectionProxy, first: UUID, last: UUID
) -> AsyncIterator[list[Logged]]:
    """All events of the streams from ``first`` to ``last``, by stream and seq, at most 2,000 at a time."""
    stream, seq = first, 0
    while rows := await connection.fetch(ROWS, stream, seq, last):
        yield [Logged(*row) for row in rows]
        stream, seq = rows[-1]["stream"], rows[-1]["seq"]


async def log_lines(pool: asyncpg.Pool, run_id: UUID) -> AsyncIterator[bytes]:
    """Each event of the run as a line of JSON: with the hash of the event before, all that its own is made of.

    ``raw`` is the payload's text, which the digest covers, and ``data`` the same as JSON; null once it was erased.
    """
    async for page in pages(pool, run_id, run_id):
        for event in page:
            yield msgspec.json.encode(_line(event)) + b"\n"


def _line(event: Logged) -> _Line:
    return _Line(
        seq=event.seq,
        position=event.position,
        type=event.topic,
        version=event.version,
        at=rfc3339(event.at),
        actor=event.actor,
        data=Raw((event.data or "null").encode()),
        raw=event.data,
        salt=None if event.salt is None else event.salt.hex(),
        digest=event.digest.hex(),
        hash=event.hash.hex(),
        erased_by=event.erased_by,
    )
