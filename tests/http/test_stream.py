from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from ghostly.domain.verdict import step_failed
from tests.http.shared import *  # noqa: F403 -- the fixtures

pytestmark = pytest.mark.asyncio(loop_scope="module")


def types(messages) -> list[str]:
    return [message.type for message in messages]


def ids(messages) -> list[int]:
    return [message.id for message in messages if message.event == "assist"]


STEPS = ["step_start", "step_success"] * 2


async def test_a_finished_run_is_told_from_its_status_to_its_end(ana, finished):
    assert types(await ana.follow(finished)) == ["status", *STEPS, "run_end", "end"]


async def test_the_status_of_a_finished_run_is_its_final_one_and_comes_once(ana, finished):
    opening, *rest = await ana.follow(finished)

    assert (opening.data["status"], opening.id) == ("pass", None)
    assert "status" not in types(rest)


async def test_a_live_run_is_told_as_it_happens(ana, queued, driver):
    async with ana.stream(queued) as stream:
        opening = await stream.next()
        await driver.takes(queued)
        await driver.does(queued, steps=1)
        steps = await stream.take(2)
        await driver.ends(queued)
        ending = await stream.rest()

    assert opening.data["status"] == "running"
    assert types(steps) == ["step_start", "step_success"]
    assert types(ending) == ["run_end", "status", "end"]


async def test_a_live_run_that_fails_says_so_at_the_end(ana, driven, driver):
    async with ana.stream(driven) as stream:
        await stream.take(5)
        await driver.ends(driven, step_failed("no"))
        run_end, status, _ = await stream.rest()

    assert (run_end.data["payload"]["ok"], status.data["status"]) == (False, "fail")


async def test_the_final_status_has_the_id_and_time_of_the_run_end(ana, driven, driver):
    async with ana.stream(driven) as stream:
        await stream.take(5)
        await driver.ends(driven)
        run_end, status, _ = await stream.rest()

    assert (status.id, status.data["at"]) == (run_end.id, run_end.data["at"])


async def test_ids_rise_and_are_the_seqs_of_the_log(ana, finished):
    told = [message for message in await ana.follow(finished) if message.event == "assist"]

    assert [message.id for message in told] == [message.data["seq"] for message in told] == [3, 4, 5, 6, 7]


async def test_step_events_name_their_step_and_others_none(ana, finished):
    told = [message.data.get("stepIndex") for message in await ana.follow(finished) if message.event == "assist"]

    assert told == [0, 0, 1, 1, None]


async def test_the_run_end_says_how_it_was(ana, finished):
    payload = (await ana.follow(finished))[-2].data["payload"]

    assert {"ok", "status", "durationMs", "totalSteps", "failedSteps", "cancelled"} <= payload.keys()
    assert (payload["totalSteps"], payload["failedSteps"], payload["cancelled"]) == (2, 0, False)
    assert not {"source", "staleAfterRestart"} & payload.keys()


async def test_a_cancelled_run_ends_its_stream_with_the_user_as_source(ana, queued):
    async with ana.stream(queued) as stream:
        await stream.next()
        await ana.cancel(queued)
        run_end, status, end = await stream.rest()

    assert (run_end.data["payload"]["cancelled"], run_end.data["payload"]["source"]) == (True, "user")
    assert (status.data["status"], end.event) == ("fail", "end")


async def test_a_replay_tells_the_times_of_then(ana, driven, driver):
    async with ana.stream(driven) as stream:
        await stream.take(5)
        await driver.ends(driven)
        live = await stream.rest()
    replayed = await ana.follow(driven)

    assert replayed[-2] == live[0]
    assert replayed[0].data["at"] == live[1].data["at"]


async def test_every_time_is_rfc_3339_with_milliseconds(ana, finished):
    times = [message.data["at"] for message in await ana.follow(finished)]

    assert all(len(at) == 24 and at.endswith("Z") and datetime.fromisoformat(at) for at in times)


async def test_a_reader_is_told_once_when_to_come_back(ana, finished):
    async with ana.stream(finished) as stream:
        text = await stream.response.text()

    assert text.startswith("retry: 1000\n\n")
    assert text.count("retry:") == 1


async def test_a_stream_is_an_event_stream_that_nobody_keeps(ana, finished):
    async with ana.stream(finished) as stream:
        headers = stream.response.headers

    assert (headers["Content-Type"], headers["Cache-Control"]) == ("text/event-stream", "no-cache")


async def test_a_run_that_is_followed_on_another_node_is_told_there(ana, queued, driver, serving, calling):
    other = await calling(await serving(), ana.headers["X-Api-Key"])
    async with other.stream(queued) as stream:
        await stream.next()
        await driver.takes(queued)
        await driver.does(queued, steps=1)
        await driver.ends(queued)

        assert types(await stream.rest()) == ["step_start", "step_success", "run_end", "status", "end"]


async def test_a_hundred_readers_who_leave_leave_nothing_behind(ana, queued, service):
    async def glance() -> None:
        async with ana.stream(queued) as stream:
            await stream.next()

    await asyncio.gather(*(glance() for _ in range(100)))
    async with asyncio.timeout(20):
        while service.parts.streams._readers or service.store.tail._followed:
            await asyncio.sleep(0.01)

    assert service.parts.streams.shares.of_user == {}


@pytest.mark.parametrize("method", ["HEAD", "POST"])
async def test_a_stream_can_only_be_read(ana, queued, method):
    assert (await ana.ask(method, f"/v1/runs/{queued}/events/stream")).status == 405


@pytest.mark.parametrize("path", ["x", "00000000-0000-4000-8000-000000000000"])
async def test_there_is_no_stream_of_an_unknown_run(ana, path):
    assert (await ana.get(f"/v1/runs/{path}/events/stream")).code == "not_found"


async def test_there_is_no_stream_of_someone_elses_run(bo, finished):
    assert (await bo.get(f"/v1/runs/{finished}/events/stream")).status == 404
