from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from aiohttp import web
from ports import lasting_port

from ghostly.http.client import Client, ClientError, is_up
from tests.http.callers import STEP, passed, raw
from tests.http.conftest import KEY, served


class Stoppable:
    """A second node on the test's database, up until the test stops it."""

    def __init__(self, settings) -> None:
        self.settings = settings
        self._stack = AsyncExitStack()

    async def start(self) -> None:
        self.service = await self._stack.enter_async_context(served(self.settings))

    async def stop(self) -> None:
        await self._stack.aclose()


@pytest.fixture
async def second(settings):
    node = Stoppable(replace(settings, port=lasting_port()))  # it comes back where it was
    await node.start()
    yield node
    await node.stop()


@pytest.fixture
async def there(second, calling, ana):
    return await calling(second.service, KEY)


async def test_a_stream_ends_cleanly_when_its_server_stops(there, second, driven):
    async with there.stream(driven) as stream:
        await stream.take(5)
        stopping = asyncio.create_task(second.stop())

        assert await stream.rest() == []
        assert stream.response.content.exception() is None
    await stopping


async def test_the_last_bytes_of_a_stopped_stream_are_the_end_of_its_response(second, ana, driven):
    host, port = second.service.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"GET /v1/runs/{driven}/events/stream HTTP/1.1\r\nHost: x\r\nX-Api-Key: {KEY}\r\n\r\n".encode())
    await reader.readuntil(b"id: 6\n")
    await second.stop()
    last = await reader.read()
    writer.close()

    assert last.endswith(b"\r\n0\r\n\r\n")


async def test_who_was_told_to_come_back_resumes_elsewhere(ana, there, second, driven, driver):
    async with there.stream(driven) as stream:
        seen = await stream.take(4)
        await second.stop()
    await driver.ends(driven)
    rest = await ana.follow(driven, last=seen[-1].id)

    assert [message.id for message in rest if message.event == "assist"] == [6, 7]


async def test_a_reader_who_takes_nothing_does_not_hold_up_the_stop(there, second, driven, driver):
    async with raw(there, driven):
        for index in range(2, 12):
            await driver.says(driven, passed(index, note="x" * 2**17))

        async with asyncio.timeout(15):
            await second.stop()
        assert not await is_up(second.service.url)


async def test_a_client_of_ours_follows_across_a_restart(there, second, driven, driver):
    async with Client(second.service.url, KEY) as client:
        following = asyncio.create_task(collected(client.follow(driven)))
        await second.stop()
        await driver.does(driven, steps=1, first=2)
        await second.start()
        await driver.ends(driven)

        assert seqs(await asyncio.wait_for(following, 60)) == [3, 4, 5, 6, 7, 8, 9]


async def test_a_client_of_ours_reads_events_of_any_size(ana, service, driven, driver):
    await driver.says(driven, passed(2, note="é" * 120_000))
    await driver.ends(driven)
    async with Client(service.url, KEY) as client:
        assert seqs(await collected(client.follow(driven))) == [3, 4, 5, 6, 7, 8]


async def test_a_client_of_ours_starts_reads_and_cancels(ana, service):
    async with Client(service.url, KEY) as client:
        run = await client.start({"project": "default", "baseUrl": service.url, "steps": [STEP]})
        await client.cancel(run)

        assert (await client.record(run))["stopReason"] == "cancelled"


async def test_a_client_of_ours_says_what_the_server_said(ana, service):
    async with Client(service.url, KEY) as client:
        with pytest.raises(ClientError, match="no such run"):
            await client.record("unknown")


async def test_a_client_of_ours_says_that_nobody_answers(there, second):
    await second.stop()
    async with Client(second.service.url, KEY) as client:
        with pytest.raises(ClientError, match="does not answer"):
            await client.record("unknown")


async def test_only_a_ghostly_that_answers_is_up(service, second):
    await second.stop()

    assert [await is_up(service.url), await is_up(second.service.url)] == [True, False]


async def collected(messages) -> list:
    return [message async for message in messages]


def seqs(messages) -> list[int]:
    return [message.data["seq"] for message in messages if message.kind == "assist"]


async def test_who_is_busy_is_up_all_the_same(aiohttp_server):
    async def late(_: web.Request) -> web.Response:
        await asyncio.sleep(3)
        return web.json_response({"status": "ok"})

    app = web.Application()
    app.add_routes([web.get("/health", late)])

    assert await is_up(str((await aiohttp_server(app)).make_url("")))
