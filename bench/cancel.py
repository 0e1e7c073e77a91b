"""From the request to cancel a run until it is settled, on each page that would keep it for ever."""

from __future__ import annotations

import asyncio
import time

from bench.pairs import Bar, Row, Samples, alone
from bench.stage import Stage
from ghostly.http.client import Client
from tests.flows.hazards import HANGING, Hazard

PROMISED_MS = 5_000
ROUNDS = 3
LIMIT_MS = 60_000
WORST_S = 0.5
FIRST_STEP = 3


async def measure(stage: Stage) -> list[Row]:
    """The median for each page, with the smallest and the largest; the bar is what is promised for any of them."""
    rows = []
    async with stage.child("hazards") as site, stage.database() as dsn, stage.node(dsn, workers=1) as node:
        url = (await site.hear())["url"]
        async with Client(f"http://{node.host}:{node.port}", node.key) as client:
            with stage.counting("cancel", len(HANGING)) as done:
                for name, hazard in HANGING.items():
                    samples = Samples()
                    for _ in range(1 if stage.short else ROUNDS):
                        await _cancelled(stage, client, hazard, url, samples)
                    rows.append(alone(samples, what=f"cancel: {name}", unit="ms", bar=Bar("≤", PROMISED_MS)))
                    done()
    return rows


async def _cancelled(stage: Stage, client: Client, hazard: Hazard, url: str, samples: Samples) -> None:
    run = await client.start(hazard.body(url, LIMIT_MS))
    while (await client.record(run))["seq"] < FIRST_STEP:
        await asyncio.sleep(0.02)
    await asyncio.sleep(WORST_S)  # so that the page can do its worst
    spent, began = stage.cpu(), time.perf_counter()
    await client.cancel(run)
    _ = [message async for message in client.follow(run)]
    took = time.perf_counter() - began
    samples.values.append(took * 1000)
    samples.wall += took
    samples.cpu += stage.cpu() - spent
    if (await client.record(run))["stopReason"] != "cancelled":
        raise RuntimeError(f"the run on {hazard.name!r} ended by itself")
