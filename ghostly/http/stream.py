"""GET /v1/runs/{id}/events/stream: status, every event once, and the end."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

from aiohttp import hdrs, web

from ghostly.accounts.scopes import READ
from ghostly.http.auth import allowed
from ghostly.http.context import CLOCK, TAIL
from ghostly.http.messages import Message
from ghostly.http.openapi import Answer, Group, Header, described
from ghostly.http.openapi.operation import EVENTS, LINES
from ghostly.http.query import Choice, Number, Words
from ghostly.http.streams import STREAMS, Reader, Streams
from ghostly.http.visible import find
from ghostly.http.wording import Form, Wording
from ghostly.projections import timeline
from ghostly.projections.run_view import Stand
from ghostly.tail import News

__all__ = ["STREAMS", "Streams", "stream"]

TYPES = frozenset(timeline.WIRE.values())

AFTER = Number("after", "Begins behind this event; the header beats it.")
LAST = Header("Last-Event-ID", "The same, as a browser says it by itself when it comes back.")
AFTER_LAST = replace(AFTER, name=LAST.name)
ONLY = Words("types", "Leaves out assist messages of all other types.", words=tuple(TYPES))
FORMAT = Choice("format", "How messages look; `ndjson` is an object a line.", words=("sse", "ndjson"))


@described(
    "Follow a run",
    "First the current status, then every event once, in order, as it is committed; at last the final status, "
    "`end`, and the connection closes. A reader that comes back with `Last-Event-ID` misses nothing.",
    Group.RUNS,
    READ,
    Answer("The messages, one by one.", Message, media=(EVENTS, LINES)),
    parameters=(AFTER, LAST, ONLY, FORMAT),
    errors=("rate_limited",),
    in_url=True,
)
async def stream(request: web.Request) -> web.StreamResponse:
    """Status first, every event behind ``Last-Event-ID`` or ``?after=``, then the final status and ``end``."""
    caller = await allowed(request, READ, in_url=True)
    stand = await find(request, caller)
    after, types, form = _after(request, stand), _types(request), _form(request)
    async with request.app[STREAMS].open(request, caller, form) as reader:
        with suppress(ConnectionError):
            await _tell(request, reader, stand, after, types)
    return reader.response


async def _tell(request: web.Request, reader: Reader, stand: Stand, after: int, types: frozenset[str]) -> None:
    wording = Wording(types, reader.form, reader.chunked)
    retry = b"retry: 1000\n\n" if reader.form == "sse" else b""
    await reader.send(retry + wording.said(timeline.status_message(stand.status, stand.since)))
    if after < stand.seq or not stand.finished:
        last = None
        take = partial(_take, reader, wording)
        async for frames in request.app[TAIL].follow(stand.id, after=after, take=take):
            for block in wording.blocks(frames):
                await reader.send(block)
            last = frames[-1]
        if last is None or last.ending is None:
            return  # the server is stopping: the reader comes back
        if not stand.finished:
            await reader.send(wording.said(timeline.status_message(last.ending, last.at, last.seq)))
    await reader.send(wording.said(timeline.end_message(request.app[CLOCK]())))


def _take(reader: Reader, wording: Wording, news: News) -> bool:
    """Pass on what is not much, unless the reader is behind: else its own task does, which can wait for it."""
    told = news.once(wording, wording.at_once)
    return told is not None and reader.slip(told)


def _after(request: web.Request, stand: Stand) -> int:
    header = LAST.of(request)
    asked, given = (AFTER_LAST, header) if header else (AFTER, AFTER.text(request))
    after = asked.read(given) if given else 0
    if after > stand.seq:
        raise asked.wrong(f"must be the id of an event, at most {stand.seq}")
    return after


def _types(request: web.Request) -> frozenset[str]:
    return ONLY.of(request) or TYPES


def _form(request: web.Request) -> Form:
    given = FORMAT.of(request)
    wants_lines = LINES in request.headers.get(hdrs.ACCEPT, "")
    return "ndjson" if given == "ndjson" or (given is None and wants_lines) else "sse"
