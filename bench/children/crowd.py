"""Many clients of one stream that cost next to nothing: what came when is kept, and looked at afterwards."""

from __future__ import annotations

import asyncio
import re
import selectors
import socket
import time
from array import array
from bisect import bisect_left
from pathlib import Path

from bench.children.ending import heard, say

FRAME = re.compile(rb"id: (\d+)\nevent: assist\n[^\n]*\n\n")
ENDING = re.compile(rb'"type":"run_end".*\nevent: status\n.*\nevent: end\n', re.DOTALL)
LAST_CHUNK = b"\r\n0\r\n\r\n"


class Client:
    """One connection, what it got, and when."""

    def __init__(self, host: str, port: int, request: bytes) -> None:
        self.socket = socket.create_connection((host, port), timeout=30)
        self.socket.sendall(request)
        self.data: list[bytes] = []
        self.times: list[int] = []
        self._tail = b""

    def take(self) -> bool:
        """Keep what is there; whether the stream has ended."""
        data = self.socket.recv(2**18)
        self.times.append(time.monotonic_ns())
        self.data.append(data)
        self._tail = (self._tail + data[-len(LAST_CHUNK) :])[-len(LAST_CHUNK) :]
        return not data or self._tail == LAST_CHUNK

    def opened(self) -> bool:
        """Whether the first message has come."""
        return b"event: status" in b"".join(self.data)

    def frames(self) -> tuple[array[int], array[int], bool]:
        """The seqs as they came, the time when each was there whole, and whether it ended well."""
        ends, total = [], 0
        for data in self.data:
            total += len(data)
            ends.append(total)
        stream = b"".join(self.data)
        seqs, times = array("q"), array("q")
        for frame in FRAME.finditer(stream):
            seqs.append(int(frame[1]))
            times.append(self.times[bisect_left(ends, frame.end())])
        return seqs, times, ENDING.search(stream) is not None


def crowd(
    host: str,
    port: int,
    request: str | list[str],
    *,
    clients: int,
    first: int,
    last: int,
    seconds: float,
    file: str,
) -> None:
    """Say when all are there; then, when all streams have ended or the time is over, what they got.

    Of several requests, each client makes one, in turn.
    """
    requests = [request] if isinstance(request, str) else request
    with selectors.DefaultSelector() as ready:
        made = [Client(host, port, requests[number % len(requests)].encode()) for number in range(clients)]
        for client in made:
            ready.register(client.socket, selectors.EVENT_READ, client)
        deadline = time.monotonic() + 30
        while not all(client.opened() for client in made) and time.monotonic() < deadline:
            for key, _ in ready.select(timeout=1):
                key.data.take()
        say(opened=sum(client.opened() for client in made))
        deadline, left = time.monotonic() + seconds, clients
        while left and time.monotonic() < deadline:
            for key, _ in ready.select(timeout=1):
                if key.data.take():
                    ready.unregister(key.fileobj)
                    left -= 1
        for client in made:
            client.socket.close()
    _report(made, array("q", range(first, last + 1)), Path(file))


def _report(made: list[Client], expected: array[int], file: Path) -> None:
    """Into the file: all seqs, then the time of each."""
    seqs, times, whole, ended = array("q"), array("q"), 0, 0
    for client in made:
        got, at, well = client.frames()
        whole += got == expected
        ended += well
        seqs += got
        times += at
    with file.open("wb") as out:
        seqs.tofile(out)
        times.tofile(out)
    say(whole=whole, ended=ended, frames=len(seqs))


async def main() -> None:
    while asked := await heard():
        await asyncio.to_thread(crowd, **asked)


asyncio.run(main())
