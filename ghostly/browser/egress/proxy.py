"""The proxy of one browser: every connection that the browser wants is made here, or refused."""

from __future__ import annotations

import asyncio
import socket
import struct
from asyncio import StreamReader, StreamWriter
from contextlib import suppress

from ghostly.browser.egress import heads
from ghostly.browser.egress.dial import NotDialled, Resolve, dial
from ghostly.browser.egress.heads import BadHead, Request
from ghostly.browser.egress.ledger import Failure, Ledger, Refusal, Target
from ghostly.browser.egress.policy import Policy

_HEAD_S = 30.0  # browsers open connections that they may need soon
_CONNECTIONS = 256
_CHUNK = 64 * 1024
_AT_ONCE = struct.pack("ii", 1, 0)

Streams = tuple[StreamReader, StreamWriter]


class Listener:
    """Listens on loopback for one browser, as long as that lives."""

    def __init__(self, policy: Policy, resolve: Resolve, ports: set[int]) -> None:
        self._policy = policy
        self._resolve = resolve
        self._ports = ports
        self._port = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._ledger = Ledger()

    @property
    def url(self) -> str:
        """What the browser is told."""
        return f"http://127.0.0.1:{self._port}"

    async def open(self) -> None:
        """Begin to listen; raises ``OSError``."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=heads.LIMIT)
        self._port = self._server.sockets[0].getsockname()[1]
        self._ports.add(self._port)

    def new_ledger(self) -> Ledger:
        """What is written into from now on; connections that are open write on into the one before."""
        self._ledger = Ledger()
        return self._ledger

    async def close(self) -> None:
        """Nothing listens and no connection is left after this."""
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._ports.discard(self._port)

    def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        if len(self._tasks) >= _CONNECTIONS:
            writer.transport.abort()
            return
        task = asyncio.create_task(self._serve(reader, writer, self._ledger), name="egress")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: StreamReader, writer: StreamWriter, ledger: Ledger) -> None:
        try:
            with suppress(OSError):
                await self._answer(reader, writer, ledger)
                writer.close()
                await writer.wait_closed()  # what is still to be written may be read slowly
        finally:
            writer.transport.abort()

    async def _answer(self, reader: StreamReader, writer: StreamWriter, ledger: Ledger) -> None:
        try:
            request = await _request(reader)
        except BadHead as bad:
            writer.write(heads.written(f"HTTP/1.1 {bad}", []))
            return
        if request is None:
            return
        try:
            server = await dial(request.target, self._policy, self._resolve, self._ports)
        except NotDialled as no:
            ledger.enter(no.entry)
            _say_no(writer, no.entry, tunnel=not request.head)
        else:
            try:
                await _carry(request, (reader, writer), server, ledger)
            finally:
                server[1].transport.abort()  # who is gone waits for nothing that was still to be sent


async def _request(reader: StreamReader) -> Request | None:
    """What the browser asks; None if it asks nothing in time."""
    try:
        async with asyncio.timeout(_HEAD_S):
            lines = await heads.read(reader)
    except TimeoutError:
        return None
    return heads.request(lines) if lines else None


def _say_no(writer: StreamWriter, entry: Refusal | Failure, *, tunnel: bool) -> None:
    # A browser shows nothing of what a proxy answers to CONNECT. To a plain request, however, an answer would be
    # the page, and one that can be read: so there is none.
    if tunnel:
        status = "403 Forbidden" if isinstance(entry, Refusal) else "502 Bad Gateway"
        writer.write(heads.written(f"HTTP/1.1 {status}", [("Content-Length", "0")]))


async def _carry(request: Request, browser: Streams, server: Streams, ledger: Ledger) -> None:
    """All that the two say to each other, until one of them is gone or has said all."""
    if request.head:
        server[1].write(request.head)
        answering = _receive(server[0], browser[1], request.target, ledger)
    else:
        browser[1].write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        answering = _pump(server[0], browser[1])
    up = asyncio.create_task(_send(request.length, browser[0], server[1]))
    down = asyncio.create_task(answering)
    try:
        await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        if down.done() and down.exception() is not None:
            _reset(browser[1])
    finally:
        up.cancel()
        down.cancel()
        await asyncio.gather(up, down, return_exceptions=True)


async def _send(length: int, browser: StreamReader, server: StreamWriter) -> None:
    """What the browser says, up to so many bytes, until it goes: another request would need another server."""
    with suppress(OSError):  # a server may listen no more and answer all the same
        while length and (data := await browser.read(min(length, _CHUNK))):
            length -= len(data)
            server.write(data)
            await server.drain()
    while await browser.read(_CHUNK):
        if not length:
            return


async def _receive(server: StreamReader, browser: StreamWriter, target: Target, ledger: Ledger) -> None:
    """A response, whose head says that nothing follows it."""
    try:
        while lines := await heads.read(server):
            browser.write(heads.response(lines))
            await browser.drain()
            if not heads.is_interim(lines):
                await _pump(server, browser)
                return
        ledger.enter(Failure(target, "ERR_EMPTY_RESPONSE"))
    except BadHead as bad:
        ledger.enter(Failure(target, bad.code))


async def _pump(source: StreamReader, sink: StreamWriter) -> None:
    while data := await source.read(_CHUNK):
        sink.write(data)
        await sink.drain()


def _reset(browser: StreamWriter) -> None:
    """The browser is told as the proxy was: otherwise half a document could look like a whole one."""
    with suppress(OSError):
        browser.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    browser.transport.abort()
