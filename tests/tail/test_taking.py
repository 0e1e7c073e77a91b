"""Followers who take what is new in their sleep: what is taken is not yielded, and nothing is lost in between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random
from uuid import UUID

import pytest
from followers import PATIENCE_S, drive, driven, finish, saying, seen, until

from ghostly.tail import News, Tail


class Taker:
    """Follows a run to its end; ``takes`` says of which news it takes."""

    def __init__(self, takes: Callable[[News], bool]) -> None:
        self.takes = takes
        self.taken: list[int] = []
        self.all: list[int] = []

    def take(self, news: News) -> bool:
        if not self.takes(news):
            return False
        self.taken += [frame.seq for frame in news.frames]
        self.all += [frame.seq for frame in news.frames]
        return True

    async def follow(self, tail: Tail, run_id: UUID, after: int = 2) -> list[int]:
        async with asyncio.timeout(PATIENCE_S):
            async for frames in tail.follow(run_id, after=after, take=self.take):
                await asyncio.sleep(0)  # more may come meanwhile
                self.all += [frame.seq for frame in frames]
        return self.all


def fails(_: News) -> bool:
    raise LookupError


def sleeping(tail: Tail, run_id: UUID, count: int = 1) -> Callable[[], bool]:
    """Whether so many sleep, of a run that reads look for."""

    def holds() -> bool:
        followed = tail._followed.get(run_id)
        return followed is not None and followed.read and sum(one.sleeps for one in followed.followers) == count

    return holds


@pytest.fixture(params=["here", "elsewhere"])
def runs(request, runs, other_runs):
    return {"here": runs, "elsewhere": other_runs}[request.param]


@pytest.fixture
async def run_id(runs):
    return await driven(runs)


async def test_what_is_taken_is_not_yielded(runs, tail, run_id):
    taker = Taker(lambda _: True)
    following = asyncio.create_task(taker.follow(tail, run_id))
    await until(sleeping(tail, run_id))
    await runs.decide(run_id, saying(1, 2))
    await until(lambda: taker.all == [3, 4])
    await runs.decide(run_id, finish)

    assert await following == [3, 4, 5]
    assert taker.taken == [3, 4]


async def test_who_takes_nothing_is_yielded_everything(runs, tail, run_id):
    taker = Taker(lambda _: False)
    following = asyncio.create_task(taker.follow(tail, run_id))
    await drive(runs, run_id, 20)

    assert (await following, taker.taken) == (list(range(3, 24)), [])


@pytest.mark.parametrize("seed", range(3))
async def test_who_takes_now_and_then_sees_every_event_once_in_order(runs, tail, run_id, seed):
    chance = Random(seed)
    takers = [Taker(lambda _: chance.random() < 0.5) for _ in range(12)]
    following = asyncio.gather(*[taker.follow(tail, run_id, n % 3) for n, taker in enumerate(takers)])
    await drive(runs, run_id, 60, pause=0.001)

    assert await following == [list(range(n % 3 + 1, 64)) for n in range(12)]


async def test_an_ending_is_not_for_taking(runs, tail, run_id):
    offered: list[int] = []
    taker = Taker(lambda news: bool(offered.append(news.frames[-1].seq)) or True)
    following = asyncio.create_task(taker.follow(tail, run_id))
    await until(sleeping(tail, run_id))
    await runs.decide(run_id, finish)

    assert (await following, offered) == ([3], [])


async def test_what_is_made_of_news_is_made_once_for_all_who_are_as_far(runs, tail, run_id):
    made: list[int] = []

    def make(frames) -> bool:
        made.append(frames[-1].seq)
        return True

    following = asyncio.gather(
        *[Taker(lambda news: news.once(None, make)).follow(tail, run_id) for _ in range(10)]
    )
    await until(sleeping(tail, run_id, 10))
    await runs.decide(run_id, saying(1))
    await until(lambda: made)
    await runs.decide(run_id, finish)

    assert (await following, made) == ([[3, 4]] * 10, [3])


async def test_who_fails_to_take_hears_of_it_and_no_other(runs, tail, run_id):
    failing = asyncio.create_task(Taker(fails).follow(tail, run_id))
    following = asyncio.create_task(seen(tail, run_id))
    await until(sleeping(tail, run_id, 2))
    await runs.decide(run_id, saying(1))
    with pytest.raises(LookupError):
        await failing
    await runs.decide(run_id, finish)

    assert await following == [1, 2, 3, 4]


async def test_closing_ends_who_takes(runs, tail, run_id):
    following = asyncio.create_task(Taker(lambda _: True).follow(tail, run_id))
    await until(sleeping(tail, run_id))
    await tail.close()

    assert await following == []
