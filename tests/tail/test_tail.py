from __future__ import annotations

import asyncio
from functools import partial
from random import Random

import pytest
from followers import PATIENCE_S, drive, driven, finish, frames, glimpsed, saying, seen, until, visits
from stores import begin, now

from ghostly.database.pool import connect
from ghostly.projections.timeline import frame
from ghostly.runs import Runs
from ghostly.tail import CHANNEL, Follower, Tail
from ghostly.tail.followed import KEPT


@pytest.fixture(params=["here", "elsewhere"])
def runs(request, runs, other_runs):
    """Of what is appended here the tail hears; what others append it reads."""
    return {"here": runs, "elsewhere": other_runs}[request.param]


@pytest.fixture
async def run_id(runs):
    return await driven(runs)


# ---- whoever follows sees everything


async def test_a_follower_sees_what_was_and_what_comes(runs, tail, run_id):
    following = asyncio.create_task(seen(tail, run_id))
    await drive(runs, run_id, 20)

    assert await following == list(range(1, 24))


async def test_a_follower_sees_the_frames_of_the_log(runs, log, tail, run_id):
    following = asyncio.create_task(frames(tail, run_id))
    await drive(runs, run_id, 3)

    assert await following == [frame(stored) for stored in await log.read(run_id)]


async def test_a_finished_run_is_replayed_and_ends(runs, tail, run_id):
    await drive(runs, run_id, 5)

    assert await seen(tail, run_id) == list(range(1, 9))


async def test_whoever_resumes_sees_only_what_is_behind(runs, tail, run_id):
    await drive(runs, run_id, 5)

    for after in range(8):
        assert await seen(tail, run_id, after) == list(range(after + 1, 9))


async def test_a_follower_comes_before_anything_is_said(runs, tail):
    run_id = await begin(runs)
    following = asyncio.create_task(seen(tail, run_id, after=1))
    await asyncio.sleep(0.05)
    await runs.cancel(run_id, by="ana")

    assert await following == [2, 3]


async def test_what_others_write_is_seen_too(runs, other_runs, tail, run_id):
    following = asyncio.create_task(seen(tail, run_id))
    for number in range(10):
        await (runs, other_runs)[number % 2].decide(run_id, saying(number))
    await other_runs.decide(run_id, finish)

    assert await following == list(range(1, 14))


@pytest.fixture
async def patient(log, dsn):
    """A tail whose heart does not beat while anybody looks."""
    opened = Tail(log, partial(connect, dsn), heartbeat_s=3600)
    opened.open()
    yield opened
    await opened.close()


async def test_a_follower_is_woken_and_does_not_wait_for_heartbeats(runs, patient, run_id):
    following, seqs = patient.follow(run_id, after=2), []
    async with asyncio.timeout(PATIENCE_S):
        for number in range(10):
            waiting = asyncio.ensure_future(anext(following))
            await asyncio.sleep(0.01)
            await runs.decide(run_id, saying(number))
            seqs += [frame.seq for frame in await waiting]
    await following.aclose()

    assert seqs == list(range(3, 13))


async def test_what_is_appended_here_is_not_read_again(log, pool, tail):
    here = Runs(log, pool, now)
    run_id = await driven(here)
    following = asyncio.create_task(anext(tail.follow(run_id, after=2)))
    await until(lambda: run_id in tail._followed and tail._followed[run_id].read)
    await until(lambda: all(follower.sleeps for follower in tail._followed[run_id].followers))  # it has looked
    pool.terminate()
    await here.decide(run_id, saying(1))

    assert [frame.seq for frame in await asyncio.wait_for(following, PATIENCE_S)] == [3]


