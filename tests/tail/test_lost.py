"""Followers whose tail hears nothing, or loses its connection: the log is the truth."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from followers import PATIENCE_S, drive, driven, seen, until
from silence import wire

from ghostly.database.errors import UNREACHABLE
from ghostly.database.pool import connect
from ghostly.tail import Tail


class Ways:
    """Connections for a tail, each of which can be deafened or cut."""

    def __init__(self, dsn: str, **patience: float) -> None:
        self.dsn, self.patience, self.made, self.shut = dsn, patience, [], False

    async def __call__(self):
        if self.shut:
            raise ConnectionRefusedError
        self.made.append(await connect(self.dsn, **self.patience))
        return self.made[-1]

    async def deafen(self) -> None:
        await self.made[-1].execute("unlisten *")


@pytest.fixture
def runs(other_runs):
    """Another node's: of what is appended here the tail hears without asking."""
    return other_runs


@pytest.fixture
async def ways(dsn):
    return Ways(dsn)


@pytest.fixture
async def tail(log, ways):
    opened = Tail(log, ways, heartbeat_s=0.2)
    opened.open()
    await until(opened.queued.is_set)
    yield opened
    await asyncio.wait_for(opened.close(), timeout=10)


@pytest.fixture
async def run_id(runs):
    return await driven(runs)


async def test_a_follower_that_is_never_notified_still_sees_everything(runs, tail, ways, run_id):
    following = asyncio.create_task(seen(tail, run_id))
    await until(lambda: run_id in tail._followed and tail._followed[run_id].read)
    await ways.deafen()
    await drive(runs, run_id, 20, pause=0.01)

    assert await following == list(range(1, 24))
    assert len(ways.made) == 1


async def test_a_lost_connection_is_replaced_and_nothing_missed(runs, tail, ways, run_id, pool):
    following = asyncio.create_task(seen(tail, run_id))
    driving = asyncio.create_task(drive(runs, run_id, 60, pause=0.01))
    await asyncio.sleep(0.1)
    await pool.execute("select pg_terminate_backend($1)", ways.made[0].get_server_pid())
    await driving

    assert await following == list(range(1, 64))
    await until(lambda: len(ways.made) == 2)


async def test_a_tail_that_lost_the_database_for_a_while_goes_on(runs, tail, ways, run_id):
    following = asyncio.create_task(seen(tail, run_id))
    await asyncio.sleep(0.1)
    ways.shut = True
    ways.made[0].terminate()
    await drive(runs, run_id, 20)
    await asyncio.sleep(0.5)
    ways.shut = False

    assert await following == list(range(1, 24))


async def test_every_session_of_the_node_can_be_killed_while_it_follows(runs, tail, run_id, pool):
    following = asyncio.create_task(seen(tail, run_id))
    driving = asyncio.create_task(drive(runs, run_id, 60, pause=0.01))
    for _ in range(8):
        await asyncio.sleep(0.05)
        await kill_the_others(pool)
    await driving

    assert await following == list(range(1, 64))


async def test_a_connection_that_was_cut_without_a_word_is_replaced_though_nobody_follows(log, dsn):
    async with wire(dsn) as way:
        ways = Ways(way.dsn, answer_s=0.5)
        tail = Tail(log, ways, heartbeat_s=0.1)
        tail.open()
        await until(tail.queued.is_set)
        before = len(ways.made)
        way.cut()
        await until(lambda: len(ways.made) > before)

        assert ways.made[before - 1].is_closed()
        await tail.close()


async def kill_the_others(pool) -> None:
    with suppress(*UNREACHABLE):  # it may have been killed itself
        await pool.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )


async def test_who_waits_for_queued_runs_looks_again_after_a_loss(runs, tail, ways):
    tail.queued.clear()
    ways.made[0].terminate()

    assert await asyncio.wait_for(tail.queued.wait(), timeout=PATIENCE_S)
