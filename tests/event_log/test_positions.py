"""One order of all events: dense, and visible in order, so that a cursor misses none."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
from appends import note
from stores import another_node

WRITERS, EACH = 8, 60


async def write(log) -> None:
    """One writer, who appends one or two facts at a time to a stream of its own."""
    stream, seq = uuid4(), 1
    for turn in range(EACH):
        count = 1 + turn % 2
        await log.append(note(stream, seq, count))
        seq += count


async def tailed(log, total: int, limit: int) -> list[int]:
    """The positions that a reader with a cursor sees while others write."""
    seen: list[int] = []
    while len(seen) < total:
        seen += [stored.position for stored in await log.read_all(after=seen[-1] if seen else 0, limit=limit)]
        await asyncio.sleep(0)
    return seen


async def watched(log, streams, total: int) -> list[int]:
    """The positions that a reader of what is new sees while others write."""
    seen: list[int] = []
    position = 0
    while len(seen) < total:
        position, new = await log.read_new(streams, after=position)
        seen += [stored.position for stored in new]
    return seen


TOTAL = WRITERS * EACH * 3 // 2


@pytest.mark.parametrize("limit", [1000, 7])
async def test_a_reader_with_a_cursor_misses_nothing_that_eight_writers_in_two_processes_write(log, dsn, limit):
    async with another_node(dsn) as (other, _), asyncio.timeout(60):
        reading = asyncio.create_task(tailed(log, TOTAL, limit))
        await asyncio.gather(*[write(one) for one in (log, other) for _ in range(WRITERS // 2)])

        assert await reading == list(range(1, TOTAL + 1))


async def test_who_reads_what_is_new_misses_nothing_either(log, dsn):
    streams = [uuid4() for _ in range(WRITERS)]
    async with another_node(dsn) as (other, _), asyncio.timeout(60):
        reading = asyncio.create_task(watched(log, streams, WRITERS * 30))
        writers = [alternate(stream, log, other) for stream in streams]
        await asyncio.gather(*writers)

        assert await reading == list(range(1, WRITERS * 30 + 1))


async def alternate(stream, *logs) -> None:
    """One stream, written by turns in each of the logs."""
    for seq in range(1, 31):
        await logs[seq % len(logs)].append(note(stream, seq))


async def test_positions_are_dense_though_some_appends_are_refused(log):
    taken = uuid4()
    await asyncio.gather(*[log.append(note(taken)) for _ in range(10)], return_exceptions=True)
    await asyncio.gather(*[log.append(note()) for _ in range(10)])

    assert [stored.position for stored in await log.read_all()] == list(range(1, 12))


async def test_all_streams_are_read_behind_a_position_and_up_to_a_limit(log):
    await asyncio.gather(*[log.append(note(count=2)) for _ in range(5)])

    assert [stored.position for stored in await log.read_all(after=3, limit=4)] == [4, 5, 6, 7]
