from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import asyncpg
import pytest

from ghostly.http.stands import Stands


async def test_many_who_ask_at_once_are_all_answered(ana, driven, service):
    stands, other = Stands(service.store.pool), UUID(await ana.starts())
    wanted = [UUID(driven), other, uuid4()] * 50
    found = await asyncio.gather(*(stands.of(run) for run in wanted))

    assert [stand and (stand.seq, stand.phase) for stand in found] == [(6, "running"), (1, "queued"), None] * 50


async def test_who_asks_after_an_event_sees_it_whatever_is_under_way(driven, driver, service):
    stands, run = Stands(service.store.pool), UUID(driven)
    for index in range(2, 12):
        earlier = [asyncio.create_task(stands.of(run)) for _ in range(3)]
        await driver.does(driven, steps=1, first=index)

        assert (await stands.of(run)).seq == 4 + 2 * index
        await asyncio.gather(*earlier)


async def test_who_goes_away_takes_no_answer_from_others(driven, service):
    stands, run = Stands(service.store.pool), UUID(driven)
    leaving, staying = [asyncio.create_task(stands.of(run)) for _ in range(2)]
    await asyncio.sleep(0)
    leaving.cancel()

    assert (await staying).seq == 6
    assert (await stands.of(run)).seq == 6


async def test_without_a_database_everybody_is_told_so(driven, service):
    stands = Stands(service.store.pool)
    await service.store.pool.close()
    answers = await asyncio.gather(*(stands.of(UUID(driven)) for _ in range(3)), return_exceptions=True)

    assert {type(answer) for answer in answers} == {asyncpg.InterfaceError}
    with pytest.raises(asyncpg.InterfaceError):
        await stands.of(UUID(driven))


async def test_of_a_run_that_has_ended_nothing_is_asked_twice(finished, service):
    stands, run = Stands(service.store.pool), UUID(finished)
    told = await stands.of(run)
    await service.store.pool.close()

    assert (await stands.of(run), told.finished) == (told, True)


async def test_of_more_runs_than_are_remembered_the_last_ones_are(ana, driver, finished, service):
    stands, runs = Stands(service.store.pool, most=2), [finished, await ana.starts(), await ana.starts()]
    for run in runs[1:]:
        await driver.takes(run)
        await driver.ends(run)
    first, *last = [await stands.of(UUID(run)) for run in runs]
    await service.store.pool.close()

    assert [await stands.of(stand.id) for stand in last] == last
    with pytest.raises(asyncpg.InterfaceError):
        await stands.of(first.id)
