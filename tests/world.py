"""Two nodes on one database, with a loop of their own, for tests that are not coroutines themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from functools import partial
from typing import Any, Self, TypeVar
from uuid import UUID, uuid4

from followers import glimpsed
from stores import another_node, begin, now, open_log

from ghostly.database.pool import connect, open_pool
from ghostly.domain.errors import Refused
from ghostly.domain.run import Run
from ghostly.event_log import Stored
from ghostly.runs import Decision, Runs
from ghostly.tail import Tail
from ghostly.worker import Reaper
from ghostly.workers import Membership, Workers

T = TypeVar("T")


class World:
    """What there is; ``seconds`` is the time of its reaper."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._loop = asyncio.new_event_loop()
        self._stack = AsyncExitStack()
        self.seconds = 0.0

    def __enter__(self) -> Self:
        self.do(self._open())
        return self

    def __exit__(self, *_: object) -> None:
        self.do(self._stack.aclose())
        self._loop.close()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Let it happen; nothing else does meanwhile or afterwards."""
        return self._loop.run_until_complete(asyncio.wait_for(work, timeout=20))

    async def _open(self) -> None:
        self.pool = await open_pool(self._dsn, size=4)
        self._stack.push_async_callback(self.pool.close)
        self.log = await self._stack.enter_async_context(open_log(self.pool, self._dsn))
        _, other = await self._stack.enter_async_context(another_node(self._dsn))
        self.nodes = (Runs(self.log, self.pool, now), other)
        self.tail = Tail(self.log, partial(connect, self._dsn))
        self.tail.open()
        self._stack.push_async_callback(self.tail.close)
        self.workers = Workers(self.pool)
        self.reaper = Reaper(self.workers, self.nodes[0], settle_after=3, monotonic=lambda: self.seconds)

    # ---- what can be done

    def begin(self) -> UUID:
        """Somebody asks for a flow."""
        return self.do(begin(self.nodes[0]))

    def decide(self, node: int, run_id: UUID, decision: Decision) -> Run | type[Refused]:
        """One of the nodes decides: the run afterwards, or how it was refused."""
        return self.do(_answer(self.nodes[node].decide(run_id, decision)))

    def cancel(self, node: int, run_id: UUID, by: str) -> Run | type[Refused]:
        """Somebody cancels at one of the nodes."""
        return self.do(_answer(self.nodes[node].cancel(run_id, by=by)))

    def hire(self) -> Membership:
        """Another worker enters."""
        member = Membership(uuid4(), partial(connect, self._dsn))
        self.do(member.enter())
        return member

    def crash(self, member: Membership) -> None:
        """The worker's process is killed: its lock is gone."""
        self.do(self._crash(member))

    async def _crash(self, member: Membership) -> None:
        assert member._connection is not None
        await self.pool.execute("select pg_terminate_backend($1)", member._connection.get_server_pid())
        while await self.workers.is_alive(member.worker):
            await asyncio.sleep(0.002)
        member._connection.terminate()

    def look_around(self) -> None:
        """The reaper looks."""
        self.do(self.reaper.look_around())

    # ---- what can be seen

    def events(self, run_id: UUID) -> list[Stored]:
        """All that happened to the run."""
        return self.do(self.log.read(run_id))

    def follow(self, run_id: UUID, after: int, count: int) -> list[int]:
        """The seqs that somebody sees who resumes behind ``after`` and wants ``count`` more."""
        return self.do(glimpsed(self.tail, run_id, count, after))

    def row(self, run_id: UUID) -> dict[str, Any]:
        """The run's row."""
        return dict(self.do(self.pool.fetchrow("select * from runs where id = $1", run_id)))

    def queue(self) -> set[UUID]:
        """The runs that a worker could take."""
        return {due.started.stream for due in self.do(self.workers.due(10_000))}


async def _answer(work: Coroutine[Any, Any, Run]) -> Run | type[Refused]:
    try:
        return await work
    except Refused as refusal:
        return type(refusal)
