"""Workers whose connection, or whose row, is gone without a word."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from stores import begin

from ghostly.database.pool import connect
from ghostly.domain.run import Run
from ghostly.workers import Membership

LONG_AGO = "update workers set seen_at = now() - interval '1 hour'"


class Wire:
    """A way to the server that can be cut so that neither end hears of it."""

    def __init__(self, dsn: str) -> None:
        parts = urlsplit(dsn)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self._dsn = parts
        self._host, self._port = query.get("host") or parts.hostname, query.get("port") or parts.port or 5432
        self._cut = asyncio.Event()
        self._ends: list[asyncio.StreamWriter] = []

    async def connect(self):
        """A connection through the wire."""
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        who = self._dsn.netloc.rpartition("@")[0]
        return await connect(f"postgresql://{who}@127.0.0.1:{port}{self._dsn.path}")

    def cut(self) -> None:
        """From now on nothing arrives, and nobody is told."""
        self._cut.set()

    def mend(self) -> None:
        """What is connected from now on gets through; what was cut stays silent."""
        self._cut = asyncio.Event()

    async def _carry(self, reader, writer) -> None:
        there = (
            await asyncio.open_unix_connection(f"{self._host}/.s.PGSQL.{self._port}")
            if self._host.startswith("/")
            else await asyncio.open_connection(self._host, int(self._port))
        )
        self._ends += [writer, there[1]]
        cut = self._cut
        await asyncio.gather(_copy(reader, there[1], cut), _copy(there[0], writer, cut))

    def close(self) -> None:
        for end in self._ends:
            end.close()


async def _copy(source, sink, cut: asyncio.Event) -> None:
    with suppress(ConnectionError):
        while data := await source.read(65536):
            if not cut.is_set():
                sink.write(data)
    if not cut.is_set():
        sink.close()


@pytest.fixture
async def wire(dsn):
    wire = Wire(dsn)
    yield wire
    wire.close()


@pytest.fixture
def member(dsn) -> Membership:
    return Membership(uuid4(), partial(connect, dsn))


async def test_a_worker_whose_old_session_nobody_ended_enters_again_at_once(wire, workers):
    one = Membership(uuid4(), wire.connect)
    await one.enter()
    wire.cut()
    wire.mend()
    async with asyncio.timeout(5):
        await one.enter()

    assert await workers.is_alive(one.worker)
    await one.leave()


async def test_the_session_of_another_is_left_alone_when_a_worker_enters_again(member, workers, dsn):
    other = Membership(uuid4(), partial(connect, dsn))
    await other.enter()
    await member.enter()
    member._session = other._session  # as if the server had given its number to somebody else
    member._connection.terminate()
    await member.enter()

    assert await workers.is_alive(other.worker)
    await member.leave()
    await other.leave()


async def test_a_worker_whose_row_is_gone_has_one_again_with_its_next_beat(member, workers, pool):
    await member.enter()
    await pool.execute("delete from workers")
    await member.beat()

    assert await workers.seen_within(30)
    await member.leave()


async def known(pool) -> list[str]:
    return [row["id"] for row in await pool.fetch("select id from workers")]


async def test_the_row_of_a_worker_that_was_killed_is_struck_off(workers, pool):
    await pool.execute("insert into workers (id, lock_key) values ('killed', 7)")
    await pool.execute(LONG_AGO)
    await workers.forget_dead()

    assert await known(pool) == []


async def test_the_row_of_a_worker_that_has_only_just_gone_is_kept(workers, pool):
    await pool.execute("insert into workers (id, lock_key) values ('gone', 7)")
    await workers.forget_dead()

    assert await known(pool) == ["gone"]


async def test_the_row_of_a_worker_that_lives_is_kept_however_silent_it_is(member, workers, pool):
    await member.enter()
    await pool.execute(LONG_AGO)
    await workers.forget_dead()

    assert await known(pool) == [member.worker]
    await member.leave()


async def test_the_row_of_a_killed_worker_is_kept_until_its_runs_are_settled(runs, workers, pool):
    await pool.execute("insert into workers (id, lock_key) values ('killed', 7)")
    await pool.execute(LONG_AGO)
    await runs.decide(await begin(runs), partial(Run.assign, worker="killed"))
    await workers.forget_dead()

    assert await known(pool) == ["killed"]
