from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from ghostly.domain.events import CancellationRequested, RunCancelled


async def history(service, run: str) -> list[str]:
    return [stored.topic for stored in await service.store.log.read(UUID(run))]


async def test_a_queued_run_ends_at_once_and_is_not_stale(ana, queued):
    answer = await ana.cancel(queued)
    record = await ana.record(queued)

    assert (answer.status, answer.json) == (200, {"ok": True, "id": queued, "status": "cancelling"})
    assert (record["phase"], record["status"], record["cancelled"]["stale"]) == ("finished", "fail", False)


async def test_a_driven_run_is_asked_to_stop(ana, driven):
    answer = await ana.cancel(driven)
    record = await ana.record(driven)

    assert (answer.status, answer.json) == (200, {"ok": True, "id": driven, "status": "cancelling"})
    assert (record["phase"], record["status"]) == ("cancelling", "running")


async def test_asking_twice_answers_the_same_and_tells_nothing_new(ana, driven, service):
    first, second = await ana.cancel(driven), await ana.cancel(driven)

    assert (first.status, first.json) == (second.status, second.json)
    assert (await history(service, driven)).count(CancellationRequested.TOPIC) == 1


async def test_asking_twenty_times_at_once_is_asking_once(ana, driven, service):
    answers = await asyncio.gather(*(ana.cancel(driven) for _ in range(20)))

    assert {answer.json["status"] for answer in answers} == {"cancelling"}
    assert (await history(service, driven)).count(CancellationRequested.TOPIC) == 1


async def test_after_a_cancel_a_run_can_only_end_cancelled(ana, driven, driver):
    await ana.cancel(driven)
    await driver.ends(driven)
    record = await ana.record(driven)

    assert (record["status"], record["stopReason"], record["cancelled"]["stale"]) == ("fail", "cancelled", False)


async def test_a_finished_run_is_not_cancelled_any_more(ana, finished, service):
    before = await history(service, finished)
    answer = await ana.cancel(finished)

    assert (answer.status, answer.code) == (409, "run_already_finished")
    assert await history(service, finished) == before


@pytest.mark.parametrize("run", ["unknown", "0192f0c1-7a3e-7000-8000-000000000000"])
async def test_a_run_that_is_not_there_cannot_be_cancelled(ana, run):
    assert (await ana.cancel(run)).status == 404


async def test_the_run_of_somebody_else_cannot_be_cancelled(ana, bo, driven):
    assert (await bo.cancel(driven)).status == 404
    assert (await ana.record(driven))["phase"] == "running"


async def test_a_run_whose_driver_is_dead_is_final_when_the_answer_arrives(ana, driven, driver):
    await driver.dies()
    answer = await ana.cancel(driven)
    record = await ana.record(driven)

    assert answer.json == {"ok": True, "id": driven, "status": "cancelled", "stale": True}
    assert (record["phase"], record["cancelled"]["stale"]) == ("finished", True)


async def test_a_stale_run_ends_cancelled_by_the_user(ana, driven, driver):
    await driver.dies()
    await ana.cancel(driven)
    ending = (await ana.follow(driven))[-2].data["payload"]

    assert (ending["cancelled"], ending["source"], ending["staleAfterRestart"]) == (True, "user", True)


async def test_a_run_that_was_asked_before_its_driver_died_is_ended_by_asking_again(ana, driven, driver):
    await ana.cancel(driven)
    await driver.dies()

    assert (await ana.cancel(driven)).json["stale"] is True


async def test_twenty_cancels_of_a_stale_run_give_one_ending(ana, driven, driver, service):
    await driver.dies()
    answers = await asyncio.gather(*(ana.cancel(driven) for _ in range(20)))

    assert {answer.status for answer in answers} <= {200, 409}
    assert (await history(service, driven)).count(RunCancelled.TOPIC) == 1


async def test_whoever_cancels_is_in_the_record(ana, queued):
    await ana.cancel(queued)
    me = (await ana.get("/v1/auth/me")).json["user"]["id"]

    assert (await ana.record(queued))["cancelled"]["by"] == me


@pytest.mark.parametrize("body", [None, {}, {"reason": None}, {"reason": "x" * 256}])
async def test_a_reason_may_be_given(ana, queued, body):
    assert (await ana.cancel(queued, body)).status == 200


@pytest.mark.parametrize(
    ("body", "place"), [({"reason": "x" * 257}, "reason"), ({"reason": 1}, "reason"), ({"why": "x"}, "why")]
)
async def test_a_reason_is_a_text_of_at_most_256_characters(ana, driven, body, place):
    answer = await ana.cancel(driven, body)

    assert (answer.status, answer.places) == (400, [place])
    assert (await ana.record(driven))["phase"] == "running"


async def test_a_cancel_on_one_node_stops_what_another_drives(ana, driven, driver, serving, calling):
    other = await calling(await serving(), ana.headers["X-Api-Key"])
    answer = await other.cancel(driven)
    await driver.ends(driven)

    assert answer.json["status"] == "cancelling"
    assert (await ana.record(driven))["stopReason"] == "cancelled"
