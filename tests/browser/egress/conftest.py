"""Servers on loopback that count who comes, and listeners whose policy a test chooses."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from ipaddress import ip_network

import pytest_asyncio

from ghostly.browser.egress import Egress, Listener, Policy

Handler = Callable[[StreamReader, StreamWriter], Awaitable[None]]
HERE = Policy(allowed=(ip_network("127.0.0.1/32"),))
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi"
TUNNEL = b"HTTP/1.1 200 Connection established\r\n\r\n"


async def echo(reader: StreamReader, writer: StreamWriter) -> None:
    """A handler that says back whatever it is told."""
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()


class Server:
    """Does with each connection what the test says; knows how many there were and what they began with."""

    def __init__(self, handler: Handler | None) -> None:
        self._handler = handler
        self.heads: list[bytes] = []
        self.visits = 0
        self.port = 0

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        self.visits += 1
        try:
            if self._handler is not None:
                await self._handler(reader, writer)
                return
            self.heads.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(OK)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def served(handler: Handler | None = None, host: str = "127.0.0.1") -> AsyncIterator[Server]:
    server = Server(handler)
    listening = await asyncio.start_server(server.serve, host, 0)
    server.port = listening.sockets[0].getsockname()[1]
    yield server
    listening.close()


class Way:
    """A listener, and the client that a browser would be."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.ledger = listener.new_ledger()
        self.port = int(listener.url.rpartition(":")[2])

    async def open(self, said: bytes) -> tuple[StreamReader, StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(said)
        return reader, writer

    async def ask(self, said: bytes) -> bytes:
        """Everything that comes back until the other side is done."""
        reader, writer = await self.open(said)
        try:
            async with asyncio.timeout(10):
                return await reader.read()
        finally:
            writer.close()

    async def get(self, target: str, more: str = "") -> bytes:
        return await self.ask(f"GET http://{target}/ HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode())

    async def connect(self, target: str) -> bytes:
        return await self.ask(f"CONNECT {target} HTTP/1.1\r\n\r\n".encode())

    async def is_quiet(self) -> bool:
        """Whether nobody is served any more, a moment later."""
        for _ in range(1_000):
            if not self.listener._tasks:
                return True
            await asyncio.sleep(0.01)
        return False


@pytest_asyncio.fixture
async def way() -> AsyncIterator[Callable[..., Awaitable[Way]]]:
    """Opens listeners; this machine's own 127.0.0.1 is allowed unless the test says otherwise."""
    async with AsyncExitStack() as stack:

        async def way(policy: Policy = HERE, resolve=None) -> Way:
            listener = await Egress(policy, resolve).listen()
            stack.push_async_callback(listener.close)
            return Way(listener)

        yield way
