"""The floor of a stream: a bare loop that writes the same bytes to everybody."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from uuid import UUID

from bench.children.ending import arguments, heard, say
from ghostly.event_log import Stored
from ghostly.projections import timeline

HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
    b"Connection: keep-alive\r\nX-Accel-Buffering: no\r\nTransfer-Encoding: chunked\r\n\r\n"
)
AT = datetime.now(UTC)


class Client(asyncio.Protocol):
    """Gets the opening when it has asked."""

    def __init__(self, transports: list[asyncio.Transport]) -> None:
        self._transports = transports

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, _: bytes) -> None:
        self._transport.write(HEAD)
        self._transport.write(chunk(b"retry: 1000\n\n" + timeline.status_message("running", AT)))
        self._transports.append(self._transport)


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def message(seq: int, topic: str, payload: str) -> bytes:
    return chunk(timeline.frame(Stored(seq, UUID(int=1), seq, topic, 1, AT, "worker:bench", payload)).bytes)


async def write(transports: list[asyncio.Transport], messages: list[bytes], every: float) -> list[int]:
    """When each was about to be written."""
    loop = asyncio.get_running_loop()
    due, times = loop.time(), []
    for data in messages:
        await asyncio.sleep(due - loop.time())
        due += every
        times.append(time.monotonic_ns())
        for transport in transports:
            transport.write(data)
    return times


async def main(step: str, ending: str) -> None:
    transports: list[asyncio.Transport] = []
    server = await asyncio.get_running_loop().create_server(
        lambda: Client(transports), "127.0.0.1", 0, backlog=1024
    )
    say(port=server.sockets[0].getsockname()[1])
    while asked := await heard():
        first, count = asked["first"], asked["count"]
        messages = [message(seq, "step-passed", step) for seq in range(first, first + count)]
        messages.append(message(first + count, "run-passed", ending))
        times = await write(transports, messages, asked["every"])
        last = chunk(timeline.status_message("pass", AT, first + count)) + chunk(timeline.end_message(AT))
        for transport in transports:
            transport.write(last + b"0\r\n\r\n")
        transports.clear()
        say(times=times)
    server.close()


asyncio.run(main(**arguments()))
