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

logger = logging.getLogger("ghostly.tail")

CHANNEL = "ghostly"
QUEUED = "ghostly_queued"
HEARTBEAT_S = 1.0
PROBED_EVERY = 10  # heartbeats
PAGE = 500
KEPT = 1_000


class _Followed:
    """One run that somebody follows: its newest frames, made once, and the bell that says there are more.

    ``read``: reads look for it by now. Only from then on frames are kept: an earlier one passes it over.
    """

    def __init__(self) -> None:
        self.followers = 0
        self.read = False
        self.frames: list[Frame] = []
        self.bell = asyncio.Event()

    def add(self, new: Frame) -> None:
        """Keep the frame; the kept ones are always without a gap."""
        if self.frames and new.seq <= self.frames[-1].seq:
            return
        if self.frames and new.seq != self.frames[-1].seq + 1:
            self.frames.clear()
        self.frames.append(new)
        if len(self.frames) > 2 * KEPT:
            del self.frames[:KEPT]

    def since(self, seq: int) -> list[Frame] | None:
        """The frames after ``seq``; None if they reach further back than what is kept."""
        if not self.frames or seq + 1 < self.frames[0].seq:
            return None
        return self.frames[seq + 1 - self.frames[0].seq :]

    def ring(self) -> None:
        """Wake everyone who waits; who looks from now on waits for the next time."""
        self.bell.set()
        self.bell = asyncio.Event()


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
        self._followed: dict[UUID, _Followed] = {}
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
            followed.ring()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def follow(self, run_id: UUID, *, after: int = 0) -> AsyncGenerator[list[Frame], None]:
        """Every event of the run behind ``after``, once, in rising seq, as soon as it is committed.

        Ends behind the run's ending, or when the tail is closed. ``after`` must not lie behind the ending.
        """
        followed = self._join(run_id)
        try:
            while not self._closed:
                bell = followed.bell  # before looking: what rings meanwhile is kept
                frames = followed.since(after)
                if frames is None:
                    frames = await self._replay(run_id, after)
                if not frames:
                    await bell.wait()
                    continue
                after = frames[-1].seq
                yield frames
                if frames[-1].ending:
                    return
        finally:
            self._leave(run_id)

    async def _replay(self, run_id: UUID, after: int) -> list[Frame]:
        while not self._closed:
            try:
                return [frame(stored) for stored in await self._log.read(run_id, after=after, limit=PAGE)]
            except UNREACHABLE as error:
                logger.warning("cannot read the log: %r", error)
                await asyncio.sleep(self._heartbeat_s)
        return []

    def _join(self, run_id: UUID) -> _Followed:
        followed = self._followed.setdefault(run_id, _Followed())
        followed.followers += 1
        if not followed.read:
            self._wake.set()
        return followed

    def _leave(self, run_id: UUID) -> None:
        followed = self._followed[run_id]
        followed.followers -= 1
        if followed.followers == 0:
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

    def _add(self, rows: Iterable[Stored]) -> set[_Followed]:
        """Keep the frames of what is read; to whom something was added."""
        new = set()
        for row in rows:
            if (followed := self._followed.get(row.stream)) is not None and followed.read:
                followed.add(frame(row))
                new.add(followed)
        return new
