"""GET /v1/runs/{id}/events/stream: status, every event once, and the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

import msgspec
from aiohttp import hdrs, web

from ghostly.accounts.scopes import READ
from ghostly.http.auth import allowed
from ghostly.http.context import CLOCK, TAIL
from ghostly.http.query import choice, is_number, text, wrong
from ghostly.http.streams import NDJSON, SEND_BUFFER, STREAMS, Client, Form, Streams
from ghostly.http.visible import find
from ghostly.projections import timeline
from ghostly.projections.run_record import Summary
from ghostly.projections.run_view import Row
from ghostly.projections.timeline import Frame

__all__ = ["STREAMS", "Streams", "stream"]

TYPES = frozenset(timeline.WIRE.values())

_summary = msgspec.json.Decoder(Summary)


async def stream(request: web.Request) -> web.StreamResponse:
    """Status first, every event behind ``Last-Event-ID`` or ``?after=``, then the final status and ``end``."""
    caller = await allowed(request, READ, in_url=True)
    row = await find(request, caller)
    after, types, form = _after(request, row), _types(request), _form(request)
    async with request.app[STREAMS].open(request, caller, form) as client:
        with suppress(ConnectionError):
            await _tell(request, client, row, after, types)
    return client.response


async def _tell(request: web.Request, client: Client, row: Row, after: int, types: frozenset[str]) -> None:
    opening = _summary.decode(row.summary)
    since = opening.finished_at or row.started_at
    retry = b"retry: 1000\n\n" if client.form == "sse" else b""
    await client.send(retry + client.said(timeline.status_message(opening.status, since)))
    if after < row.seq or opening.finished_at is None:
        last = None
        async for frames in request.app[TAIL].follow(row.id, after=after):
            for block in _blocks(client, frames, types):
                await client.send(block)
            last = frames[-1]
        if last is None or last.ending is None:
            return  # the server is stopping: the client comes back
        if opening.finished_at is None:
            await client.send(client.said(timeline.status_message(last.ending, last.at, last.seq)))
    await client.send(client.said(timeline.end_message(request.app[CLOCK]())))


def _blocks(client: Client, frames: Sequence[Frame], types: frozenset[str]) -> Iterator[bytes]:
    """The frames of these types in few writes, each of which keeps little for a reader who is behind."""
    block, size = [], 0
    for frame in frames:
        if frame.type not in types:
            continue
        block.append(client.said(frame.bytes))
        size += len(frame.bytes)
        if size >= SEND_BUFFER:
            yield b"".join(block)
            block, size = [], 0
    yield b"".join(block)


def _after(request: web.Request, row: Row) -> int:
    given = request.headers.get("Last-Event-ID") or request.query.get("after") or "0"
    if not is_number(given) or int(given) > row.seq:
        raise wrong("Last-Event-ID", f"must be the id of an event, at most {row.seq}")
    return int(given)


def _types(request: web.Request) -> frozenset[str]:
    given = text(request, "types")
    types = TYPES if given is None else frozenset(given.split(","))
    if unknown := types - TYPES:
        raise wrong("types", f"there is no type {min(unknown)!r}")
    return types


def _form(request: web.Request) -> Form:
    given = choice(request, "format", ("sse", "ndjson"))
    wants_lines = NDJSON in request.headers.get(hdrs.ACCEPT, "")
    return "ndjson" if given == "ndjson" or (given is None and wants_lines) else "sse"
