"""Group commit: the appends that wait while a statement is under way travel together in the next."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from ghostly.event_log.append import Append

CLOSE_S = 5.0
MAX_BATCH = 256
SHARED = 8
MAX_BYTES = 1024 * 1024

Outcome = int | Exception
"""The last position of the batch, or why this append was not taken."""

Write = Callable[[Sequence[Append]], Awaitable[Sequence[Outcome]]]

Entry = tuple[Append, int, "asyncio.Future[int]"]
"""An append, its size, and who waits for it."""


class Batcher:
    """Carries appends in batches: at most one per stream, 256 of them and 1 MiB; those of a stream in order.

    Each of ``lanes`` writes one batch at a time. Two keep both sides busy: while the database works on one batch,
    the next is encoded.
    """

    def __init__(self, lanes: Sequence[Write], *, close_s: float = CLOSE_S) -> None:
        self._lanes = lanes
        self._close_s = close_s
        self._waiting: deque[Entry] = deque()
        self._under_way: set[UUID] = set()
        self._arrived = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._failure: BaseException | None = None
        self._closing = False
        self._awaited = 0

    def start(self) -> None:
        """Begin to carry; what was submitted before waits for this."""
        self._tasks = [asyncio.create_task(self._carry(write), name="event log: lane") for write in self._lanes]

    @property
    def tasks(self) -> Sequence[asyncio.Task[None]]:
        """What has to go on until ``close``."""
        return self._tasks

    @property
    def is_carrying(self) -> bool:
        """Whether a batch is under way."""
        return bool(self._under_way)

    async def submit(self, append: Append) -> int:
        """Wait until the append is durable; answers a position not before its own, raises what its lane found."""
        if self._closing or self._failure is not None:
            raise RuntimeError("the event log no longer takes appends") from self._failure
        taken: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting.append((append, append.size, taken))
        self._arrived.set()
        self._awaited += 1
        try:
            return await taken
        finally:
            self._awaited -= 1

    async def close(self) -> None:
        """Carry what somebody waits for, for at most ``close_s``, then stop; who still waits is failed."""
        self._closing = True
        self._arrived.set()
        if self._tasks and self._awaited:
            await asyncio.wait(self._tasks, timeout=self._close_s)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _carry(self, write: Write) -> None:
        batch: list[Entry] = []
        try:
            while await self._arrived.wait() and (self._waiting or not self._closing):
                batch = self._next_batch()
                if batch:
                    outcomes = await write([append for append, _, _ in batch])
                    self._done(batch, outcomes)
                elif self._waiting or not self._closing:
                    # All that waits belongs to streams of the other lane's batch, which wakes us when it is done.
                    self._arrived.clear()
        except BaseException as failure:
            self._fail(batch, failure)
            raise

    def _next_batch(self) -> list[Entry]:
        batch: list[Entry] = []
        later: list[Entry] = []
        busy = set(self._under_way)
        size = 0
        # Each lane leaves the others their share, or the writers would all wait for one and go in step with it.
        most = min(MAX_BATCH, max(SHARED, -(-len(self._waiting) // len(self._lanes))))
        while self._waiting and len(batch) < most:
            append, bytes_, taken = entry = self._waiting.popleft()
            if taken.cancelled():  # nobody waits for it: neither must who comes behind it
                continue
            if append.stream in busy:
                later.append(entry)
                continue
            size += bytes_
            if batch and size > MAX_BYTES:
                later.append(entry)
                break
            busy.add(append.stream)
            batch.append(entry)
        self._waiting.extendleft(reversed(later))
        self._under_way |= {append.stream for append, _, _ in batch}
        return batch

    def _done(self, batch: Sequence[Entry], outcomes: Sequence[Outcome]) -> None:
        self._under_way -= {append.stream for append, _, _ in batch}
        if self._waiting or self._closing:
            self._arrived.set()
        for (_, _, taken), outcome in zip(batch, outcomes, strict=True):
            _settle(taken, outcome)

    def _fail(self, batch: Sequence[Entry], failure: BaseException) -> None:
        # A batcher that dies fails its callers; it never leaves them hanging.
        self._failure = failure
        for _, _, taken in (*batch, *self._waiting):
            _settle(taken, RuntimeError(f"the event log stopped: {failure!r}"))
        self._waiting.clear()


def _settle(taken: asyncio.Future[int], outcome: Outcome) -> None:
    if taken.done():
        return
    if isinstance(outcome, Exception):
        taken.set_exception(outcome)
    else:
        taken.set_result(outcome)
