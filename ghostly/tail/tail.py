"""Following: replay, then live, in one loop. NOTIFY is only a hint; the log is the truth."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import asyncpg

from ghostly.database.errors import UNREACHABLE
from ghostly.event_log import EventLog, Stored
from ghostly.projections.timeline import Frame, frame
from ghostly.tail.followed import Followed, Follower, Take

logger = logging.getLogger("ghostly.tail")

CHANNEL = "ghostly"
QUEUED = "ghostly_queued"
HEARTBEAT_S = 1.0
PROBED_EVERY = 10  # heartbeats
PAGE = 500


class Tail:
    """Reads once per process what is new in the log, and hands it to whoever follows.

    A follower that is behind what is kept in memory goes back to reading the log by itself, so a slow one costs
    the others nothing. ``queued`` is set whenever a run was queued somewhere, and perhaps when none was.
    """

    def __init__(
        self,
        log: EventLog,
        connect: Callable[[], Awaitable[asyncpg.Connection]],
        *,
        heartbeat_s: float = HEARTBEAT_S,
    ) -> None:
        self._log = log
        self._connect = connect
        self._heartbeat_s = heartbeat_s
        self._followed: dict[UUID, Followed] = {}
        self._position: int | None = None
        self._told = 0
        self._wake = asyncio.Event()
        self._closed = False
        self._task: asyncio.Task[None] | None = None
        self.queued = asyncio.Event()

    def open(self) -> None:
        """Begin to listen."""
        self._log.listen(self._hear)
        self._task = asyncio.create_task(self._listen_for_ever(), name="tail")

    @property
    def tasks(self) -> list[asyncio.Task[None]]:
        """What has to go on until ``close``."""
        return [] if self._task is None else [self._task]

    async def close(self) -> None:
        """Stop listening; every follower's iteration ends."""
        self._closed = True
        for followed in self._followed.values():
            followed.wake()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def follow(
        self, run_id: UUID, *, after: int = 0, take: Take | None = None
    ) -> AsyncGenerator[list[Frame], None]:
        """Every event of the run behind ``after``, once, in rising seq, as soon as it is committed.

        What ``take`` takes is not yielded: it is asked while all that was yielded before is dealt with, and never
        for an ending. Ends behind the run's ending, or when the tail is closed. ``after`` must not lie behind the
        ending.
        """
        follower = Follower(after, take)
        followed = self._join(run_id, follower)
        try:
            while not self._closed:
                rung = followed.rung  # before looking: a ring meanwhile is not slept through
                frames = followed.since(follower.after)
                if frames is None:
                    frames = await self._replay(run_id, follower.after)
                if frames:
                    follower.after = frames[-1].seq
                    yield frames
                    if frames[-1].ending:
                        return
                elif followed.rung == rung:
                    await follower.sleep()
        finally:
            self._leave(run_id, follower)

    async def _replay(self, run_id: UUID, after: int) -> list[Frame]:
        while not self._closed:
            try:
                return [frame(stored) for stored in await self._log.read(run_id, after=after, limit=PAGE)]
            except UNREACHABLE as error:
                logger.warning("cannot read the log: %r", error)
                await asyncio.sleep(self._heartbeat_s)
        return []

    def _join(self, run_id: UUID, follower: Follower) -> Followed:
        followed = self._followed.setdefault(run_id, Followed())
        followed.followers.add(follower)
        if not followed.read:
            self._wake.set()
        return followed

    def _leave(self, run_id: UUID, follower: Follower) -> None:
        followed = self._followed[run_id]
        followed.followers.discard(follower)
        if not followed.followers:
            del self._followed[run_id]

    # ---- the one reader

    async def _listen_for_ever(self) -> None:
        while True:
            try:
                await self._listen()
            except UNREACHABLE as error:
                logger.warning("cannot follow the log: %r", error)
                await asyncio.sleep(self._heartbeat_s)

    async def _listen(self) -> None:
        connection = await self._connect()
        try:
            await connection.add_listener(QUEUED, self._on_queued)
            self.queued.set()
            tuned, now = False, asyncio.get_running_loop().time
            probed = now()
            while not connection.is_closed():
                self._wake.clear()  # before tuning and reading: a wake-up meanwhile is kept
                tuned = await self._tune(connection, tuned)
                await self._read_new()
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._heartbeat_s):
                        await self._wake.wait()
                # A cable that was cut is as quiet as one that nobody uses.
                if now() - probed > PROBED_EVERY * self._heartbeat_s:
                    await connection.execute("select 1")
                    probed = now()
        finally:
            connection.terminate()

    async def _tune(self, connection: asyncpg.Connection, tuned: bool) -> bool:
        """Hear of commits only while somebody follows: each costs the database and us a message."""
        wanted = bool(self._followed)  # asked once: somebody may come while we wait, and is seen the next time
        if wanted and not tuned:
            await connection.add_listener(CHANNEL, self._on_commit)
        if tuned and not wanted:
            await connection.remove_listener(CHANNEL, self._on_commit)
        return wanted

    def _on_commit(self, *told: Any) -> None:
        self._told = int(told[-1])
        if not self._log.is_appending:  # else it may be our own doing, of which we hear in a moment
            self._wake_if_behind()

    def _hear(self, rows: Sequence[Stored]) -> None:
        """What this process appended: not read again, unless others have come before it."""
        if rows and rows[0].position - 1 == self._position:
            self._position = rows[-1].position
            for followed in self._add(rows):
                followed.ring()
        self._wake_if_behind()

    def _wake_if_behind(self) -> None:
        if self._position is None or self._position < self._told:
            self._wake.set()

    def _on_queued(self, *_: Any) -> None:
        self.queued.set()

    async def _read_new(self) -> None:
        watched = dict(self._followed)
        if not watched:
            self._position = None
            return
        rows: list[Stored] = []
        if self._position is None:
            self._position = await self._log.position()
        else:
            newest, rows = await self._log.read_new(watched, after=self._position)
            self._position = max(self._position, newest)  # we may have heard of more meanwhile
        new = self._add(rows)
        for followed in watched.values():
            # Who joined while an earlier read was under way may miss what that one passed over: look again.
            if followed in new or not followed.read:
                followed.read = True
                followed.ring()

    def _add(self, rows: Iterable[Stored]) -> set[Followed]:
        """Keep the frames of what is read; to whom something was added."""
        new = set()
        for row in rows:
            if (followed := self._followed.get(row.stream)) is not None and followed.read:
                followed.add(frame(row))
                new.add(followed)
        return new
