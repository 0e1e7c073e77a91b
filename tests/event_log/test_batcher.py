from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
from appends import note, sized

from ghostly.event_log.batcher import MAX_BATCH, MAX_BYTES, SHARED, Batcher

PATIENCE_S = 20


class Lane:
    """Where batches go: it keeps them, and writes one whenever it is let."""

    def __init__(self, *, shut: bool = False) -> None:
        self.batches: list[list] = []
        self.open = asyncio.Event()
        if not shut:
            self.open.set()

    async def write(self, batch):
        self.batches.append(list(batch))
        await self.open.wait()
        return [len(self.batches)] * len(batch)


async def broken(batch):
    raise ZeroDivisionError


def begun(*lanes, **limits):
    batcher = Batcher(lanes, **limits)
    batcher.start()
    return batcher


async def within(awaitable):
    async with asyncio.timeout(PATIENCE_S):
        return await awaitable


async def submitted(batcher, appends):
    """Tasks that wait for these appends, which wait in line already."""
    tasks = [asyncio.ensure_future(batcher.submit(append)) for append in appends]
    await asyncio.sleep(0)
    return tasks


async def carried(appends):
    """The batches in which one lane carries these appends, which came while it was busy."""
    lane = Lane(shut=True)
    batcher = begun(lane.write)
    tasks = await submitted(batcher, [note()])
    await asyncio.sleep(0)
    tasks += await submitted(batcher, appends)
    lane.open.set()
    await within(asyncio.gather(*tasks))
    await within(batcher.close())
    return lane.batches[1:]


async def test_what_waits_travels_together():
    assert [len(batch) for batch in await carried([note() for _ in range(50)])] == [50]


async def test_a_batch_has_one_append_of_a_stream():
    stream = uuid4()
    batches = await carried([note(stream, seq) for seq in (1, 2, 3)])

    assert [[append.expected for append in batch] for batch in batches] == [[0], [1], [2]]


async def test_appends_of_a_stream_keep_their_order():
    one, two = uuid4(), uuid4()
    batches = await carried([note(one, 1), note(one, 2), note(two, 1), note(one, 3), note(two, 2)])

    assert [append.expected for batch in batches for append in batch if append.stream == one] == [0, 1, 2]
    assert [len(batch) for batch in batches] == [2, 2, 1]


async def test_a_batch_has_an_end():
    assert [len(batch) for batch in await carried([note() for _ in range(MAX_BATCH + 1)])] == [MAX_BATCH, 1]


