"""Several readers of one live run, to whom its events are passed on as they come."""

from __future__ import annotations

import asyncio
import re
from uuid import UUID

import msgspec
import pytest

from ghostly.http.streams import Streams
from tests.http.shared import *  # noqa: F403 -- the fixtures

pytestmark = pytest.mark.asyncio(loop_scope="module")

WAYS = [{}, {"types": "step_start"}, {"format": "ndjson"}, {"format": "ndjson", "types": "step_success,run_end"}]


async def all_asleep(service, run: str, count: int) -> None:
    """Wait until so many have all there is, and wait for more."""
    async with asyncio.timeout(20):
        while (followed := service.store.tail._followed.get(UUID(run))) is None or count != sum(
            one.sleeps for one in followed.followers
        ):
            await asyncio.sleep(0.01)


async def text(caller, run: str, **query: str) -> str:
    """All that a reader gets who asks like this."""
    async with caller.stream(run, **query) as stream:
        return await stream.response.text()


def types(told: str) -> list[str]:
    data = [line.removeprefix("data: ") for line in told.splitlines() if line.startswith(("data: ", "{"))]
    return [msgspec.json.decode(each).get("type", "-") for each in data]


async def test_each_reader_is_told_its_types_in_its_form(ana, driven, driver, service):
    reading = asyncio.gather(*[text(ana, driven, after="6", **way) for way in WAYS * 2])
    await all_asleep(service, driven, 8)
    await driver.does(driven, steps=2, first=2)
    await driver.ends(driven)
    told = await reading

    assert [types(each) for each in told[:4]] == [
        ["-", *["step_start", "step_success"] * 2, "run_end", "-", "-"],
        ["-", "step_start", "step_start", "-", "-"],
        ["-", *["step_start", "step_success"] * 2, "run_end", "-", "-"],
        ["-", "step_success", "step_success", "run_end", "-", "-"],
    ]
    assert [each.startswith("{") for each in told] == [False, False, True, True] * 2
    assert [types(each) for each in told[4:]] == [types(each) for each in told[:4]]


async def pinged(caller, run: str) -> None:
    """Read until two pings have come."""
    async with caller.stream(run) as stream, asyncio.timeout(20):
        for _ in range(2):
            while (await stream.next()).event != "ping":
                pass


async def test_readers_who_come_together_are_pinged_in_turns(ana, queued, serving, calling):
    streams = Streams(ping_every=3)
    there = await calling(await serving(streams=streams), ana.headers["X-Api-Key"])
    reading = asyncio.gather(*[pinged(there, queued) for _ in range(10)])
    async with asyncio.timeout(20):
        while streams.count < 10:
            await asyncio.sleep(0.01)
    turns = {reader.turn for reader in streams._readers}
    await reading

    assert len(turns) > 1


async def test_who_speaks_http_1_0_is_told_without_the_sizes_of_chunks(ana, driven, driver, service):
    stream, writer = await asyncio.open_connection(ana.url.host, ana.url.port)
    head = f"GET /v1/runs/{driven}/events/stream HTTP/1.0\r\nX-Api-Key: {ana.headers['X-Api-Key']}\r\n\r\n"
    writer.write(head.encode())
    await all_asleep(service, driven, 1)
    await driver.does(driven, steps=1, first=2)
    await driver.ends(driven)
    answer = (await stream.read()).decode()
    writer.close()

    _, _, body = answer.partition("\r\n\r\n")
    assert re.findall(r"^id: (\d+)\nevent: assist", body, re.MULTILINE) == ["3", "4", "5", "6", "7", "8", "9"]
    assert all(re.match(r"(id|event|data|retry): ", line) for line in body.splitlines() if line)
