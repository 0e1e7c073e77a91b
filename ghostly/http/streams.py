"""The event streams that are open: who reads them, who must be pinged, and who must be cut."""

from __future__ import annotations

import asyncio
import itertools
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from types import MappingProxyType

from aiohttp import hdrs, web
from aiohttp_sse import EventSourceResponse

from ghostly.accounts import Caller
from ghostly.accounts.scopes import READ
from ghostly.database.errors import REFUSING, UNREACHABLE
from ghostly.http.auth import allowed
from ghostly.http.context import CLOCK
from ghostly.http.openapi.operation import LINES
from ghostly.http.problems import Problem
from ghostly.http.shares import Shares
from ghostly.http.wording import BLOCK, Form
from ghostly.projections import timeline

logger = logging.getLogger("ghostly.http")

PING_S = 15.0
TURN_S = 0.1
LOOK_S = 2.0
STUCK_S = 60.0
NEVER_S = 10**8
MOST = 1_000

OF_LINES = MappingProxyType(
    {
        hdrs.CONTENT_TYPE: LINES,
        hdrs.CACHE_CONTROL: "no-cache",
        hdrs.VARY: hdrs.ACCEPT,
        "X-Accel-Buffering": "no",
    }
)


class Reader:
    """Who reads one open stream, and since when nothing was taken of what waits for it.

    ``chunked``: whether the response, which is prepared, goes in chunks. ``turn``: when it is looked after.
    """

    def __init__(self, request: web.Request, form: Form, response: web.StreamResponse, turn: int = 0) -> None:
        self.form = form
        self.turn = turn
        self.response = response
        self.chunked = hdrs.TRANSFER_ENCODING in response.headers
        self._request = request
        self._transport = request.transport
        self._waited = 0
        self._since = 0.0

    @property
    def waiting(self) -> int:
        """How many bytes the reader has yet to take before there is place for more."""
        return 0 if self._transport is None else self._transport.get_write_buffer_size()

    async def send(self, data: bytes) -> None:
        """Write the bytes, waiting for a reader that is behind."""
        if data:
            await self.response.write(data)

    def slip(self, data: bytes) -> bool:
        """Write at once what the connection is to carry, unless more waits for the reader; whether it did."""
        transport = self._transport
        if transport is None or transport.is_closing() or transport.get_write_buffer_size():
            return False
        if data:
            transport.write(data)
        return True

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
            return True
        except REFUSING:
            logger.exception("cannot see whether a stream may stay")
            return False
        return True

    def abort(self) -> None:
        """Cut the connection: its reader can resume."""
        if self._transport is not None:
            self._transport.abort()


class Streams:
    """All open streams of this process: pings them, cuts who takes nothing for a minute or may read no more."""

    def __init__(self, ping_every: float = PING_S, stuck_after: float = STUCK_S, most: int = MOST) -> None:
        self._readers: set[Reader] = set()
        self.shares = Shares(most)
        self._ping_every = ping_every
        self._turns = max(1, round(ping_every / TURN_S))
        self._turn = 0
        self._apart = itertools.cycle(range(max(1, self._turns // 3)))
        self._stuck_after = stuck_after

    @property
    def count(self) -> int:
        """How many are open."""
        return len(self._readers)

    @asynccontextmanager
    async def open(self, request: web.Request, caller: Caller, form: Form) -> AsyncIterator[Reader]:
        """Answer the request with an event stream, and end it cleanly.

        Raises ``Problem`` (429) if the caller has as many as one may have.
        """
        with self.shares.one_of(caller.id):
            response = self._response(form)
            await response.prepare(request)
            # Almost a round from now, and apart from those who have come with it.
            reader = Reader(request, form, response, (self._turn - next(self._apart)) % self._turns)
            _narrow(request)
            self._readers.add(reader)
            try:
                yield reader
            finally:
                self._readers.discard(reader)
                if isinstance(reader.response, EventSourceResponse):
                    reader.response.stop_streaming()

    def _response(self, form: Form) -> web.StreamResponse:
        if form == "sse":
            headers: dict[str, str] = {hdrs.VARY: hdrs.ACCEPT}
            return EventSourceResponse(headers=headers, ping_interval=NEVER_S, send_timeout=self._stuck_after)
        return web.StreamResponse(headers=OF_LINES)

    async def tend(self, app: web.Application) -> None:
        """Ping and cut, until cancelled: each once in a round, and few at a time.

        All at once, hundreds of credentials are looked at in a row, and what is told meanwhile comes late.
        """
        async with asyncio.TaskGroup() as looks:  # a turn does not wait for one that hears nothing of the database
            loop = asyncio.get_running_loop()
            due = loop.time()
            while True:
                due = max(
                    due + self._ping_every / self._turns, loop.time()
                )  # a round takes no longer for being late
                await asyncio.sleep(due - loop.time())
                self._turn = (self._turn + 1) % self._turns
                now = app[CLOCK]()
                pings: dict[Form, bytes] = {"sse": timeline.ping_message(now), "ndjson": timeline.ping_line(now)}
                for reader in [reader for reader in self._readers if reader.turn == self._turn]:
                    looks.create_task(self._tend(reader, pings[reader.form]))

    async def _tend(self, reader: Reader, ping: bytes) -> None:
        stuck = reader.stuck_for(asyncio.get_running_loop().time()) > self._stuck_after
        stays = not stuck and await reader.may_stay()
        if reader not in self._readers:  # it ended meanwhile
            return
        if not stays:
            reader.abort()
        elif not reader.waiting:  # or we would wait for one reader, and no other would be pinged
            with suppress(ConnectionError):
                await reader.send(ping)


def _narrow(request: web.Request) -> None:
    # Or the kernel keeps megabytes for a reader who takes nothing, and nobody notices.
    if request.transport is not None and (connection := request.transport.get_extra_info("socket")):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BLOCK)


STREAMS = web.AppKey("streams", Streams)
