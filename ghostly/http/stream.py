"""GET /v1/runs/{id}/events/stream: status, every event once, and the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import msgspec
from aiohttp import web
from aiohttp_sse import EventSourceResponse

from ghostly.accounts.users import READ
from ghostly.domain.errors import Flaw
from ghostly.http.auth import allowed
from ghostly.http.context import CLOCK, TAIL
from ghostly.http.problems import ID, REQUEST_ID, Problem
from ghostly.http.visible import find, is_number
from ghostly.projections import timeline
from ghostly.projections.run_record import Summary
from ghostly.projections.run_view import Row

logger = logging.getLogger("ghostly.http")

PING_S = 15.0
STUCK_S = 60.0
SEND_BUFFER = 64 * 1024
NEVER_S = 10**8

RESPONSE = web.RequestKey("response", EventSourceResponse)

_summary = msgspec.json.Decoder(Summary)


class _Client:
    """One open stream; ``stuck_since`` is set while a write waits for the reader."""

    def __init__(self, request: web.Request, response: EventSourceResponse) -> None:
        self._request = request
        self._response = response
        self.stuck_since: float | None = None

    async def send(self, data: bytes) -> None:
        """Write the bytes, waiting for a reader that is behind."""
        self.stuck_since = asyncio.get_running_loop().time()
        try:
            await self._response.write(data)
        finally:
            self.stuck_since = None

    def abort(self) -> None:
        """Cut the connection: its reader can resume."""
        if self._request.transport is not None:
            self._request.transport.abort()


class Streams:
    """All open streams of this process: pings them, and cuts readers that take nothing for a minute."""

    def __init__(self, ping_every: float = PING_S, stuck_after: float = STUCK_S) -> None:
        self._clients: set[_Client] = set()
        self._ping_every = ping_every
        self._stuck_after = stuck_after

    @asynccontextmanager
    async def open(self, request: web.Request) -> AsyncIterator[_Client]:
        """Answer the request with an event stream, and end it cleanly."""
        response = EventSourceResponse(
            headers={REQUEST_ID: request[ID]}, ping_interval=NEVER_S, send_timeout=self._stuck_after
        )
        await response.prepare(request)
        client = _Client(request, response)
        self._clients.add(client)
        request[RESPONSE] = response
        try:
            yield client
        finally:
            self._clients.discard(client)
            response.stop_streaming()

    async def tend(self, app: web.Application) -> None:
        """Ping and cut, until cancelled."""
        while True:
            await asyncio.sleep(self._ping_every)
            now = asyncio.get_running_loop().time()
            ping = timeline.ping_message(app[CLOCK]())
            for client in list(self._clients):
                if client.stuck_since is None:
                    with suppress(ConnectionError):
                        await client.send(ping)
                elif now - client.stuck_since > self._stuck_after:
                    client.abort()


STREAMS = web.AppKey("streams", Streams)


async def stream(request: web.Request) -> web.StreamResponse:
    """Status first, every event behind ``Last-Event-ID`` or ``?after=``, then the final status and ``end``."""
    caller = await allowed(request, READ, in_url=True)
    row = await find(request, caller)
    after = _after(request, row)
    async with request.app[STREAMS].open(request) as client:
        with suppress(ConnectionError):
            await _tell(request, client, row, after)
    return request[RESPONSE]


async def _tell(request: web.Request, client: _Client, row: Row, after: int) -> None:
    opening = _summary.decode(row.summary)
    since = opening.finished_at or row.started_at
    await client.send(b"retry: 1000\n\n" + timeline.status_message(opening.status, since))
    if after < row.seq or opening.finished_at is None:
        last = None
        async for frames in request.app[TAIL].follow(row.id, after=after):
            await client.send(b"".join([frame.bytes for frame in frames]))
            last = frames[-1]
        if last is None or last.ending is None:
            return  # the server is stopping: the client comes back
        if opening.finished_at is None:
            await client.send(timeline.status_message(last.ending, last.at, last.seq))
    await client.send(timeline.end_message(request.app[CLOCK]()))


def _after(request: web.Request, row: Row) -> int:
    text = request.headers.get("Last-Event-ID") or request.query.get("after") or "0"
    if not is_number(text) or int(text) > row.seq:
        raise Problem(
            "validation_error", [Flaw("Last-Event-ID", f"must be the id of an event, at most {row.seq}")]
        )
    return int(text)
