"""GET /v1/runs/{id}/events/stream: status, every event once, and the end."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress

import msgspec
from aiohttp import web
from aiohttp_sse import EventSourceResponse

from ghostly.accounts.users import READ
from ghostly.database.errors import UNREACHABLE
from ghostly.domain.errors import Flaw
from ghostly.http.auth import allowed
from ghostly.http.context import CLOCK, TAIL
from ghostly.http.problems import ID, REQUEST_ID, Problem
from ghostly.http.visible import find, is_number
from ghostly.projections import timeline
from ghostly.projections.run_record import Summary
from ghostly.projections.run_view import Row
from ghostly.projections.timeline import Frame

logger = logging.getLogger("ghostly.http")

PING_S = 15.0
LOOK_S = 2.0
STUCK_S = 60.0
SEND_BUFFER = 64 * 1024
NEVER_S = 10**8

RESPONSE = web.RequestKey("response", EventSourceResponse)

_summary = msgspec.json.Decoder(Summary)


class _Client:
    """One open stream, and since when its reader has taken nothing of what waits for it."""

    def __init__(self, request: web.Request, response: EventSourceResponse) -> None:
        self._request = request
        self._response = response
        self._waited = 0
        self._since = 0.0

    @property
    def waiting(self) -> int:
        """How many bytes the reader has yet to take before there is place for more."""
        transport = self._request.transport
        return 0 if transport is None else transport.get_write_buffer_size()

    async def send(self, data: bytes) -> None:
        """Write the bytes, waiting for a reader that is behind."""
        await self._response.write(data)

    def stuck_for(self, now: float) -> float:
        """For how many seconds, as far as anyone looked, it has taken nothing; a slow one takes something."""
        waiting = self.waiting
        if waiting == 0 or waiting != self._waited:
            self._waited, self._since = waiting, now
        return now - self._since

    async def may_stay(self) -> bool:
        """Whether its credential is still good; a database that does not answer proves nothing."""
        try:
            async with asyncio.timeout(LOOK_S):
                await allowed(self._request, READ, in_url=True)
        except Problem:
            return False
        except UNREACHABLE:
            pass
        return True

    def abort(self) -> None:
        """Cut the connection: its reader can resume."""
        if self._request.transport is not None:
            self._request.transport.abort()


class Streams:
    """All open streams of this process: pings them, cuts who takes nothing for a minute or may read no more."""

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
        _narrow(request)
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
            ping = timeline.ping_message(app[CLOCK]())
            await asyncio.gather(*(self._tend(client, ping) for client in self._clients))

    async def _tend(self, client: _Client, ping: bytes) -> None:
        stuck = client.stuck_for(asyncio.get_running_loop().time()) > self._stuck_after
        stays = not stuck and await client.may_stay()
        if client not in self._clients:  # it ended meanwhile
            return
        if not stays:
            client.abort()
        elif not client.waiting:  # or we would wait for one reader, and no other would be pinged
            with suppress(ConnectionError):
                await client.send(ping)


def _narrow(request: web.Request) -> None:
    # Or the kernel keeps megabytes for a reader who takes nothing, and nobody notices.
    if request.transport is not None and (connection := request.transport.get_extra_info("socket")):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)


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
            for block in _blocks(frames):
                await client.send(block)
            last = frames[-1]
        if last is None or last.ending is None:
            return  # the server is stopping: the client comes back
        if opening.finished_at is None:
            await client.send(timeline.status_message(last.ending, last.at, last.seq))
    await client.send(timeline.end_message(request.app[CLOCK]()))


def _blocks(frames: Sequence[Frame]) -> Iterator[bytes]:
    """The frames in few writes, each of which keeps little for a reader who is behind."""
    block, size = [], 0
    for frame in frames:
        block.append(frame.bytes)
        size += len(frame.bytes)
        if size >= SEND_BUFFER:
            yield b"".join(block)
            block, size = [], 0
    yield b"".join(block)


def _after(request: web.Request, row: Row) -> int:
    text = request.headers.get("Last-Event-ID") or request.query.get("after") or "0"
    if not is_number(text) or int(text) > row.seq:
        raise Problem(
            "validation_error", [Flaw("Last-Event-ID", f"must be the id of an event, at most {row.seq}")]
        )
    return int(text)
