from __future__ import annotations

import asyncio
import random
from contextlib import suppress

import aiohttp
import pytest

WHOLE = [3, 4, 5, 6, 7]


def ids(messages) -> list[int]:
    return [message.id for message in messages if message.event == "assist"]


async def test_resuming_behind_any_event_gives_exactly_the_rest(ana, finished):
    resumed = [ids(await ana.follow(finished, last=seq)) for seq in range(8)]

    assert resumed == [[seq for seq in WHOLE if seq > last] for last in range(8)]


async def test_the_query_resumes_as_the_header_does(ana, finished):
    assert ids(await ana.follow(finished, after=5)) == [6, 7]


async def test_the_header_beats_the_query(ana, finished):
    assert ids(await ana.follow(finished, last=5, after=3)) == [6, 7]


async def test_an_empty_header_is_absent(ana, finished):
    assert ids(await ana.follow(finished, last="", after=5)) == [6, 7]


async def test_an_empty_query_is_absent(ana, finished):
    assert ids(await ana.follow(finished, after="")) == WHOLE


@pytest.mark.parametrize("last", ["8", "x", "-1", "1.0", "²", "3;4", "0x3", "9" * 5000])
async def test_what_is_not_the_id_of_an_event_is_refused(ana, finished, last):
    path = f"/v1/runs/{finished}/events/stream"
    by_header, by_query = await ana.get(path, {"Last-Event-ID": last}), await ana.get(path, after=last)

    assert (by_header.status, by_header.code, by_query.status) == (400, "validation_error", 400)
    assert (by_header.places, by_query.places) == (["Last-Event-ID"], ["after"])


async def test_a_reader_who_had_all_but_the_end_gets_status_and_end(ana, finished):
    assert [message.type for message in await ana.follow(finished, last=7)] == ["status", "end"]


async def test_a_reader_who_had_everything_so_far_waits_for_the_rest(ana, driven, driver):
    async with ana.stream(driven, last=6) as stream:
        await stream.next()
        await driver.ends(driven)

        assert [message.type for message in await stream.rest()] == ["run_end", "status", "end"]


async def test_a_run_can_be_resumed_on_another_node(ana, finished, serving, calling):
    other = await calling(await serving(), ana.headers["X-Api-Key"])

    assert ids(await other.follow(finished, last=4)) == [5, 6, 7]


async def comes_and_goes(caller, run: str, chance: random.Random):
    """A reader who joins and leaves as it likes until it has the end: all that it saw."""
    seen, last = [], None
    while not seen or seen[-1].event != "end":
        await asyncio.sleep(chance.uniform(0, 0.3))
        stays = chance.randint(1, 60)
        with suppress(aiohttp.ClientResponseError):  # it is told to come back where the machine is busy
            async with caller.stream(run, last) as stream:
                async for message in stream:
                    seen.append(message)
                    last = message.id or last
                    stays -= 1
                    if stays == 0:
                        break
    return seen


async def test_whoever_comes_and_goes_while_a_run_writes_misses_and_repeats_nothing(ana, queued, driver):
    readers = [asyncio.create_task(comes_and_goes(ana, queued, random.Random(seed))) for seed in range(30)]
    await driver.takes(queued)
    for first in range(0, 150, 3):
        await driver.does(queued, steps=3, first=first)
        await asyncio.sleep(0.02)
    await driver.ends(queued)

    for seen in await asyncio.wait_for(asyncio.gather(*readers), 60):
        assert ids(seen) == list(range(3, 304))
        assert [message.data["status"] for message in seen if message.event == "status"][-1] == "pass"
