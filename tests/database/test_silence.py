from __future__ import annotations

import asyncio

import pytest
from silence import PATIENCE_S, answered, wire

from ghostly.database.pool import connect, open_pool
from tests.conftest import connected

RUNNING = "select count(*) from pg_stat_activity where query like '%3600%' and state = 'active' and pid <> $1"


@pytest.fixture
async def way(dsn):
    async with wire(dsn) as way:
        yield way
        way.speak()


@pytest.fixture
def answer_s():
    return 0.3


@pytest.fixture
async def pool(way, answer_s):
    opened = await answered(lambda: open_pool(way.dsn, size=2, answer_s=answer_s))
    await answered(lambda: asyncio.gather(*(opened.fetch("select pg_sleep(0.05)") for _ in range(2))))
    yield opened
    way.speak()
    await asyncio.wait_for(opened.close(), PATIENCE_S)


async def within_a_transaction(pool):
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("select 1")


async def asked(pool):
    await pool.execute("select 1")


@pytest.mark.parametrize("asking", [asked, within_a_transaction])
async def test_an_answer_that_does_not_come_is_waited_for_no_longer_than_was_said(pool, way, asking):
    way.fall_silent()
    async with asyncio.timeout(PATIENCE_S):
        answers = await asyncio.gather(*(asking(pool) for _ in range(10)), return_exceptions=True)

    assert {type(answer) for answer in answers} == {TimeoutError}


@pytest.mark.parametrize("asking", [asked, within_a_transaction])
async def test_a_silent_database_that_speaks_again_is_asked_again(pool, way, asking):
    way.fall_silent()
    await asyncio.gather(*(asking(pool) for _ in range(4)), return_exceptions=True)
    way.speak()

    assert await answered(lambda: pool.fetchval("select 7")) == 7


async def test_a_free_connection_is_waited_for_no_longer(pool):
    async with pool.acquire(), pool.acquire():
        with pytest.raises(TimeoutError):
            await pool.fetchval("select 1")


@pytest.mark.parametrize("answer_s", [PATIENCE_S])
@pytest.mark.parametrize("asking", [asked, within_a_transaction])
async def test_who_is_cancelled_while_the_database_is_silent_is_cancelled(pool, way, asking):
    way.fall_silent()
    task = asyncio.create_task(asking(pool))
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.wait([task], timeout=PATIENCE_S)

    assert task.cancelled()


async def test_what_takes_too_long_is_stopped_in_the_database_too(pool, dsn):
    with pytest.raises(TimeoutError):
        await pool.fetchval("select pg_sleep(3600)")

    async with connected(dsn) as looking, asyncio.timeout(PATIENCE_S):
        while await looking.fetchval(RUNNING, looking.get_server_pid()):
            await asyncio.sleep(0.01)


async def test_who_has_all_the_time_there_is_waits_until_it_speaks(way):
    patient = await open_pool(way.dsn, size=1)
    way.fall_silent()
    asking = asyncio.create_task(patient.fetchval("select 7"))
    await asyncio.sleep(1)
    way.speak()

    assert await asking == 7
    await patient.close()


async def test_a_connection_of_ones_own_waits_no_longer_either(way):
    connection = await connect(way.dsn, answer_s=0.3)
    way.fall_silent()
    with pytest.raises(TimeoutError):
        await connection.add_listener("ghostly", print)

    connection.terminate()
