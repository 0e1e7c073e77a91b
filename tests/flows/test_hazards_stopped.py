"""What a page can do to a run that is cancelled, or whose page dies."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

import psutil
import pytest

from ghostly.http.client import Client
from tests.flows.hazardous import at_rest, client, ended, ours, pages, until
from tests.flows.hazards import HANGING, goto

__all__ = ["at_rest", "client", "pages"]

pytestmark = pytest.mark.asyncio(loop_scope="module")

PROMISED_S = 5
WAITING = {"project": "default", "defaultTimeoutMs": 60_000}


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
            with suppress(psutil.NoSuchProcess):  # one of an earlier page
                process.kill()
    record = await ended(client, run)

    assert record["verdict"] == "inconclusive-environment"
    assert record["error"].startswith("The page crashed")
