"""A run that somebody follows: its newest frames, made once, and who sleeps until there are more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from ghostly.projections.timeline import Frame

KEPT = 1_000

T = TypeVar("T")


class News:
    """Frames that are new to some who follow; what is made of them is made once for all of those."""

    def __init__(self, frames: Sequence[Frame]) -> None:
        self.frames = frames
        self._made: dict[Hashable, Any] = {}

    def once(self, way: Hashable, make: Callable[[Sequence[Frame]], T]) -> T:
        """What ``make`` makes of the frames; made once for each ``way`` of doing that."""
        try:
            made: T = self._made[way]
        except KeyError:
            made = self._made[way] = make(self.frames)
        return made


Take = Callable[[News], bool]
"""Takes the news at once and answers true, or answers false and takes nothing of them."""


class Follower:
    """One who follows a run: how far it has come, and its sleep when there is no more."""

    # Hundreds are looked at for each event: the less memory that is, the sooner it is done.
    __slots__ = ("_asleep", "_take", "after")

    def __init__(self, after: int, take: Take | None = None) -> None:
        self.after = after
        self._take = take
        self._asleep: asyncio.Future[None] | None = None

    @property
    def sleeps(self) -> bool:
        """Whether it waits for more, and nobody has woken it."""
        return self._asleep is not None and not self._asleep.done()

    async def sleep(self) -> None:
        """Wait to be woken; what is taken meanwhile wakes nobody."""
        self._asleep = asyncio.get_running_loop().create_future()
        try:
            await self._asleep
        finally:
            self._asleep = None

    def wake(self, fault: Exception | None = None) -> None:
        """End its sleep, if it sleeps: with that fault, if there is one."""
        if self._asleep is None or self._asleep.done():
            return
        if fault is None:
            self._asleep.set_result(None)
        else:
            self._asleep.set_exception(fault)

    def offer(self, news: News) -> None:
        """Have the sleeper take them in its sleep, which spares us to wake a task; wake it if it does not."""
        try:
            last = news.frames[-1]
            taken = self._take is not None and not last.ending and self._take(news)
        except Exception as fault:  # noqa: BLE001 - it is raised where this one follows, and touches no other
            self.wake(fault)
        else:
            if taken:
                self.after = last.seq
            else:
                self.wake()


class Followed:
    """One run that somebody follows: its newest frames, made once, and the bell that says there are more.

    ``read``: reads look for it by now. Only from then on frames are kept: an earlier one passes it over.
    ``rung``: how often the bell has rung.
    """

    def __init__(self) -> None:
        self.followers: set[Follower] = set()
        self.read = False
        self.frames: list[Frame] = []
        self.rung = 0

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
        """Offer everyone who sleeps what is new to it; who has to look in the log for that is woken."""
        self.rung += 1
        news: dict[int, News | None] = {}
        for follower in self.followers:
            if not follower.sleeps:
                continue
            if follower.after not in news:
                frames = self.since(follower.after)
                news[follower.after] = None if frames is None else News(frames)
            offered = news[follower.after]
            if offered is None:
                follower.wake()
            elif offered.frames:
                follower.offer(offered)

    def wake(self) -> None:
        """End everyone's sleep."""
        self.rung += 1
        for follower in self.followers:
            follower.wake()