async def test_a_batch_is_at_most_a_mebibyte():
    batches = await carried([sized(MAX_BYTES // 3) for _ in range(5)])

    assert [len(batch) for batch in batches] == [2, 2, 1]


async def test_what_is_larger_than_a_batch_travels_alone():
    batches = await carried([sized(2 * MAX_BYTES), note(), note()])

    assert [len(batch) for batch in batches] == [1, 2]


async def test_lanes_leave_each_other_their_share():
    lanes = [Lane(shut=True), Lane(shut=True)]
    batcher = begun(*[lane.write for lane in lanes])
    tasks = await submitted(batcher, [note() for _ in range(10 * SHARED)])
    await asyncio.sleep(0)

    assert sorted(len(lane.batches[0]) for lane in lanes) == [20, 40]
    [lane.open.set() for lane in lanes]
    await within(asyncio.gather(*tasks))


async def test_a_stream_is_in_one_lane_at_a_time():
    stream, lanes = uuid4(), [Lane(shut=True), Lane()]
    batcher = begun(*[lane.write for lane in lanes])
    tasks = await submitted(batcher, [note(stream, 1), note(stream, 2)])
    await asyncio.sleep(0.01)

    assert [len(lane.batches) for lane in lanes] == [1, 0]
    lanes[0].open.set()
    await within(asyncio.gather(*tasks))


# ---- outcomes


async def test_each_append_gets_its_own_outcome():
    async def write(batch):
        return [KeyError("not this") if append.expected else 7 for append in batch]

    batcher = begun(write)
    good, bad = await submitted(batcher, [note(), note(seq=2)])

    assert await within(good) == 7
    with pytest.raises(KeyError):
        await within(bad)


async def test_a_batcher_that_dies_fails_its_callers():
    batcher = begun(broken)
    tasks = await submitted(batcher, [note() for _ in range(300)])

    with pytest.raises(RuntimeError, match="the event log stopped: ZeroDivisionError"):
        await within(asyncio.gather(*tasks))
    await within(batcher.close())
    assert all(isinstance(task.exception(), RuntimeError) for task in tasks)


async def test_a_batcher_that_died_takes_nothing_more():
    batcher = begun(broken)
    await asyncio.gather(*await submitted(batcher, [note()]), return_exceptions=True)

    with pytest.raises(RuntimeError, match="no longer takes appends"):
        await batcher.submit(note())
    await within(batcher.close())


async def test_a_lane_that_dies_lets_the_other_finish():
    lane = Lane(shut=True)
    batcher = begun(lane.write, broken)
    tasks = await submitted(batcher, [note() for _ in range(2 * SHARED)])
    await asyncio.sleep(0)
    lane.open.set()
    told = await within(asyncio.gather(*tasks, return_exceptions=True))

    assert told[:SHARED] == [1] * SHARED
    assert {type(outcome) for outcome in told[SHARED:]} == {RuntimeError}
    await within(batcher.close())


async def test_who_stopped_waiting_is_not_carried():
    lane = Lane(shut=True)
    batcher = begun(lane.write)
    tasks = await submitted(batcher, [note(), note(), note()])
    await asyncio.sleep(0)
    [gone] = await submitted(batcher, [note()])
    gone.cancel()
    lane.open.set()
    await within(asyncio.gather(*tasks))

    assert [len(batch) for batch in lane.batches] == [3]


async def test_a_lane_that_is_cancelled_fails_its_callers():
    lane = Lane(shut=True)
    batcher = begun(lane.write)
    tasks = await submitted(batcher, [note()])
    await asyncio.sleep(0)
    tasks += await submitted(batcher, [note()])
    [task.cancel() for task in batcher._tasks]

    told = await within(asyncio.gather(*tasks, return_exceptions=True))
    assert [type(outcome) for outcome in told] == [RuntimeError, RuntimeError]


# ---- the end


async def test_closing_carries_what_waits():
    lane = Lane(shut=True)
    batcher = begun(lane.write)
    tasks = await submitted(batcher, [note() for _ in range(3 * MAX_BATCH)])
    asyncio.get_running_loop().call_later(0.01, lane.open.set)
    await within(batcher.close())

    assert [task.done() for task in tasks] == [True] * len(tasks)


async def test_closing_waits_for_streams_that_are_in_the_other_lane():
    stream, lanes = uuid4(), [Lane(shut=True), Lane(shut=True)]
    batcher = begun(*[lane.write for lane in lanes])
    tasks = await submitted(batcher, [note(stream, seq) for seq in range(1, 6)])
    [asyncio.get_running_loop().call_later(0.01, lane.open.set) for lane in lanes]
    await within(batcher.close())

    assert [task.done() for task in tasks] == [True] * 5


async def test_closing_does_not_wait_for_who_stopped_waiting():
    batcher = begun(Lane().write, Lane().write)
    [gone] = await submitted(batcher, [note()])
    gone.cancel()
    await within(batcher.close())

    assert gone.cancelled()


async def test_a_closed_batcher_takes_nothing_more():
    batcher = begun(Lane().write)
    await within(batcher.close())

    with pytest.raises(RuntimeError):
        await batcher.submit(note())


async def test_what_came_before_the_start_is_carried_then():
    batcher = Batcher([Lane().write])
    [task] = await submitted(batcher, [note()])
    batcher.start()

    assert await within(task) == 1


async def test_closing_does_not_wait_for_ever():
    batcher = begun(Lane(shut=True).write, close_s=0.05)
    tasks = await submitted(batcher, [note()])
    await asyncio.sleep(0)
    tasks += await submitted(batcher, [note()])
    await within(batcher.close())

    told = await within(asyncio.gather(*tasks, return_exceptions=True))
    assert [type(outcome) for outcome in told] == [RuntimeError, RuntimeError]
