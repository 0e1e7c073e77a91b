"""A database that hangs while something is appended: whoever appends hears of it, and may say it again."""

from __future__ import annotations

import asyncio
from functools import partial
from uuid import uuid4

import pytest
from appends import note
from silence import PATIENCE_S, answered, wire

from ghostly.database.pool import connect
from ghostly.event_log import EventLog, LogUnavailable
from ghostly.event_log.log import LANES


@pytest.fixture
async def way(dsn):
    async with wire(dsn) as way:
        yield way


@pytest.fixture
async def log(pool, way):
    opened = EventLog(pool, partial(connect, way.dsn), answer_s=0.5)
    await opened.open()
    await answered(partial(opened.append, note()), LogUnavailable)
    yield opened
    way.speak()
    await opened.close()


async def test_an_append_that_is_not_answered_is_waited_for_no_longer_than_was_said(log, way):
    way.fall_silent()
    async with asyncio.timeout(PATIENCE_S):
        said = await asyncio.gather(*(log.append(note()) for _ in range(20)), return_exceptions=True)

    assert {type(each) for each in said} == {LogUnavailable}


async def test_what_was_said_again_and_again_meanwhile_is_told_once(log, way, pool):
    append = note(stream := uuid4())
    way.fall_silent()
    for _ in range(3):
        with pytest.raises(LogUnavailable):
            await log.append(append)
    way.speak()
    await answered(partial(log.append, append), LogUnavailable)

    assert await pool.fetchval("select count(*) from events where stream = $1", stream) == 1


async def test_a_log_that_nobody_answers_is_closed_all_the_same(pool, way):
    log = EventLog(pool, partial(connect, way.dsn))
    await log.open()
    way.fall_silent()
    await asyncio.wait_for(log.close(), PATIENCE_S)

    assert [writer._connection.is_closed() for writer in log._writers] == [True] * LANES
