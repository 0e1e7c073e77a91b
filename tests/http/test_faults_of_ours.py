"""What of a database's complaints is the client's fault, and what is ours."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from ghostly.http.problems import problems


@pytest.fixture
async def asking(pool, aiohttp_client):
    """Answers the status and code of a request that asks the database this."""

    async def asked(query: str, value: object) -> tuple[int, str]:
        async def handler(_: web.Request) -> web.Response:
            return web.json_response(await pool.fetchval(query, value))

        app = web.Application(middlewares=[problems])
        app.add_routes([web.get("/", handler)])
        async with (await aiohttp_client(app)).get("/") as response:
            return response.status, (await response.json())["code"]

    return asked


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
async def test_a_text_that_is_none_is_the_clients_fault(asking, text):
    assert await asking("select $1::text", text) == (400, "validation_error")


@pytest.mark.parametrize(("query", "value"), [("select $1::int", "x"), ("select 1 / $1::int", 0)])
async def test_all_else_that_the_database_cannot_take_is_ours(asking, query, value):
    assert await asking(query, value) == (500, "internal_error")


async def test_what_breaks_in_the_middle_of_an_answer_ends_it_without_another(aiohttp_client):
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"half")
        raise ValueError("broken")

    app = web.Application(middlewares=[problems])
    app.add_routes([web.get("/", handler)])
    client = await aiohttp_client(app)
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    answer = await asyncio.wait_for(reader.read(), 20)
    writer.close()

    assert (answer.count(b"HTTP/1.1"), answer[-6:]) == (1, b"half\r\n")
