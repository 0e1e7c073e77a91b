from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

import aiohttp
import psutil
import pytest

from ghostly import node
from ghostly.http.client import Client, ClientError
from ghostly.settings import Settings
from tests.node.processes import Up, alive, left, postgres, reached, told, until

GOTO = {"action": "goto", "url": "/"}
WAITS = {"action": "waitForSelector", "selector": "#nowhere", "timeoutMs": 60_000}
LATE = {"action": "waitForSelector", "selector": "#late", "timeoutMs": 60_000}
CLICK = {"action": "click", "selector": "button", "timeoutMs": 60_000}
STOPPED_WITHIN_S = 15


async def test_a_cancel_before_a_dead_workers_run_is_settled_answers_stale(make, shop):
    up = await make(settle_after_s=600).start()
    async with up.client() as client:
        run = await client.start(shop.flow(WAITS))
        await reached(client, run, 5)
        await up.kill()
        await up.start()
        answer = await client._ask("POST", f"/v1/runs/{run}/cancel")
        record = await client.record(run)

    assert (answer["status"], answer["stale"]) == ("cancelled", True)
    assert (record["phase"], record["cancelled"]["stale"]) == ("finished", True)


async def test_a_worker_that_was_frozen_writes_no_more_to_the_run_that_was_taken_from_it(make, shop):
    frozen = await make().start()
    observer = make()
    async with frozen.client() as client:
        run = await client.start(shop.flow(LATE, GOTO, GOTO, path="/late"))
        await reached(client, run, 5)
    await observer.start()
    frozen.freeze()
    shop.gate.set()  # its page goes on meanwhile: when it wakes up it has much to say
    async with observer.client() as client:
        *_, end = await told(client, run)
        settled = await client.record(run)
        busy = await client.start(shop.flow(WAITS))
        await reached(client, busy, 5)
        frozen.thaw()
        await told(client, await client.start(shop.flow()))  # which only the thawed one is free to drive
        later = await client.record(run)

    assert (end["payload"]["source"], end["payload"]["staleAfterRestart"]) == ("system", True)
    assert later == settled


async def asked_to_stop(up: Up, shop, how: signal.Signals) -> tuple[list[UUID], float]:
    """Stop it while it drives two runs that do not end; the runs, and how long it took."""
    async with up.client() as client:
        runs = [await client.start(shop.flow(WAITS)), await client.start(shop.flow(CLICK, path="/hanging"))]
        for run in runs:
            await reached(client, run, 5)
    family, began = up.family(), time.monotonic()

    code, took = await up.stop(how), time.monotonic() - began

    assert code == 0
    assert await left(family, up.directory) == set()
    return [UUID(run) for run in runs], took


async def test_ctrl_c_stops_it_in_time_and_leaves_nothing(make, shop):
    _, took = await asked_to_stop(await make(workers=2).start(), shop, signal.SIGINT)

    assert took < STOPPED_WITHIN_S


async def test_sigterm_stops_it_in_time_and_leaves_nothing_unsettled(make, shop):
    up = await make(workers=2).start()
    runs, took = await asked_to_stop(up, shop, signal.SIGTERM)
    async with node.store(Settings(data_dir=up.directory)) as store:
        endings = [(await store.log.read(run))[-1] for run in runs]

    assert took < STOPPED_WITHIN_S
    assert [ending.topic for ending in endings] == ["run-abandoned"] * 2
    assert "staleAfterRestart" not in "".join(ending.data for ending in endings)


def postmaster(up: Up) -> psutil.Process:
    number = (up.directory / "postgres" / "data" / "postmaster.pid").read_text().split()[0]
    return psutil.Process(int(number))


async def test_an_embedded_server_that_was_killed_is_started_anew_under_a_running_node(make, shop):
    up = await make().start()
    async with up.client() as client:
        run = await client.start(shop.flow(LATE, path="/late"))
        await reached(client, run, 5)
        hearing = asyncio.create_task(told(client, run))
        killed = postmaster(up)
        killed.kill()
        await until(lambda: not alive({killed}))
        await until(lambda: "was started anew" in up.output)
        shop.gate.set()
        heard = await hearing

    assert [message["seq"] for message in heard] == sorted({message["seq"] for message in heard})
    assert heard[-1]["payload"]["status"] == "pass"
    assert "had crashed, and was started anew" in up.output


async def test_while_the_embedded_server_is_gone_requests_are_told_to_come_back(make):
    up = await make().start()
    async with up.client() as client, aiohttp.ClientSession(client._url, headers=client._headers) as http:
        postmaster(up).kill()
        statuses = []
        while not statuses or statuses[-1] != 200:
            answer = await http.get("/v1/projects")
            statuses.append(answer.status)
            assert answer.status == 200 or answer.headers["Retry-After"]

    assert set(statuses) <= {200, 503}


@contextmanager
def frozen(directory: Path) -> Iterator[None]:
    """The PostgreSQL there does nothing meanwhile, and refuses nothing either."""
    stopped: set[psutil.Process] = set()
    try:
        while fresh := postgres(directory) - stopped:  # one that is not stopped yet may start another
            for process in fresh:
                with suppress(psutil.NoSuchProcess):  # those that clean up come and go
                    process.suspend()
            stopped |= fresh
        yield
    finally:
        for process in stopped:
            with suppress(psutil.NoSuchProcess):
                process.resume()


async def test_while_the_embedded_server_hangs_requests_are_told_to_come_back_and_runs_go_on(make, shop):
    up = await make().start()
    async with up.client() as client, aiohttp.ClientSession(client._url, headers=client._headers) as http:
        run = await client.start(shop.flow(LATE, GOTO, path="/late"))
        await reached(client, run, 5)
        with frozen(up.directory):
            shop.gate.set()
            async with asyncio.timeout(30):
                answers = [await http.get(path) for path in ("/v1/projects", "/ready", f"/v1/runs/{run}")]
        *_, end = await told(client, run)

    assert [(answer.status, answer.headers["Retry-After"]) for answer in answers] == [(503, "2")] * 3
    assert end["payload"]["status"] == "pass"


async def test_who_stops_while_the_embedded_server_hangs_leaves_one_that_stops_when_it_goes_on(make):
    up = await make().start()
    family = up.family()
    with frozen(up.directory):
        code = await up.stop()

    assert code == 0
    assert await left(family, up.directory) == set()


async def heard(client: Client, flow: dict) -> None:
    """Wait until it has heard that it shall stop: it takes no run any more."""
    with suppress(ClientError):
        while True:
            await client.start(flow)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_who_is_asked_twice_stops_at_once_and_leaves_nothing(make, shop, how):
    up = await make().start()
    async with up.client() as client:
        await reached(client, await client.start(shop.flow(WAITS)), 5)
        family = up.family()
        up.process.send_signal(how)
        await heard(client, shop.flow())  # two signals that wait to be heard are one
    asked = time.monotonic()
    code, took = await up.stop(how), time.monotonic() - asked

    assert (code, took < 5) == (0, True)
    assert await left(family, up.directory) == set()
    assert "Error" not in up.output


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_who_is_asked_to_stop_while_it_starts_leaves_nothing(make, how):
    up = make()
    up.launch()
    await until(lambda: postgres(up.directory))
    await up.stop(how)

    assert await left(set(), up.directory) == set()
