"""A database that hangs and refuses nobody: every request is answered, and all goes on when it speaks again."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial

import aiohttp
import pytest
from silence import PATIENCE_S, answered, wire

from ghostly import node
from ghostly.http.app import serve
from ghostly.store import opened_store
from tests.http.callers import FLOW, Driver
from tests.http.conftest import EMAIL, KEY, PASSWORD, Service, enrol

A_RUN = "/v1/runs/01890000-0000-7000-8000-000000000000"
ASKED = [
    ("GET", "/v1/projects", None),
    ("GET", "/v1/runs", None),
    ("GET", A_RUN, None),
    ("GET", f"{A_RUN}/events/stream", None),
    ("POST", f"{A_RUN}/cancel", None),
    ("POST", "/v1/run", FLOW),
    ("POST", "/v1/projects", {"label": "Shop"}),
    ("POST", "/v1/auth/login", {"email": EMAIL, "password": PASSWORD}),
]


@pytest.fixture
async def way(dsn):
    async with wire(dsn) as way:
        yield way


@pytest.fixture
async def service(settings, way):
    """A node that waits for an answer no longer than half a second."""
    settings = replace(settings, database_url=way.dsn)
    async with AsyncExitStack() as stack:
        store = await answered(lambda: stack.enter_async_context(opened_store(settings, node.now, answer_s=0.5)))
        parts = node._parts(settings, store, node._people(settings, store))
        async with serve(parts, settings.host, settings.port) as url:
            yield Service(parts, url, store)
            way.speak()


@pytest.fixture
async def beside(settings, service):
    """The same for whoever has more time, and never finds the database silent."""
    async with node.store(settings) as store:
        yield replace(service, store=store)


@pytest.fixture
async def ana(service, beside, calling):
    return await calling(service, await enrol(beside, KEY, "admin", EMAIL, PASSWORD))


@pytest.fixture
async def driver(beside):
    driver = Driver(beside.store)
    await driver.lives()
    yield driver
    await driver.leaves()


@pytest.fixture
async def queued(ana):
    return (await in_time(ana.asks_for))["id"]


async def in_time(ask):
    """What is answered once the database answers in time: a busy machine may be late for half a second."""
    async with asyncio.timeout(PATIENCE_S):
        while is_late(said := (await ask()).json):
            pass
    return said


def is_late(said) -> bool:
    return said.get("code") == "database_unavailable" or said.get("missing") == ["database"]


@pytest.mark.parametrize(("method", "path", "body"), ASKED, ids=[f"{method} {path}" for method, path, _ in ASKED])
async def test_every_request_is_told_to_come_back(ana, way, method, path, body):
    way.fall_silent()
    async with asyncio.timeout(PATIENCE_S):
        answer = await ana.ask(method, path, json=body)

    assert (answer.status, answer.code, answer.headers["Retry-After"]) == (503, "database_unavailable", "2")


async def test_a_run_that_was_about_to_be_cancelled_is_not(ana, way, queued):
    reading = partial(ana.get, f"/v1/runs/{queued}")
    await in_time(reading)
    way.fall_silent()
    async with asyncio.timeout(PATIENCE_S):
        answer = await ana.post(f"/v1/runs/{queued}/cancel")
    way.speak()

    assert answer.status == 503
    assert (await in_time(reading))["phase"] == "queued"


async def test_a_node_whose_database_is_silent_says_so_and_says_when_it_is_not(ana, way):
    way.fall_silent()
    silent = await ana.get("/ready")
    way.speak()

    assert (silent.status, silent.json["missing"]) == (503, ["database"])
    assert (await in_time(partial(ana.get, "/ready")))["missing"] == ["worker"]


async def test_a_stream_goes_on_when_the_database_does(ana, way, queued, driver):
    async with AsyncExitStack() as stack:
        stream = await answered(lambda: stack.enter_async_context(ana.stream(queued)), aiohttp.ClientResponseError)
        await stream.next()
        way.fall_silent()
        await asyncio.sleep(2)
        way.speak()
        await driver.takes(queued)
        await driver.does(queued, steps=1)

        assert [(await stream.next()).data["type"] for _ in range(2)] == ["step_start", "step_success"]
