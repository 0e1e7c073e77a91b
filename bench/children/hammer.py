"""A client that costs next to nothing: some connections, each with one request after the other."""

from __future__ import annotations

import asyncio
import re
import selectors
import socket
import time

from bench.children.ending import arguments, heard, say

ANSWERS = {b"200", b"304"}
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Connection:
    """One that is kept alive."""

    def __init__(self, host: str, port: int, request: bytes) -> None:
        self.socket = socket.create_connection((host, port), timeout=30)
        self.request = request
        self.head = b""
        self.missing = 0
        self.length = 0

    def ask(self) -> None:
        self.socket.sendall(self.request)

    def take(self) -> bool:
        """Take what is there; whether the answer is complete now."""
        data = self.socket.recv(2**18)
        if self.missing:
            self.missing -= len(data)
            return self.missing == 0
        self.head += data
        head, end, body = self.head.partition(b"\r\n\r\n")
        if not data or (end and head[9:12] not in ANSWERS):
            raise RuntimeError(f"not an answer: {self.head[:500]!r}")
        if end:
            found = LENGTH.search(head)
            self.length = int(found[1]) if found else 0
            self.missing = self.length - len(body)
            self.head = b""
        return bool(end) and self.missing == 0


def hammer(host: str, port: int, request: bytes, *, seconds: float, connections: int) -> tuple[float, int]:
    """Answers a second, and how long the body of the last was."""
    with selectors.DefaultSelector() as ready:
        made = [Connection(host, port, request) for _ in range(connections)]
        for one in made:
            ready.register(one.socket, selectors.EVENT_READ, one)
            one.ask()
        count, began = 0, time.perf_counter()
        while (passed := time.perf_counter() - began) < seconds:
            for key, _ in ready.select(timeout=1):
                if key.data.take():
                    count += 1
                    key.data.ask()
        for one in made:
            one.socket.close()
    return count / passed, made[0].length


async def main(host: str, port: int) -> None:
    while asked := await heard():
        request = asked.pop("request").encode()
        rate, length = await asyncio.to_thread(hammer, host, port, request, **asked)
        say(rate=rate, length=length)


asyncio.run(main(**arguments()))
