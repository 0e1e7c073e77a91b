"""What a page can do, and what then becomes of the run, of the next one, and of the machine."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psutil
import pytest
import pytest_asyncio

from ghostly import node
from ghostly.http.client import Client
from ghostly.settings import Settings
from tests.conftest import database
from tests.flows.hazard_site import HazardSite, hazard_site
from tests.flows.hazards import HANGING, HAZARDS, Hazard, goto, see

pytestmark = pytest.mark.asyncio(loop_scope="module")

PROMISED_S = 5
PATIENCE_S = 30
AFTERWARDS_S = 10  # what a step may take beyond its time: a look at the page, downloads, a picture
FINE = [goto("/fine"), see("fine")]
KINDS = re.compile(r"--type=(\w+)|(ghostly-owner)|(run-driver)|(ffmpeg)")
WAITING = {"project": "default", "defaultTimeoutMs": 60_000}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pages() -> AsyncIterator[HazardSite]:
    async with hazard_site() as pages:
        yield pages


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(server: str, template: str, tmp_path_factory) -> AsyncIterator[Client]:
    """Asks a node with one slot, so that the next run is always on the same."""
    async with database(server, template) as dsn:
        settings = Settings(database_url=dsn, data_dir=tmp_path_factory.mktemp("data"), port=0, workers=1)
        async with node.up(settings) as up, Client(up.url, up.credentials.api_key) as client:
            yield client


async def ended(client: Client, run: str) -> Any:
    async with asyncio.timeout(60):
        _ = [message async for message in client.follow(run)]
    return await client.record(run)


async def run_through(client: Client, body: dict[str, Any]) -> Any:
    return await ended(client, await client.start(body))


async def next_run(client: Client, pages: HazardSite) -> Any:
    return await run_through(client, {"project": "default", "baseUrl": pages.url, "steps": FINE})


def kind(process: psutil.Process) -> str | None:
    with suppress(psutil.Error):
        if found := KINDS.search(" ".join(process.cmdline())):
            return next(filter(None, found.groups()))
    return None


def ours() -> dict[psutil.Process, str]:
    """The driver, the browsers and whatever they started."""
    kinds = {process: kind(process) for process in psutil.Process().children(recursive=True)}
    return {process: found for process, found in kinds.items() if found}


async def until(holds: Callable[[], Any], within: float) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            while not holds():
                await asyncio.sleep(0.05)
            return True
    return False


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def at_rest(client: Client, pages: HazardSite) -> Counter[str]:
    """How many processes of each kind there are while nothing runs."""
    await next_run(client, pages)
    await asyncio.sleep(1)
    return Counter(ours().values())


class Matching(str):
    """Equals every text in which this pattern is found."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, text: object) -> bool:
        return re.search(self, str(text)) is not None


@dataclass(frozen=True)
class Aftermath:
    """What was found after a run on a hazard: its record, the next run's, and the processes too many."""

    hazard: Hazard
    record: Any
    following: Any
    left: Counter[str]

    @property
    def said(self) -> str:
        return "; ".join(step[key] for step in self.record["steps"] for key in ("note", "error") if key in step)


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=HAZARDS)
async def aftermath(request, client: Client, pages: HazardSite, at_rest: Counter[str]) -> Aftermath:
    hazard = HAZARDS[request.param]
    record = await run_through(client, hazard.body(pages.url))
    following = await next_run(client, pages)
    rest = await until(lambda: not Counter(ours().values()) - at_rest, PATIENCE_S)
    return Aftermath(hazard, record, following, Counter() if rest else Counter(ours().values()) - at_rest)


async def test_a_run_on_a_hazard_comes_to_a_truthful_result(aftermath):
    assert (aftermath.record["status"], aftermath.said) == (
        aftermath.hazard.ends,
        Matching(aftermath.hazard.says),
    )


async def test_no_step_takes_much_longer_than_it_may(aftermath):
    limit = aftermath.hazard.limit + 1000 * AFTERWARDS_S

    assert all(step["durationMs"] < limit for step in aftermath.record["steps"])


async def test_the_next_run_knows_nothing_of_a_hazard(aftermath):
    assert aftermath.following["status"] == "pass", aftermath.following["steps"][-1]


async def test_no_process_of_a_hazard_is_left(aftermath):
    assert not aftermath.left


async def under_way(client: Client, run: str, seq: int = 3) -> None:
    """Wait until a step has begun, the first or a later one, and a little more: the page shall do its worst."""
    async with asyncio.timeout(60):
        while (await client.record(run))["seq"] < seq:
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)


@pytest.mark.parametrize("name", HANGING)
async def test_a_cancel_on_a_hazard_is_settled_and_its_page_gone_within_five_seconds(name, client, pages, at_rest):
    run = await client.start(HANGING[name].body(pages.url, 60_000))
    await under_way(client, run)
    renderers = {process for process, kind in ours().items() if kind == "renderer"}
    began = time.monotonic()
    await client.cancel(run)
    record = await ended(client, run)
    gone = await until(lambda: not renderers & ours().keys(), PROMISED_S)

    assert (record["stopReason"], gone) == ("cancelled", True)
    assert time.monotonic() - began < PROMISED_S


async def test_a_run_whose_page_crashed_says_so_and_proves_nothing(client, pages, at_rest):
    waits = {"action": "waitForSelector", "selector": "#nowhere"}
    run = await client.start(WAITING | {"baseUrl": pages.url, "steps": [goto("/fine"), waits]})
    await under_way(client, run, seq=5)
    for process, kind in ours().items():
        if kind == "renderer":
            process.kill()
    record = await ended(client, run)

    assert record["verdict"] == "inconclusive-environment"
    assert record["error"].startswith("The page crashed")
