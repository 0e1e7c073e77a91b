from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from ghostly.http.context import Limits
from ghostly.http.streams import Streams
from tests.http.callers import FLOW


@pytest.fixture
async def service(serving):
    return await serving(limits=Limits(queued=3), streams=Streams(most=2))


async def test_a_user_has_so_many_runs_in_the_queue(ana):
    answers = [await ana.asks_for() for _ in range(4)]

    assert [answer.status for answer in answers] == [202, 202, 202, 429]
    assert (answers[3].code, answers[3].headers["Retry-After"]) == ("rate_limited", "5")


async def test_what_is_driven_or_over_is_in_the_queue_no_more(ana, driver):
    for run in [await ana.starts() for _ in range(3)]:
        await driver.takes(run)

    assert (await ana.asks_for()).status == 202


async def test_the_queue_of_one_hinders_no_other(ana, bo):
    for _ in range(4):
        await ana.asks_for()

    assert (await bo.asks_for()).status == 202


async def test_a_full_queue_uses_no_key_up_and_hides_no_replay(ana, driver):
    key = {"Idempotency-Key": "k"}
    first = (await ana.post("/v1/run", FLOW, key)).json["id"]
    runs = [await ana.starts() for _ in range(2)]

    assert (await ana.post("/v1/run", FLOW, key)).json["id"] == first
    assert (await ana.post("/v1/run", FLOW, {"Idempotency-Key": "other"})).status == 429
    await driver.takes(runs[0])
    assert (await ana.post("/v1/run", FLOW, {"Idempotency-Key": "other"})).status == 202


async def test_what_is_wrong_is_said_before_what_is_full(ana):
    for _ in range(3):
        await ana.asks_for()

    assert (await ana.asks_for(baseUrl="nowhere")).status == 400


async def test_a_user_has_so_many_streams_open(ana, bo, queued):
    path = f"/v1/runs/{queued}/events/stream"
    async with AsyncExitStack() as stack:
        for _ in range(2):
            await (await stack.enter_async_context(ana.stream(queued))).next()
        answer = await ana.get(path)

        assert (answer.status, answer.code, answer.headers["Retry-After"]) == (429, "rate_limited", "10")
        async with bo.stream(await bo.starts()) as another:
            assert (await another.next()).event == "status"


async def test_a_request_that_waits_counts_as_a_stream(ana, bo, queued):
    async with AsyncExitStack() as stack:
        for _ in range(2):
            await (await stack.enter_async_context(ana.stream(queued))).next()
        answer = await ana.get(f"/v1/runs/{queued}", wait=1)

        assert (answer.status, answer.code, answer.headers["Retry-After"]) == (429, "rate_limited", "10")
        assert (await ana.get(f"/v1/runs/{queued}")).status == 200
        assert (await bo.get(f"/v1/runs/{await bo.starts()}", wait=1)).status == 200


async def test_as_many_requests_may_wait_as_streams_may_be_open(ana, queued):
    answers = await asyncio.gather(*(ana.get(f"/v1/runs/{queued}", wait=1) for _ in range(3)))

    assert sorted(answer.status for answer in answers) == [200, 200, 429]
    assert (await ana.get(f"/v1/runs/{queued}", wait=1)).status == 200


async def test_who_waits_and_goes_counts_no_more(ana, queued, service):
    waiting = asyncio.create_task(ana.get(f"/v1/runs/{queued}", wait=60))
    async with asyncio.timeout(20):
        while not service.parts.streams.shares.of_user:
            await asyncio.sleep(0.01)
        waiting.cancel()
        while service.parts.streams.shares.of_user:
            await asyncio.sleep(0.01)

    assert waiting.cancelled()


async def test_what_has_finished_needs_no_waiting(ana, finished):
    async with AsyncExitStack() as stack:
        for run in [await ana.starts(), await ana.starts()]:
            await (await stack.enter_async_context(ana.stream(run))).next()

        assert (await ana.get(f"/v1/runs/{finished}", wait=1)).status == 200


async def test_a_stream_that_was_left_counts_no_more(ana, queued, service):
    for _ in range(5):
        async with ana.stream(queued) as stream:
            await stream.next()
        async with asyncio.timeout(20):
            while service.parts.streams.count:
                await asyncio.sleep(0.01)

    assert service.parts.streams.shares.of_user == {}


async def test_a_node_that_stops_takes_no_new_run(ana, service):
    service.parts.stopping.set()
    answer = await ana.asks_for()

    assert (answer.status, answer.code, answer.headers["Retry-After"]) == (503, "shutting_down", "2")
    assert (await ana.get("/v1/runs")).json == []