async def test_what_is_appended_here_behind_what_others_append_is_passed_on_behind_it(log, pool, other_runs, tail):
    here = Runs(log, pool, now)
    run_ids = [await driven(runs) for runs in (here, other_runs) for _ in range(3)]
    following = asyncio.gather(*[seen(tail, run_id) for run_id in run_ids])
    await asyncio.gather(*[drive([here, other_runs][n // 3], run_id, 20) for n, run_id in enumerate(run_ids)])

    assert await following == [list(range(1, 24))] * 6


# ---- joining, leaving, resuming


@pytest.mark.parametrize("seed", range(3))
async def test_whoever_comes_and_goes_sees_every_event_once_in_order(runs, tail, run_id, seed):
    visitors = [visits(tail, run_id, 63, Random(f"{seed} {visitor}")) for visitor in range(12)]
    *told, _ = await asyncio.gather(*visitors, drive(runs, run_id, 60, pause=0.001))

    assert told == [list(range(1, 64))] * 12


async def test_whoever_comes_and_goes_sees_what_is_appended_here_and_elsewhere(log, pool, other_runs, tail):
    here = Runs(log, pool, now)
    run_id = await driven(here)
    visiting = [asyncio.create_task(visits(tail, run_id, 63, Random(f"both {n}"))) for n in range(12)]
    for number in range(60):
        await [here, other_runs][number % 2].decide(run_id, saying(number))
    await here.decide(run_id, finish)

    assert await asyncio.gather(*visiting) == [list(range(1, 64))] * 12


@pytest.mark.parametrize("seed", range(2))
async def test_followers_of_many_runs_see_their_own(runs, tail, seed):
    reports = [Random(seed + n).randint(0, 20) for n in range(8)]
    run_ids = [await driven(runs) for _ in reports]
    following = asyncio.gather(*[seen(tail, run_id) for run_id in run_ids])
    await asyncio.gather(*[drive(runs, *pair) for pair in zip(run_ids, reports, strict=True)])

    assert await following == [list(range(1, count + 4)) for count in reports]


async def test_twenty_followers_see_the_same(runs, tail, run_id):
    followers = [asyncio.create_task(seen(tail, run_id)) for _ in range(20)]
    await drive(runs, run_id, 59)

    assert await asyncio.gather(*followers) == [list(range(1, 63))] * 20


# ---- who is slow


async def test_a_slow_follower_goes_back_to_the_log(runs, tail, run_id):
    slow = tail.follow(run_id)
    got = await anext(slow)
    for _ in range(5):
        await runs.decide(run_id, saying(*range(KEPT // 2)))
    await until(lambda: gone(tail, run_id) > 2)
    await runs.decide(run_id, finish)
    async for page in slow:
        got += page

    assert [frame.seq for frame in got] == list(range(1, 5 * KEPT // 2 + 4))


def gone(tail, run_id) -> int:
    """The last frame that is not in memory any more."""
    kept = tail._followed[run_id].frames
    return kept[0].seq - 1 if kept else 0


async def test_what_is_kept_has_an_end(runs, tail, run_id):
    slow = tail.follow(run_id)
    await anext(slow)
    for _ in range(5):
        await runs.decide(run_id, saying(*range(KEPT // 2)))
    await until(lambda: gone(tail, run_id) > 2)

    assert len(tail._followed[run_id].frames) <= 2 * KEPT
    await slow.aclose()


# ---- when it is over


async def test_closing_ends_every_follower(runs, tail, run_id):
    told: list[list[int]] = [[] for _ in range(5)]
    followers = [asyncio.create_task(hears(tail, run_id, each)) for each in told]
    await until(lambda: all(told))
    await tail.close()
    await asyncio.gather(*followers)

    assert told == [[1, 2]] * 5


async def hears(tail, run_id, told: list[int]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        async for page in tail.follow(run_id):
            told += [frame.seq for frame in page]


async def test_nobody_follows_a_closed_tail(tail, run_id):
    await tail.close()

    assert await seen(tail, run_id) == []


async def test_whoever_leaves_is_forgotten(tail, run_id):
    assert await glimpsed(tail, run_id, 1) == [1, 2]
    assert tail._followed == {}


# ---- the hint


async def test_a_run_that_is_queued_is_announced(runs, tail):
    await until(tail.queued.is_set)
    tail.queued.clear()
    await begin(runs)

    assert await asyncio.wait_for(tail.queued.wait(), timeout=PATIENCE_S)


async def test_whoever_comes_while_the_last_one_is_being_let_go_is_listened_for(tail, run_id):
    connection = await tail._connect()
    await connection.add_listener(CHANNEL, tail._on_commit)
    letting_go = asyncio.create_task(tail._tune(connection, True))
    await asyncio.sleep(0)  # it has seen that nobody follows, and tells the database
    tail._join(run_id, Follower(2))

    assert not await letting_go
    await connection.close()


async def test_a_run_that_is_driven_is_not_announced(runs, run_id, tail):
    await until(tail.queued.is_set)  # it listens, and was not there when the run was queued
    tail.queued.clear()
    await runs.decide(run_id, saying(1))
    await asyncio.sleep(0.1)

    assert not tail.queued.is_set()
