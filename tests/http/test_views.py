from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from ghostly.domain.events import LoopStateReached
from ghostly.domain.run import say
from tests.http.callers import passed

TREE = "- button: Save"
GOAL = {"goal": "Buy"}


@pytest.fixture
async def assisted(ana, driver) -> str:
    """An assisted run that is driven; of its three steps, the second has a tree: seq 6."""
    run = await ana.starts(assisted=GOAL)
    await driver.takes(run)
    await driver.says(run, passed(0), passed(1, a11y=TREE), passed(2), say(LoopStateReached, state="planning"))
    return run


def get(caller, run: str, **query):
    return caller.get(f"/v1/runs/{run}", **query)


async def tag(caller, run: str, **query) -> str:
    return (await get(caller, run, **query)).headers["ETag"]


# ---- parts


async def test_a_summary_leaves_out_trees_and_events(ana, assisted):
    whole, summary = await ana.record(assisted), await ana.record(assisted, summary="true")

    assert [step.pop("a11y", None) for step in whole["steps"]] == [None, TREE, None]
    assert len(whole.pop("events")) == 4
    assert summary == whole


async def test_steps_can_be_picked(ana, assisted):
    record = await ana.record(assisted, steps="2,1,7")

    assert [(step["index"], step.get("a11y")) for step in record["steps"]] == [(1, TREE), (2, None)]
    assert len(record["events"]) == 4


async def test_steps_can_be_picked_of_a_summary_and_of_the_past(ana, assisted):
    record = await ana.record(assisted, steps="1", summary="true", atSeq=4)

    assert [step["index"] for step in record["steps"]] == [1]
    assert "events" not in record
    assert "a11y" not in record["steps"][0]


@pytest.mark.parametrize(
    "query", [{"steps": "a"}, {"steps": "1,"}, {"steps": "-1"}, {"summary": "yes"}, {"wait": "61"}]
)
async def test_a_part_that_cannot_be_meant_is_refused(ana, finished, query):
    assert (await get(ana, finished, **query)).places == list(query)


async def test_a_growing_record_tells_every_event_and_tree_once(ana, assisted, driver):
    for index in range(3, 8):
        await driver.says(assisted, passed(index, a11y=f"- {index}"))
        record = await ana.record(assisted)

        assert record == await ana.record(assisted, atSeq=record["seq"])


# ---- as it was at a time


async def test_a_record_can_be_seen_as_it_was_at_a_time(ana, assisted):
    events = (await ana.record(assisted))["events"]
    last = await ana.record(assisted, at=events[-1]["at"])

    assert last["seq"] == events[-1]["seq"]
    assert await ana.record(assisted, at="2126-01-01T00:00:00Z") == last


async def test_between_two_events_it_is_as_it_was_after_the_first(ana, assisted, driver):
    before = await ana.record(assisted)
    await asyncio.sleep(0.01)
    await driver.does(assisted, steps=1, first=3)
    at = datetime.fromisoformat((await ana.record(assisted))["events"][-1]["at"]) - timedelta(milliseconds=1)

    assert (await ana.record(assisted, at=at.isoformat()))["seq"] in {before["seq"], before["seq"] + 1}


@pytest.mark.parametrize("at", ["2020-01-01T00:00:00Z", "yesterday", "2126-01-01T00:00:00"])
async def test_there_is_no_record_before_the_start(ana, finished, at):
    assert (await get(ana, finished, at=at)).places == ["at"]


# ---- waiting


async def test_who_waits_is_answered_when_the_run_finishes(ana, driven, driver):
    waiting = asyncio.create_task(ana.record(driven, wait=30))
    await asyncio.sleep(0.1)
    await driver.ends(driven)

    assert (await asyncio.wait_for(waiting, 20))["status"] == "pass"


async def test_who_waits_for_a_finished_run_is_answered_at_once(ana, finished):
    assert (await asyncio.wait_for(ana.record(finished, wait=30), 20))["status"] == "pass"


async def test_who_waits_in_vain_is_answered_as_it_is(ana, driven):
    began = time.monotonic()

    assert (await ana.record(driven, wait=1))["status"] == "running"
    assert time.monotonic() - began > 0.9


