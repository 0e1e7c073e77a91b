from __future__ import annotations

import asyncio

import msgspec
import pytest

from ghostly.http.streams import Streams
from tests.http.shared import *  # noqa: F403 -- the fixtures

pytestmark = pytest.mark.asyncio(loop_scope="module")

NDJSON = {"Accept": "application/x-ndjson"}


def path(run: str) -> str:
    return f"/v1/runs/{run}/events/stream"


async def lines(caller, run: str, headers=None, **query) -> list[dict]:
    answer = await caller.get(path(run), headers, **query)
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    return [msgspec.json.decode(line) for line in answer.text.splitlines()]


def kinds(messages) -> list[str]:
    return [message.get("type", message["kind"]) for message in messages]


async def test_types_leave_out_all_other_events(ana, finished):
    messages = await ana.follow(finished, types="step_success,run_end")

    assert [message.type for message in messages] == ["status", "step_success", "step_success", "run_end", "end"]


async def test_types_without_the_ending_still_end(ana, driven, driver):
    async with ana.stream(driven, types="step_start") as stream:
        await stream.take(3)
        await driver.ends(driven)
        last = await stream.rest()

    assert [(message.event, message.id) for message in last] == [("status", 7), ("end", None)]


async def test_types_may_be_of_events_that_never_come(ana, finished):
    assert [message.type for message in await ana.follow(finished, types="recon")] == ["status", "end"]


async def test_types_and_after_go_together(ana, finished):
    messages = await ana.follow(finished, types="step_success", after=4)

    assert [message.id for message in messages] == [None, 6, None]


async def test_empty_types_are_absent(ana, finished):
    assert len(await ana.follow(finished, types="", format="")) == 7


@pytest.mark.parametrize("types", ["dance", "step_start,dance", "step_start,", "assist", "run-passed", "\0"])
async def test_an_unknown_type_is_refused(ana, finished, types):
    assert (await ana.get(path(finished), types=types)).places == ["types"]


@pytest.mark.parametrize("form", ["json", "NDJSON"])
async def test_an_unknown_form_is_refused(ana, finished, form):
    assert (await ana.get(path(finished), format=form)).places == ["format"]


async def test_lines_say_what_messages_say(ana, finished):
    told = [message.data for message in await ana.follow(finished)]
    written = await lines(ana, finished, format="ndjson")

    assert written[:-1] == told[:-1]
    assert kinds(written) == ["status", *["step_start", "step_success"] * 2, "run_end", "end"]


async def test_lines_can_be_asked_for_by_header(ana, finished):
    assert kinds(await lines(ana, finished, NDJSON))[-1] == "end"


async def test_the_query_beats_the_header(ana, finished):
    answer = await ana.get(path(finished), NDJSON, format="sse")

    assert answer.headers["Content-Type"] == "text/event-stream"


async def test_lines_come_as_they_happen(ana, driven, driver):
    async with ana.http.get(path(driven), headers=ana.headers | NDJSON) as response:
        opening = [msgspec.json.decode(await response.content.readline()) for _ in range(5)]
        await driver.ends(driven)
        rest = [msgspec.json.decode(line) async for line in response.content]

    assert kinds(opening) == ["status", *["step_start", "step_success"] * 2]
    assert kinds(rest) == ["run_end", "status", "end"]


async def test_a_ping_is_a_line_too(ana, driven, serving, calling):
    there = await calling(await serving(streams=Streams(ping_every=0.1)), ana.headers["X-Api-Key"])
    async with there.http.get(path(driven), headers=ana.headers | NDJSON) as response, asyncio.timeout(20):
        ping: dict = {}
        while ping.get("kind") != "ping":
            ping = msgspec.json.decode(await response.content.readline())

    assert (sorted(ping), ping["kind"], ping["at"][-1]) == (["at", "kind"], "ping", "Z")


async def test_lines_can_be_filtered_and_resumed(ana, finished):
    assert kinds(await lines(ana, finished, types="run_end", format="ndjson", after=3)) == [
        "status",
        "run_end",
        "end",
    ]


async def test_a_stream_varies_by_what_was_accepted(ana, finished):
    assert [(await ana.get(path(finished), each)).headers["Vary"] for each in ({}, NDJSON)] == ["Accept"] * 2
