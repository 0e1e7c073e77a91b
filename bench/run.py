"""Manual runs of five and twenty steps, from POST to finished record, beside the same calls in bare Playwright."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from functools import partial
from itertools import cycle
from typing import Any

from playwright.async_api import Browser, async_playwright

from bench.pairs import Bar, Row, Side, beside
from bench.stage import Node, Stage
from ghostly.browser import chromium

Steps = list[dict[str, str]]

FIVE: Steps = [
    {"action": "goto", "url": "/"},
    {"action": "fill", "selector": "#name", "value": "Ada"},
    {"action": "click", "selector": "#go"},
    {"action": "waitForSelector", "selector": "#done"},
    {"action": "press", "selector": "#name", "key": "Enter"},
]
TWENTY = FIVE * 4
AT_ONCE = 8
SUSTAINED = 24
SETTLE_S = 0.3
THAN = "bare Playwright"


async def measure(stage: Stage) -> list[Row]:
    """One at a time; eight at once; eight under way all the time."""
    async with AsyncExitStack() as stack:
        page = await stack.enter_async_context(stage.child("page"))
        url = f"http://127.0.0.1:{(await page.hear())['port']}"
        playwright = await stack.enter_async_context(async_playwright())
        browsers = [await chromium.launch(playwright, stage.browser, headless=True) for _ in range(AT_ONCE)]
        return await _one(stage, url, browsers) + await _many(stage, url, browsers)


async def _one(stage: Stage, url: str, browsers: list[Browser]) -> list[Row]:
    rows = []
    async with stage.database() as dsn, stage.node(dsn, workers=1) as node:
        for steps, rounds in ((FIVE, 40), (TWENTY, 15)):
            sides = {
                "ours": timed(partial(run, node, url, steps), 1, 1),
                "floor": timed(partial(_bare, browsers[0], url, steps), 1, 1),
            }
            what = f"a {len(steps)}-step run, one at a time"
            taken = await stage.in_turn(f"run: {what}", sides, stage.rounds(rounds))
            rows.append(beside(taken["ours"], taken["floor"], what=what, than=THAN, unit="ms", bar=Bar("≤", 1.15)))
    return rows


async def _many(stage: Stage, url: str, browsers: list[Browser]) -> list[Row]:
    turns = cycle(browsers)
    rows = []
    async with stage.database() as dsn, stage.node(dsn, workers=AT_ONCE) as node:
        for steps, total, rounds, what in (
            (FIVE, AT_ONCE, 12, "8 at once, until the last has finished"),
            (FIVE, SUSTAINED, 6, "24 runs, 8 under way all the time"),
            (TWENTY, AT_ONCE, 6, "8 runs of 20 steps at once"),
        ):
            sides = {
                "ours": timed(partial(run, node, url, steps), total, AT_ONCE),
                "floor": timed(partial(_in_turn, turns, url, steps), total, AT_ONCE),
            }
            taken = await stage.in_turn(f"run: {what}", sides, stage.rounds(rounds))
            than = f"{THAN}, 8 contexts in 8 browsers"
            rows.append(beside(taken["ours"], taken["floor"], what=what, than=than, unit="ms", bar=Bar("≤", 1.10)))
    return rows


def timed(once: Callable[[], Awaitable[None]], total: int, at_once: int) -> Side:
    """Milliseconds for ``total`` of them. What is done afterwards (the next tab is made ready) is waited for."""

    async def side() -> float:
        todo = iter(range(total))

        async def lane() -> None:
            for _ in todo:
                await once()

        began = time.perf_counter()
        await asyncio.gather(*(lane() for _ in range(at_once)))
        took = time.perf_counter() - began
        await asyncio.sleep(SETTLE_S * (1 + at_once / 2))
        return took * 1000

    return side


async def run(node: Node, url: str, steps: Steps, **more: Any) -> None:
    """From POST, with more in its body, to the stream's end: the record was finished before that is written."""
    reader, writer = await asyncio.open_connection(node.host, node.port, limit=2**24)
    writer.write(node.post("/v1/run", {"project": "default", "baseUrl": url, "steps": steps, **more}))
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n", 1)[0])
    body = await reader.readexactly(length)
    run_id = body.partition(b'"id":"')[2][:36].decode()
    writer.write(node.get(f"/v1/runs/{run_id}/events/stream"))
    told = await reader.readuntil(b"event: end")
    writer.close()
    if told.count(b'"type":"step_success"') != len(steps) or b'"status":"pass"' not in told:
        raise RuntimeError(f"the run did not pass: {told.decode()}")


async def _in_turn(browsers: Iterator[Browser], url: str, steps: Steps) -> None:
    await _bare(next(browsers), url, steps)


async def _bare(browser: Browser, url: str, steps: Steps) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    for step in steps:
        match step["action"]:
            case "goto":
                await page.goto(f"{url}/")
            case "fill":
                await page.locator(step["selector"]).fill(step["value"])
            case "click":
                await page.locator(step["selector"]).click()
            case "waitForSelector":
                await page.locator(step["selector"]).wait_for(state="visible")
            case "press":
                await page.locator(step["selector"]).press(step["key"])
    await context.close()
