from __future__ import annotations

import asyncio
from contextlib import suppress

import psutil

from ghostly.settings import Settings
from ghostly.store import LOOK_S, database
from tests.node.processes import left, postgres, until


async def test_however_often_somebody_presses_ctrl_c_no_server_is_left_behind(reachable):
    given, begun = Settings(data_dir=reachable / "impatient"), asyncio.Event()

    async def hold():
        async with database(given):
            begun.set()
            await asyncio.Event().wait()

    holding = asyncio.create_task(hold())
    await begun.wait()
    while not holding.done():
        holding.cancel()
        await asyncio.sleep(0.001)

    assert await left(set(), given.data_dir) == set()
    assert holding.cancelled()


def told(caplog) -> list[str]:
    """What the node logged; the garbage of other tests may be logged meanwhile."""
    return [record.getMessage()[:31] for record in caplog.records if record.name == "ghostly.node"]


async def test_a_server_that_does_not_start_again_is_told_of_once(reachable, caplog):
    given = Settings(data_dir=reachable / "not-starting")
    async with database(given):
        (given.data_dir / "postgres" / "data" / "global" / "pg_control").unlink()
        for process in postgres(given.data_dir):
            with suppress(psutil.Error):
                process.kill()
        await until(lambda: told(caplog))
        await asyncio.sleep(3 * LOOK_S)

    assert told(caplog) == ["the embedded PostgreSQL is gone"]
