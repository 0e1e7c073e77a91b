from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from uuid import UUID

import pytest
from cryptography.fernet import Fernet

from ghostly import node
from ghostly.http.client import Client
from tests.node.processes import reached


@pytest.fixture
async def two(settings, tmp_path_factory):
    """Two nodes that share a database and nothing else but the keys; clients of both."""
    keys = {"jwt_secret": "x" * 32, "vault_key": Fernet.generate_key().decode()}
    first = replace(settings, **keys)
    second = replace(first, data_dir=tmp_path_factory.mktemp("second"))
    async with AsyncExitStack() as stack:
        nodes = [await stack.enter_async_context(node.up(each)) for each in (first, second)]
        key = nodes[0].credentials.api_key
        clients = [await stack.enter_async_context(Client(each.url, key)) for each in nodes]
        yield nodes, clients


FILL = {"action": "fill", "selector": "#who", "value": "me"}
WAITS = {"action": "waitForSelector", "selector": "#nowhere", "timeoutMs": 60_000}
LATE = {"action": "waitForSelector", "selector": "#late", "timeoutMs": 60_000}


async def ended(client, run: str) -> dict:
    async with asyncio.timeout(60):
        _ = [message async for message in client.follow(run)]
    return await client.record(run)


async def test_ten_runs_are_driven_once_each_by_two_nodes(two, shop):
    [here, _], clients = two
    ready = [await clients[0].start(shop.flow(LATE, path="/late")) for _ in range(2)]
    for run in ready:  # one each: neither has driven them all before the other's browser is there
        await reached(clients[0], run, 5)
    runs = [await clients[n % 2].start(shop.flow(FILL, path=f"/{n}")) for n in range(10)]
    shop.gate.set()
    records = await asyncio.gather(*(ended(clients[0], run) for run in runs))
    histories = [await here.store.log.read(UUID(run)) for run in [*ready, *runs]]
    drivers = [[event.actor for event in events if event.topic == "driver-assigned"] for events in histories]

    assert [record["status"] for record in records] == ["pass"] * 10
    assert [shop.visits[f"/{n}"] for n in range(10)] == [1] * 10
    assert [len(each) for each in drivers] == [1] * 12
    assert len({driver for [driver] in drivers}) == 2


async def test_a_run_is_followed_on_the_node_that_does_not_drive_it(two, shop):
    _, clients = two
    run = await clients[0].start(shop.flow(FILL))
    both = await asyncio.gather(*(told(client, run) for client in clients))

    assert both[0] == both[1] == ["step_start", "step_success"] * 2 + ["run_end"]


async def told(client, run: str) -> list[str]:
    async with asyncio.timeout(60):
        return [message.data["type"] async for message in client.follow(run) if message.kind == "assist"]


async def test_a_cancel_on_either_node_stops_the_run(two, shop):
    _, clients = two
    runs = [await clients[0].start(shop.flow(WAITS)) for _ in range(2)]
    for run in runs:
        await reached(clients[0], run, 5)
        await clients[1].cancel(run)

    assert [(await ended(clients[0], run))["stopReason"] for run in runs] == ["cancelled"] * 2
