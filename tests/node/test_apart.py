"""The API and its workers as processes of their own, on one database."""

from __future__ import annotations

import asyncio
import signal

import pytest

from tests.node.processes import left, reached, told, until

WAITS = {"action": "waitForSelector", "selector": "#nowhere", "timeoutMs": 60_000}
# The shop of the tests is at a loopback address, which guarded workers may not reach.
SHOP = {"egress_allow": "127.0.0.1/32"}


@pytest.fixture
def make(make):
    """The same, with workers that may reach the shop."""
    return lambda command, **settings: make(command, **(SHOP | settings))


async def test_a_run_that_is_begun_at_the_api_is_driven_by_the_worker(make, shop):
    api, worker = await make("serve").start(), await make("worker").start()
    async with api.client() as client:
        *_, end = await told(client, await client.start(shop.flow()))

    assert end["payload"]["status"] == "pass"
    assert worker.browsers()
    assert api.browsers() == set()


async def test_the_runs_of_a_killed_worker_are_settled_and_the_next_worker_goes_on(make, shop):
    api, worker = await make("serve").start(), await make("worker").start()
    async with api.client() as client:
        lost = await client.start(shop.flow(WAITS))
        await reached(client, lost, 5)
        await worker.kill()
        *_, end = await told(client, lost)
        await make("worker").start()
        *_, next_end = await told(client, await client.start(shop.flow()))

    assert end["payload"]["staleAfterRestart"] is True
    assert next_end["payload"]["status"] == "pass"


async def test_two_workers_share_the_runs(make, shop):
    api, one, two = make("serve"), make("worker"), make("worker")
    for each in (api, one, two):
        await each.start()
    async with api.client() as client:
        runs = [await client.start(shop.flow(WAITS)) for _ in range(2)]
        await asyncio.gather(*(reached(client, run, 5) for run in runs))

    assert one.browsers()
    assert two.browsers()


async def test_a_run_with_a_label_waits_for_a_worker_that_has_it(make, shop):
    api = await make("serve").start()
    await make("worker").start()
    async with api.client() as client:
        labelled = await client.start(shop.flow() | {"labels": ["gpu"]})
        await told(client, await client.start(shop.flow()))  # the worker is free, and takes what comes later
        phase = (await client.record(labelled))["phase"]
        await make("worker", labels="eu,gpu").start()
        *_, end = await told(client, labelled)

    assert (phase, end["payload"]["status"]) == ("queued", "pass")


@pytest.mark.parametrize("command", ["serve", "worker"])
async def test_each_stops_in_time_and_leaves_nothing(make, command):
    up = await make(command).start()
    family = up.family()

    assert await up.stop(signal.SIGTERM) == 0
    assert await left(family, up.directory) == set()


async def test_the_api_tells_the_first_admins_password(make):
    api = await make("serve").start()
    await until(lambda: "shown once" in api.output)

    assert "password  " in api.output


async def test_a_worker_makes_no_admin(make):
    worker = await make("worker").start()

    assert "password" not in worker.output
    assert not (worker.directory / "admin.key").exists()


async def test_a_worker_that_makes_a_vault_key_for_a_given_database_says_what_to_give(make, dsn):
    worker = await make("worker", database_url=dsn).start()
    await until(lambda: "give both the same GHOSTLY_VAULT_KEY" in worker.output)

    assert (worker.directory / "vault.key").exists()


async def test_a_worker_of_its_own_guards_what_runs_reach(make, shop):
    api, _ = await make("serve").start(), await make("worker", egress_allow="").start()
    async with api.client() as client:
        *_, end = await told(client, await client.start(shop.flow()))

    assert "egress refuses" in end["payload"]["error"]
