from __future__ import annotations

import asyncio
import re
import socket

import pytest

from ghostly.domain.events import StepStarted
from ghostly.domain.run import say
from ghostly.http.stream import Streams
from tests.http.callers import STEP, passed, raw

NOTE = "x" * 64 * 1024  # a megabyte in sixteen steps: more than kernels keep
TELLING = {**STEP, "label": NOTE}


@pytest.fixture
def stuck_after() -> float:
    return 10


@pytest.fixture
async def service(serving, stuck_after):
    return await serving(streams=Streams(ping_every=0.1, stuck_after=stuck_after))


async def sip(connection: socket.socket, size: int = 1024, pause: float = 0.05) -> bytes:
    """Everything that comes, taken in sips; raises ``ConnectionResetError`` if it is cut."""
    taken = b""
    while not taken.endswith(b"0\r\n\r\n"):
        data = await asyncio.get_running_loop().sock_recv(connection, size)
        if not data:
            raise EOFError
        taken += data
        await asyncio.sleep(pause)
    return taken


async def until_it_opened(connection: socket.socket) -> None:
    """Wait for the opening status, and leave it where it is."""
    async with asyncio.timeout(30):
        while b"event: status" not in _lying(connection):
            await asyncio.sleep(0.01)


def _lying(connection: socket.socket) -> bytes:
    try:
        return connection.recv(4096, socket.MSG_PEEK)
    except BlockingIOError:
        return b""


def unchunked(answer: bytes) -> str:
    """The body without its chunks' sizes."""
    _, _, rest = answer.partition(b"\r\n\r\n")
    body = b""
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        body, rest = body + rest[: int(size, 16)], rest[int(size, 16) + 2 :]
    return body.decode()


def ids(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"id: (\d+)\nevent: assist", text)]


def kinds(text: str) -> list[str]:
    return [kind for kind in re.findall(r"event: (\w+)\n", text) if kind != "ping"]


async def test_a_reader_who_sips_gets_everything_up_to_the_end(ana, driven, driver, service):
    async with raw(ana, driven) as connection:
        await until_it_opened(connection)
        sipping = asyncio.create_task(sip(connection))
        await driver.does(driven, steps=50, first=2)
        await driver.ends(driven)
        text = unchunked(await asyncio.wait_for(sipping, 60))

    assert ids(text) == list(range(3, 108))
    assert kinds(text)[-3:] == ["assist", "status", "end"]


@pytest.mark.parametrize("stuck_after", [4.0])
async def test_a_reader_for_whom_the_server_has_to_wait_gets_everything_too(ana, driven, driver, service):
    async with raw(ana, driven) as connection:
        await until_it_opened(connection)
        sipping = asyncio.create_task(sip(connection, 2**14))  # slowly, with stalls that TCP alone decides
        for index in range(2, 8):
            await driver.says(driven, say(StepStarted, index=index, step=TELLING), passed(index))
        await driver.ends(driven)
        text = unchunked(await asyncio.wait_for(sipping, 60))

    assert ids(text) == list(range(3, 20))
    assert kinds(text)[-3:] == ["assist", "status", "end"]


@pytest.mark.parametrize("stuck_after", [0.5])
async def test_a_reader_who_takes_nothing_is_cut_and_can_resume(ana, driven, driver, service):
    async with raw(ana, driven) as connection:
        for index in range(2, 80):
            await driver.says(driven, say(StepStarted, index=index, step=TELLING), passed(index))
        await until_nobody_follows(service)
        with pytest.raises((ConnectionResetError, EOFError)):
            await asyncio.wait_for(sip(connection, 2**16, 0), 30)
    await driver.ends(driven)

    assert [m.id for m in await ana.follow(driven, last=6) if m.event == "assist"] == list(range(7, 164))


async def test_a_reader_who_takes_nothing_slows_nobody(ana, driven, driver, service):
    async with raw(ana, driven):
        following = asyncio.create_task(ana.follow(driven, last=6))
        for index in range(2, 80):
            await driver.says(driven, say(StepStarted, index=index, step=TELLING), passed(index))
        await driver.ends(driven)
        messages = await asyncio.wait_for(following, 60)

    assert [m.id for m in messages if m.event == "assist"] == list(range(7, 164))


async def test_a_reader_is_pinged_while_nothing_happens(ana, driven):
    async with ana.stream(driven) as stream, asyncio.timeout(20):
        pings: list[int] = []
        while len(pings) < 3:
            message = await stream.next()
            pings += [message.data] if message.event == "ping" else []

    assert pings[0] < pings[1] < pings[2]


async def test_who_takes_nothing_does_not_keep_the_pings_from_others(ana, driven, driver, service):
    async with raw(ana, driven), ana.stream(await ana.starts()) as quiet:
        for index in range(2, 40):
            await driver.says(driven, say(StepStarted, index=index, step=TELLING), passed(index))
        messages = await asyncio.wait_for(quiet.take(4), 9)

    assert [message.event for message in messages] == ["status", "ping", "ping", "ping"]


@pytest.mark.parametrize("form", ["sse", "ndjson"])
async def test_the_kernel_cuts_who_takes_nothing_of_the_last_bytes(ana, queued, serving, calling, form):
    service = await serving()
    caller = await calling(service, ana.headers["X-Api-Key"])
    async with caller.stream(queued, format=form):
        [reader] = service.parts.streams._readers
        connection = reader._request.transport.get_extra_info("socket")

    assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 60_000


async def until_nobody_follows(service) -> None:
    """Wait for the cut, which must come soon after its half second."""
    async with asyncio.timeout(30):
        while service.parts.streams._readers:
            await asyncio.sleep(0.05)
