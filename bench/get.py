"""Reading a run's record, beside a request that does nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, nullcontext
from uuid import UUID

from bench import stories
from bench.pairs import Bar, Row, Side, beside
from bench.stage import Child, Node, Stage
from ghostly.domain.run import Said
from ghostly.runs import Runs

SECONDS = 0.4
CONNECTIONS = 8
EVERY_S = 0.01
THAN = "GET /health"

MANUAL = tuple(stories.steps(8))
CASES = (  # name, events, assisted, state, bar
    ("a running run of 10 events", 10, False, "still", 0.35),
    ("a running run of 10 events, one more every 10 ms", 10, False, "growing", 0.35),
    ("a finished run of 10 events", 10, False, "finished", 0.6),
    ("an assisted running run of 1,000 events", 1_000, True, "still", 0.15),
    ("an assisted running run of 1,000 events, one more every 10 ms", 1_000, True, "growing", 0.15),
    ("a finished assisted run of 1,000 events", 1_000, True, "finished", 0.6),
)


async def measure(stage: Stage) -> list[Row]:
    """Requests a second over eight connections that are kept alive, by a client in a process of its own."""
    rounds = stage.rounds(25)
    async with stage.database() as dsn, stage.store(dsn) as store:
        with stage.doing("get: writing the runs"):  # before the node could take one of them
            runs = [await _made(store.runs, case, rounds + 1) for case in CASES]
        async with stage.node(dsn) as node, stage.child("hammer", host=node.host, port=node.port) as client:
            sides = {"health": _side(node, client, iter(["/health"] * (rounds + 1)))}
            for number, (case, made) in enumerate(zip(CASES, runs, strict=True)):
                sides[str(number)] = _of(case, made, node, client, store.runs)
            taken = await stage.in_turn("get", sides, rounds)
    return [
        beside(taken[str(number)], taken["health"], what=f"GET {name}", than=THAN, unit="/s", bar=Bar("≥", bar))
        for number, (name, *_, bar) in enumerate(CASES)
    ]


async def _made(runs: Runs, case: tuple, rounds: int) -> list[UUID]:
    """The run for each round: always the same, unless it grows."""
    _, events, assisted, state, _ = case
    made = []
    for _ in range(rounds if state == "growing" else 1):
        run = await stories.begin(runs, assisted=assisted)
        facts = stories.ASSISTED if assisted else MANUAL
        await stories.grow(runs, run, events - (state == "finished"), facts)
        if state == "finished":
            await stories.finish(runs, run)
        made.append(run)
    return made if state == "growing" else made * rounds


def _of(case: tuple, made: list[UUID], node: Node, client: Child, runs: Runs) -> Side:
    _, _, assisted, state, _ = case
    paths = iter([f"/v1/runs/{run}" for run in made])
    if state != "growing":
        return _side(node, client, paths)
    return _side(node, client, paths, (runs, iter(made), stories.ASSISTED if assisted else MANUAL))


def _side(
    node: Node,
    client: Child,
    paths: Iterator[str],
    growing: tuple[Runs, Iterator[UUID], tuple[Said, ...]] | None = None,
) -> Side:
    async def side() -> float:
        request = node.get(next(paths)).decode()
        async with _growing(*growing) if growing else nullcontext():
            said = await client.ask(request=request, seconds=SECONDS, connections=CONNECTIONS)
        return said["rate"]

    return side


@asynccontextmanager
async def _growing(runs: Runs, made: Iterator[UUID], facts: tuple[Said, ...]) -> AsyncIterator[None]:
    run = next(made)

    async def grow() -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        for count in range(10**6):
            await stories.tell(runs, run, facts[count % len(facts)])
            due += EVERY_S
            await asyncio.sleep(due - loop.time())

    task = asyncio.create_task(grow())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled() and task.exception():
            raise RuntimeError("the run could not grow") from task.exception()
