from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from ghostly import node
from ghostly.http.client import Client

STRANGE = {
    "a step of a newer version": {"baseUrl": "http://127.0.0.1:9", "steps": [{"action": "dance"}]},
    "no step": {"baseUrl": "http://127.0.0.1:9", "steps": []},
    "an input that nobody kept": {
        "baseUrl": "http://127.0.0.1:9",
        "steps": [{"action": "fill", "selector": "#a", "value": "$input:0"}],
    },
}


async def ended(client, run: str) -> dict:
    async with asyncio.timeout(60):
        _ = [message async for message in client.follow(run)]
    return await client.record(run)


@pytest.mark.parametrize("flow", STRANGE)
async def test_a_worker_goes_on_behind_a_run_that_it_cannot_drive(settings, shop, flow):
    async with node.up(settings) as up, Client(up.url, up.credentials.api_key) as client:
        owner = await up.store.pool.fetchval("select id from users")
        strange = up.store.runs.new_id()
        await up.store.runs.start(strange, owner=owner, project=uuid4(), flow=STRANGE[flow], request={})
        records = [await ended(client, str(strange)), await ended(client, await client.start(shop.flow()))]

    assert [record["finished"] for record in records] == [True, True]
    assert records[1]["status"] == "pass"
