"""A node with one slot, the site of the hazards, and what is left of a run on one of them."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

import psutil
import pytest_asyncio

from ghostly import node
from ghostly.http.client import Client
from ghostly.settings import Settings
from tests.conftest import database
from tests.flows.hazard_site import HazardSite, hazard_site
from tests.flows.hazards import goto, see

FINE = [goto("/fine"), see("fine")]
KINDS = re.compile(r"--type=(\w+)|(ghostly-owner)|(run-driver)|(ffmpeg)")


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
    """How many processes of each kind there are while nothing runs: as many as a second before."""
    await next_run(client, pages)
    before, now = Counter[str](), Counter(ours().values())
    while now != before:
        await asyncio.sleep(1)
        before, now = now, Counter(ours().values())
    return now
