"""Asks a node for every labelled flow, and keeps what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import aiohttp
from msgspec import Struct

from bench.stage import Node
from bench.truth.app import Site
from bench.truth.flows import SECRET, Labelled
from bench.truth.pages.forms import PASSWORD
from ghostly.http.client import Client

PATIENCE_S = 120.0
CANNOT_SAY = "none"


class Found(Struct, frozen=True):
    """A flow, and the record of its run; the record is empty if the run did not end in time."""

    flow: Labelled
    record: dict[str, Any]

    @property
    def verdict(self) -> str:
        """What came out."""
        return str(self.record.get("verdict") or CANNOT_SAY)

    @property
    def is_false_success(self) -> bool:
        """The worst: it says success, and it is none."""
        return (
            self.verdict == "success" or self.record.get("status") == "pass"
        ) and self.flow.verdict != "success"

    @property
    def is_right(self) -> bool:
        """Whether the verdict is the true one, and the stop reason and the healed steps are as they must be."""
        return not self.flaws

    @property
    def flaws(self) -> list[str]:
        """What is wrong."""
        flow, record = self.flow, self.record
        wrong = [] if self.verdict == flow.verdict else [f"{self.verdict}, not {flow.verdict}"]
        if (record.get("status") == "pass") != (self.verdict == "success"):
            wrong.append(f"status {record.get('status')}")
        if flow.stop not in (None, record.get("stopReason")):
            wrong.append(f"stopped by {record.get('stopReason')}, not by {flow.stop}")
        if flow.healed not in (None, record.get("healedSteps")):
            wrong.append(f"{record.get('healedSteps')} steps healed, not {flow.healed}")
        began = record.get("stopReason") != "target-unreachable"  # before that there is no event to name
        if began and record.get("verdict") and not record.get("verdictEvidence"):
            wrong.append("no evidence is named")
        return wrong


async def run_all(
    flows: Iterable[Labelled], site: Site, node: Node, *, at_once: int, done: Callable[[], None]
) -> list[Found]:
    """What came of each, in their order."""
    url = f"http://{node.host}:{node.port}"
    free = asyncio.Semaphore(at_once)
    await _keep_secret(url, node.key)
    async with Client(url, node.key) as client:

        async def one(flow: Labelled) -> Found:
            async with free:
                found = Found(flow, await _record(client, flow, site))
            done()
            return found

        return list(await asyncio.gather(*map(one, flows)))


async def _record(client: Client, flow: Labelled, site: Site) -> dict[str, Any]:
    run = await client.start(flow.body(site))
    try:
        async with asyncio.timeout(PATIENCE_S):
            _ = [message async for message in client.follow(run)]
    except TimeoutError:
        await client.cancel(run, reason="it does not end")
        return {"id": run, "verdictReason": f"It did not end within {PATIENCE_S:g} s."}
    return await client.record(run)


async def _keep_secret(url: str, key: str) -> None:
    async with (
        aiohttp.ClientSession(headers={"X-Api-Key": key}) as http,
        http.put(f"{url}/v1/secrets/{SECRET}", json={"value": PASSWORD}) as answer,
    ):
        answer.raise_for_status()
