from __future__ import annotations

import asyncio
import stat
from uuid import UUID

import aiohttp
import psutil
import pytest

from ghostly import node
from ghostly.http.client import Client
from tests.node.processes import left, reached

WAITS = {"action": "waitForSelector", "selector": "#nowhere", "timeoutMs": 60_000}


async def ended(client, run: str) -> dict:
    async with asyncio.timeout(60):
        _ = [message async for message in client.follow(run)]
    return await client.record(run)


async def test_the_first_start_tells_an_admin_and_the_next_nobody(settings):
    async with node.up(settings) as first:
        credentials = first.credentials
    async with node.up(settings) as second:
        assert credentials.password
        assert second.credentials is None


async def test_the_admins_key_lies_in_the_data_directory_for_its_owner_only(settings, tmp_path):
    async with node.up(settings) as up:
        file = settings.key_file

        assert file.read_text() == up.credentials.api_key
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_a_login_outlives_a_restart(settings):
    async with node.up(settings) as up, aiohttp.ClientSession(up.url) as http:
        who = {"email": up.credentials.email, "password": up.credentials.password}
        token = (await (await http.post("/v1/auth/login", json=who)).json())["token"]
    async with node.up(settings) as up, aiohttp.ClientSession(up.url) as http:
        answer = await http.get("/v1/auth/me", headers={"Authorization": f"Bearer {token}"})

        assert answer.status == 200


@pytest.mark.parametrize("name", ["jwt.secret", "vault.key"])
async def test_keys_are_for_their_owner_only(settings, tmp_path, name):
    async with node.up(settings):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


async def test_runs_that_wait_outlive_a_restart_and_are_driven_later(settings, shop):
    async with node.up(settings) as up, Client(up.url, up.credentials.api_key) as client:
        key = up.credentials.api_key
        busy = await client.start(shop.flow(WAITS))
        queued = [await client.start(shop.flow()) for _ in range(3)]
        await reached(client, busy, 5)
        await client.cancel(busy)
        await ended(client, busy)
        early = [(await client.record(run))["phase"] for run in queued]
    async with node.up(settings) as up, Client(up.url, key) as client:
        records = [await ended(client, run) for run in queued]

    assert "queued" in early
    assert [record["status"] for record in records] == ["pass"] * 3


async def test_a_run_that_is_under_way_is_finished_before_the_node_stops(settings, shop):
    seen = {"action": "waitForSelector", "selector": "text=here"}
    async with node.up(settings) as up, Client(up.url, up.credentials.api_key) as client:
        run = await client.start(shop.flow(*[seen] * 20))
        await reached(client, run, 3)
    async with node.store(settings) as store:
        assert (await store.log.read(UUID(run)))[-1].topic == "run-passed"


@pytest.mark.parametrize("lived_s", [0, 0.3, 1])
async def test_a_node_leaves_no_process_however_short_it_lived(settings, lived_s):
    before = set(psutil.Process().children(recursive=True))
    async with node.up(settings):
        await asyncio.sleep(lived_s)
    after = set(psutil.Process().children(recursive=True))

    assert await left(after - before, settings.data_dir) == set()