async def test_who_stops_waiting_is_forgotten(ana, driven, service):
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await ana.record(driven, wait=30)
    async with asyncio.timeout(20):
        while service.store.tail._followed:
            await asyncio.sleep(0.02)


async def test_hundreds_can_wait_at_once(ana, driven, driver):
    waiting = [asyncio.create_task(ana.record(driven, wait=30)) for _ in range(200)]
    await asyncio.sleep(0.5)
    await driver.ends(driven)
    records = await asyncio.wait_for(asyncio.gather(*waiting), 20)

    assert {record["phase"] for record in records} == {"finished"}


# ---- tags


async def test_a_tag_tells_seq_annotations_and_view(ana, finished):
    queries = [{}, {"summary": "true"}, {"steps": "2,0"}, {"summary": "true", "steps": "1"}, {"atSeq": 3}]
    tags = [await tag(ana, finished, **query) for query in queries]

    assert tags == ['"7.0.full"', '"7.0.summary"', '"7.0.full-steps-0-2"', '"7.0.summary-steps-1"', '"3.0.full"']


async def test_an_answer_with_a_tag_varies_by_what_was_accepted(ana, finished):
    assert (await get(ana, finished)).headers["Vary"] == "Accept, Accept-Encoding"


async def test_nobody_keeps_a_record_without_asking_whether_it_is_true(ana, finished):
    assert (await get(ana, finished)).headers["Cache-Control"] == "private, no-cache"


async def test_a_queued_record_has_no_tag(ana, queued):
    assert "ETag" not in (await ana.get(f"/v1/runs/{queued}", {"If-None-Match": "*"})).headers


@pytest.mark.parametrize("given", ["{}", "W/{}", '"x", {}', '"x",W/{} , "y"', "*", " * "])
async def test_what_the_client_has_is_not_sent_again(ana, driven, given):
    mine = await tag(ana, driven)
    answer = await ana.get(f"/v1/runs/{driven}", {"If-None-Match": given.format(mine)})

    assert (answer.status, answer.text, answer.headers["ETag"]) == (304, "", mine)


@pytest.mark.parametrize("given", ['"1.0.full"', "7.0.full", '"7.0.summary"', "", "W/", '"'])
async def test_what_the_client_has_not_is_sent(ana, finished, given):
    assert (await ana.get(f"/v1/runs/{finished}", {"If-None-Match": given})).status == 200


async def test_another_event_makes_another_tag(ana, driven, driver):
    before = await tag(ana, driven)
    await driver.does(driven, steps=1, first=2)

    assert (await ana.get(f"/v1/runs/{driven}", {"If-None-Match": before})).status == 200


async def test_someone_elses_tag_opens_nothing(bo, finished):
    for headers in ({"If-None-Match": "*"}, {"If-None-Match": '"7.0.full"'}):
        assert (await bo.get(f"/v1/runs/{finished}", headers)).status == 404


# ---- the queue


async def test_a_queued_record_tells_its_place(ana, queued):
    second = await ana.starts()

    assert [(await ana.record(run))["queuePosition"] for run in (queued, second)] == [1, 2]


async def test_the_queue_is_fair(ana, bo, driven):
    mine, other = await ana.starts(), await bo.starts()

    assert (await ana.record(mine))["queuePosition"] == 2
    assert (await bo.record(other))["queuePosition"] == 1


async def test_a_run_counts_only_those_that_its_workers_may_take_too(ana, queued):
    gpu = await ana.starts(labels=["gpu"])
    runs = [gpu, await ana.starts(), await ana.starts(labels=["eu", "gpu"]), await ana.starts(labels=["eu"])]

    assert [(await ana.record(run))["queuePosition"] for run in runs] == [2, 2, 4, 3]


async def test_a_run_that_is_driven_has_no_place(ana, driven):
    assert "queuePosition" not in await ana.record(driven)


async def test_what_nobody_queued_has_no_place(service):
    assert await service.store.workers.position(uuid4()) is None


async def test_a_run_that_waits_again_still_shows_its_past(ana, assisted, service):
    await service.store.pool.execute("update runs set phase = 'queued' where id = $1", UUID(assisted))

    assert len((await ana.record(assisted))["steps"]) == 3
