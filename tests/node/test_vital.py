"""A part that ends by itself takes everything with it, and says why."""

from __future__ import annotations

import asyncio

import pytest

from ghostly import node
from ghostly.vital import Broke, vital
from tests.node.processes import PATIENCE_S, launch, until

# What nobody can mend by waiting, and which part of the node finds it out.
DAMAGE = {
    "worker: beat": "alter table workers rename column seen_at to looked_at",
    "worker: taking runs": "drop table run_inputs",
}


async def forever() -> None:
    await asyncio.Event().wait()


async def breaks() -> None:
    raise ValueError("a defect of ours")


async def test_a_part_that_breaks_stops_who_is_inside_and_is_the_cause():
    with pytest.raises(Broke, match="a-part") as broke:
        async with vital([asyncio.create_task(breaks(), name="a-part")]):
            await forever()

    assert str(broke.value.__cause__) == "a defect of ours"


async def test_a_part_that_comes_to_an_end_stops_who_is_inside_too():
    with pytest.raises(Broke):
        async with vital([asyncio.create_task(asyncio.sleep(0))]):
            await forever()


async def test_who_was_stopped_by_a_broken_part_can_go_on_afterwards():
    with pytest.raises(Broke):
        async with vital([asyncio.create_task(breaks())]):
            await forever()

    assert asyncio.current_task().cancelling() == 0


async def test_a_part_that_is_cancelled_did_not_break():
    task = asyncio.create_task(forever())
    async with vital([task]):
        task.cancel()
        await asyncio.sleep(0.01)

    assert (task.cancelled(), asyncio.current_task().cancelling()) == (True, 0)


async def test_a_part_may_end_once_nobody_is_inside_any_more():
    task = asyncio.create_task(asyncio.sleep(0.01))
    async with vital([task]):
        pass
    await asyncio.sleep(0.05)

    assert task.done()


async def test_who_is_cancelled_from_outside_is_just_cancelled():
    task = asyncio.create_task(inside())
    await asyncio.sleep(0.01)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task


async def inside() -> None:
    async with vital([]):
        await forever()


@pytest.mark.parametrize("part", DAMAGE)
async def test_a_node_whose_database_was_damaged_stops_and_names_the_part(settings, part):
    with pytest.raises(Broke, match=part):
        await goes_on_damaged(settings, DAMAGE[part])


async def goes_on_damaged(settings, damage: str) -> None:
    async with asyncio.timeout(PATIENCE_S), node.up(settings) as up:
        await up.store.pool.execute(damage)
        await forever()


async def test_a_process_with_a_broken_part_exits_with_70_and_a_traceback(dsn, pool, reachable):
    file = reachable / "broken"
    process = launch(["serve", "--port", "0"], file, database_url=dsn, data_dir=reachable / "broken-data")
    await until(lambda: "up at" in file.read_text())
    await pool.execute("drop table workers")

    assert await asyncio.to_thread(process.wait, PATIENCE_S) == 70
    assert "Traceback" in file.read_text()
    assert "Error: Ghostly stopped because a part of it broke (reaper)" in file.read_text()
