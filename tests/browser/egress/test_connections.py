"""What the proxy holds, for how long, and what is left of it."""

from __future__ import annotations

import asyncio
import socket
import struct

import pytest

from tests.browser.egress.conftest import OK, TUNNEL, echo, served

MUCH = 200 * 1024 * 1024


async def test_who_says_nothing_holds_up_nobody(way):
    way = await way()
    reader, writer = await way.open(b"")
    await asyncio.sleep(0.05)

    await way.listener.close()

    assert await reader.read() == b""
    writer.close()


async def test_there_are_not_more_connections_than_a_browser_needs(way):
    way = await way()
    opened = [await way.open(b"") for _ in range(256)]
    await asyncio.sleep(0.05)

    assert await way.ask(b"") == b""
    for _, writer in opened:
        writer.close()
    assert await way.is_quiet()


async def test_nothing_is_left_when_the_browser_goes(way):
    way = await way()
    async with served(echo) as server:
        reader, writer = await way.open(f"CONNECT 127.0.0.1:{server.port} HTTP/1.1\r\n\r\n".encode())
        await reader.readexactly(len(TUNNEL))
        writer.transport.abort()

        assert await way.is_quiet()


async def test_nothing_is_left_when_the_server_goes(way):
    async def leave(reader, writer):
        writer.transport.abort()

    way = await way()
    async with served(leave) as server:
        assert (await way.connect(f"127.0.0.1:{server.port}")).removeprefix(TUNNEL) == b""
        assert await way.is_quiet()


async def test_a_second_request_on_a_connection_reaches_nobody(way):
    async with served() as server:
        one = f"POST http://127.0.0.1:{server.port}/ HTTP/1.1\r\nContent-Length: 2\r\n\r\nab".encode()
        await (await way()).ask(one + b"GET http://other.test/ HTTP/1.1\r\n\r\n")

        assert server.visits == 1
        assert b"other.test" not in server.heads[0]


async def test_an_answer_that_comes_before_the_request_is_sent_is_the_answer(way):
    async def impatient(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()

    async with served(impatient) as server:
        said = f"POST http://127.0.0.1:{server.port}/ HTTP/1.1\r\nContent-Length: 9000000\r\n\r\n".encode()
        reader, writer = await (await way()).open(said + b"a" * 10_000)
        assert (await reader.readline()) == b"HTTP/1.1 413 Too Large\r\n"
        writer.close()


async def test_what_is_said_before_the_answer_is_passed_on_as_well(way):
    async def hinting(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK)

    async with served(hinting) as server:
        answer = await (await way()).get(f"127.0.0.1:{server.port}")

    assert answer.startswith(b"HTTP/1.1 103 Early Hints\r\n")
    assert b"HTTP/1.1 200 OK\r\n" in answer


async def test_a_server_that_keeps_its_connection_open_does_not_keep_the_browsers(way):
    async def keeping(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(OK.replace(b"\r\n", b"\r\nConnection: keep-alive\r\nKeep-Alive: timeout=9\r\n", 1))
        await reader.read()

    way = await way()
    async with served(keeping) as server:
        reader, writer = await way.open(f"GET http://127.0.0.1:{server.port}/ HTTP/1.1\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        writer.close()
        assert b"keep-alive" not in head.lower()
        assert b"Connection: close" in head
        assert await way.is_quiet()


async def test_half_an_answer_does_not_look_like_a_whole_one(way):
    async def breaking(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nhalf")
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    async with served(breaking) as server:
        with pytest.raises(ConnectionResetError):
            await (await way()).get(f"127.0.0.1:{server.port}")


async def test_who_reads_slowly_makes_the_server_wait(way):
    sent = 0

    async def generous(reader, writer):
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while sent < MUCH:
            writer.write(bytes(1024 * 1024))
            await writer.drain()
            sent += 1024 * 1024

    async with served(generous) as server:
        reader, writer = await (await way()).open(f"GET http://127.0.0.1:{server.port}/ HTTP/1.1\r\n\r\n".encode())
        await asyncio.sleep(0.5)
        waited_at = sent
        got = 0
        while data := await reader.read(1024 * 1024):
            got += len(data)
        writer.close()

    assert waited_at < MUCH / 4  # the system's own buffers
    assert got > MUCH
