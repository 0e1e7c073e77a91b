"""A way to the database that can fall silent: nothing is refused, nothing is lost, and nothing comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit, urlunsplit

PATIENCE_S = 20
T = TypeVar("T")


class Wire:
    """Carries bytes between whoever connects to ``dsn`` and the database, except while it is ``silent``."""

    def __init__(self, dsn: str) -> None:
        self._there = urlsplit(dsn)
        self._speaks = asyncio.Event()
        self._speaks.set()
        self._carrying: set[asyncio.Task[None]] = set()
        self._ends: list[asyncio.StreamWriter] = []
        self._cuts = 0
        self.port = 0

    @property
    def dsn(self) -> str:
        """The database's address by this way."""
        who = self._there.netloc.rpartition("@")[0]
        return urlunsplit(self._there._replace(netloc=f"{who}@127.0.0.1:{self.port}", query=""))

    def fall_silent(self) -> None:
        self._speaks.clear()

    def speak(self) -> None:
        self._speaks.set()

    def cut(self) -> None:
        """The connections that there are carry nothing any more, not even their end; new ones do."""
        self._cuts += 1

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry what one connection says and is told."""
        carrying = asyncio.current_task()
        assert carrying
        self._carrying.add(carrying)
        self._ends.append(writer)
        with suppress(OSError, asyncio.CancelledError):
            there = await self._connected()
            self._ends.append(there[1])
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pass_on(reader, there[1]))
                both.create_task(self._pass_on(there[0], writer))
        self._carrying.discard(carrying)

    async def close(self) -> None:
        for carrying in list(self._carrying):
            carrying.cancel()
        await asyncio.gather(*self._carrying)
        for end in self._ends:
            end.transport.abort()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host = parse_qs(self._there.query).get("host", [self._there.hostname or "127.0.0.1"])[0]
        port = self._there.port or 5432
        if host.startswith("/"):
            return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        return await asyncio.open_connection(host, port)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        cuts = self._cuts
        with suppress(OSError):  # an end that is reset has ended
            while data := await reader.read(65536):
                await self._speaks.wait()
                if cuts == self._cuts:
                    writer.write(data)
        if cuts == self._cuts:
            writer.close()


@asynccontextmanager
async def wire(dsn: str) -> AsyncIterator[Wire]:
    """A way to the database of this address."""
    way = Wire(dsn)
    server = await asyncio.start_server(way.carry, "127.0.0.1", 0)
    way.port = server.sockets[0].getsockname()[1]
    try:
        yield way
    finally:
        server.close()
        await way.close()


async def answered(ask: Callable[[], Awaitable[T]], late: type[Exception] = TimeoutError) -> T:
    """What is answered in the end: to who waits for a moment only, a busy machine is as silent as a dead one."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            with suppress(late):
                return await ask()
