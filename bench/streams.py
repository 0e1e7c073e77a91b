"""5,000 clients over 500 runs on one node: what each costs in memory, and whether any of them loses anything."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from functools import partial
from uuid import UUID

from bench import stories
from bench.memory import held
from bench.pairs import Bar, Row
from bench.stage import Child, Stage
from ghostly.store import Store

RUNS, CLIENTS, CROWDS = 500, 5_000, 2
STEPS = 4
FIRST = 3  # that it started and who drives it has no form on the wire
MOST_S = 120.0


async def measure(stage: Stage) -> list[Row]:
    """All are there, then four steps of each run are told, and its end."""
    runs_count, clients = (50, 500) if stage.short else (RUNS, CLIENTS)
    spent, began = stage.cpu(), time.perf_counter()
    async with AsyncExitStack() as stack:
        dsn = await stack.enter_async_context(stage.database())
        store = await stack.enter_async_context(stage.store(dsn))
        runs = [await stories.begin(store.runs) for _ in range(runs_count)]
        node = await stack.enter_async_context(stage.node(dsn))
        crowds = [await stack.enter_async_context(stage.child("crowd")) for _ in range(CROWDS)]
        requests = [node.get(f"/v1/runs/{run}/events/stream").decode() for run in runs]
        before = held(stage)["Python"]
        await _open(stage, crowds, node.host, node.port, requests, clients)
        each = (held(stage)["Python"] - before) * 1024 / clients
        await _tell(store, runs)
        said = [await crowd.hear() for crowd in crowds]
    whole, ended = (sum(one[name] for one in said) for name in ("whole", "ended"))
    wall, cpu = time.perf_counter() - began, stage.cpu() - spent
    row = partial(Row, wall=wall, cpu=cpu, rounds=1)
    what = f"{clients:,} clients over {runs_count} runs"
    note = f"{whole:,} got every event once and in order, {ended:,} run_end, status and end"
    return [
        row(what=f"{what}, memory of each", unit="KiB", ours=each, bar=Bar("≤", 40)),
        row(what=f"{what}, that lost something", unit="", ours=clients - whole, bar=Bar("≤", 0), note=note),
    ]


async def _open(
    stage: Stage, crowds: list[Child], host: str, port: int, requests: list[str], clients: int
) -> None:
    asked = {"host": host, "port": port, "request": requests, "clients": clients // CROWDS, "seconds": MOST_S}
    asked |= {"first": FIRST, "last": FIRST + STEPS}
    files = [str(stage.directory / f"streams-{number}") for number in range(CROWDS)]
    opened = await asyncio.gather(
        *(crowd.ask(**asked, file=file) for crowd, file in zip(crowds, files, strict=True))
    )
    if sum(said["opened"] for said in opened) != clients:
        raise RuntimeError(f"not all streams were opened: {opened}")


async def _tell(store: Store, runs: list[UUID]) -> None:
    for index in range(STEPS):
        await asyncio.gather(*(stories.tell(store.runs, run, stories.passed(index)) for run in runs))
    await asyncio.gather(*(stories.finish(store.runs, run) for run in runs))
