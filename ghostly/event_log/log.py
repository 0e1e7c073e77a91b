"""The log itself: append with group commit, read by stream or by position."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from ghostly.event_log.append import Append
from ghostly.event_log.batcher import Batcher
from ghostly.event_log.stored import COLUMNS, Stored
from ghostly.event_log.writer import RECONNECT_S, Connect, FaultPoint, Hear, LogUnavailable, Writer

LANES = 2
ANSWER_S = 20.0


class EventLog:
    """Every event of every stream, in one gap-free order; append-only.

    A database that is away is waited for: ``reconnect_s`` seconds for each batch, ``answer_s`` by whoever appends.
    ``before_send`` and ``after_commit`` are fault points: called with the writing connection, for tests only.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        connect: Connect,
        *,
        reconnect_s: float = RECONNECT_S,
        answer_s: float = ANSWER_S,
        before_send: FaultPoint | None = None,
        after_commit: FaultPoint | None = None,
    ) -> None:
        self._pool = pool
        self._answer_s = answer_s
        self._writers = [Writer(connect, before_send, after_commit, reconnect_s, self._tell) for _ in range(LANES)]
        self._hear: Hear | None = None
        self._batcher = Batcher([writer.write for writer in self._writers])

    async def open(self) -> None:
        """Take the connections for writing, all or none, and begin to accept appends."""
        try:
            for writer in self._writers:
                await writer.open()
        except BaseException:
            await self._let_go()
            raise
        self._batcher.start()

    @property
    def tasks(self) -> Sequence[asyncio.Task[None]]:
        """What has to go on until ``close``."""
        return self._batcher.tasks

    @property
    def is_appending(self) -> bool:
        """Whether this process is about to hear what it has appended itself."""
        return self._batcher.is_carrying

    def listen(self, hear: Hear) -> None:
        """Tell what is appended here, batch by batch: each without a gap, but not one behind the other.

        A batch of which nobody knows at first whether it was committed is not told.
        """
        self._hear = hear

    def _tell(self, rows: Sequence[Stored]) -> None:
        if self._hear is not None:
            self._hear(rows)

    async def close(self) -> None:
        """Write what waits, then let the connections go: each of them, also if another breaks."""
        try:
            await self._batcher.close()
        finally:
            await self._let_go()

    async def _let_go(self) -> None:
        gone = await asyncio.gather(*(writer.close() for writer in self._writers), return_exceptions=True)
        for failure in filter(None, gone):
            raise failure

    async def append(self, append: Append) -> int:
        """Append durably and in one piece; answers a position not before that of its last event.

        Raises ``Conflict`` if the stream is not at ``append.expected``, ``asyncpg.DataError`` if the database
        cannot take the data, ``LogUnavailable`` if it cannot be reached: it may be in the log all the same, and
        submitting the very same again is safe. No other append is touched by that. It answers in time.
        """
        try:
            async with asyncio.timeout(self._answer_s):
                return await self._batcher.submit(append)
        except TimeoutError as error:
            raise LogUnavailable(f"the database did not answer within {self._answer_s:g} seconds") from error

    async def read(self, stream: UUID, *, after: int = 0, limit: int = 1_000) -> list[Stored]:
        """The next events of a stream, in seq order, at most ``limit``."""
        rows = await self._pool.fetch(
            f"select {COLUMNS} from events where stream = $1 and seq > $2 order by seq limit $3",  # noqa: S608
            stream,
            after,
            limit,
        )
        return [Stored(*row) for row in rows]

    async def seq_at(self, stream: UUID, at: datetime) -> int | None:
        """The seq of the last event of the stream that had happened at this time; None if there was none yet."""
        query = "select seq from events where stream = $1 and at <= $2 order by seq desc limit 1"
        seq: int | None = await self._pool.fetchval(query, stream, at)
        return seq

    async def read_new(self, streams: Iterable[UUID], *, after: int) -> tuple[int, list[Stored]]:
        """The newest position, and the events behind ``after`` up to it that belong to one of the streams."""
        rows = await self._pool.fetch(
            f"""with newest as (select coalesce(max(position), 0) as position from events)
                select n.position as newest, e.* from newest n left join lateral (
                  select {COLUMNS} from events where position > $1 and stream = any ($2) and position <= n.position
                ) e on true order by e.position""",  # noqa: S608
            after,
            list(streams),
        )
        return rows[0]["newest"], [Stored(*list(row)[1:]) for row in rows if row["stream"] is not None]

    async def read_all(self, *, after: int = 0, limit: int = 1_000) -> list[Stored]:
        """The next events of all streams, in position order, at most ``limit``."""
        rows = await self._pool.fetch(
            f"select {COLUMNS} from events where position > $1 order by position limit $2",  # noqa: S608
            after,
            limit,
        )
        return [Stored(*row) for row in rows]

    async def position(self) -> int:
        """The position of the newest event; 0 if there is none."""
        return int(await self._pool.fetchval("select coalesce(max(position), 0) from events"))
