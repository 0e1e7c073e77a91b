"""Reading a run's record, beside a request that does nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Literal
from uuid import UUID

from msgspec import Struct

from bench import stories
from bench.pairs import Bar, Row, Samples, Side, beside
from bench.stage import Child, Node, Stage
from ghostly.domain.run import Said
from ghostly.http.conditional import etag
from ghostly.runs import Runs

SECONDS = 0.4
CONNECTIONS = 8
EVERY_S = 0.01
THAN = "GET /health"
MANUAL = tuple(stories.steps(8))


class Case(Struct, frozen=True, kw_only=True):
    """A run that is read: how long it is, whether it stays so meanwhile, and what who reads has or takes."""

    name: str
    events: int
    assisted: bool
    state: Literal["still", "growing", "finished"]
    bar: float
    known: bool = False
    packed: bool = False

    @property
    def facts(self) -> tuple[Said, ...]:
        """What is told of it, over and over."""
        return stories.ASSISTED if self.assisted else MANUAL


MORE, KNOWN, PACKED = ", one more every 10 ms", ", again (304)", ", as gzip"
SHORT, LONG = "run of 10 events", "assisted run of 1,000 events"
CASES = (
    Case(name=f"a running {SHORT}", events=10, assisted=False, state="still", bar=0.35),
    Case(name=f"a running {SHORT}{MORE}", events=10, assisted=False, state="growing", bar=0.35),
    Case(name=f"a finished {SHORT}", events=10, assisted=False, state="finished", bar=0.6),
    Case(name=f"a running {LONG}", events=1_000, assisted=True, state="still", bar=0.15),
    Case(name=f"a running {LONG}{MORE}", events=1_000, assisted=True, state="growing", bar=0.15),
    Case(name=f"a finished {LONG}", events=1_000, assisted=True, state="finished", bar=0.6),
    Case(name=f"a finished {LONG}{PACKED}", events=1_000, assisted=True, state="finished", bar=0.6, packed=True),
    Case(name=f"a finished {LONG}{KNOWN}", events=1_000, assisted=True, state="finished", bar=0.6, known=True),
)


class Reader:
    """Reads by eight connections that are kept alive, in a process of its own."""

    def __init__(self, node: Node, client: Child, runs: Runs) -> None:
        self._node = node
        self._client = client
        self._runs = runs
        self.lengths: dict[str, int] = {}

    async def health(self) -> float:
        """Requests a second for an answer that says nothing."""
        return await self._rate(THAN, self._node.get("/health"))

    def of(self, case: Case, made: list[UUID]) -> Side:
        """Requests a second for the case's run of each round, which grows meanwhile, or does not."""
        runs = iter(made)
        headers = {"If-None-Match": etag(case.events, 0, "full")} if case.known else {}
        headers |= {"Accept-Encoding": "gzip"} if case.packed else {}

        async def side() -> float:
            run = next(runs)
            growing = case.state == "growing"
            async with _growing(self._runs, run, case.facts) if growing else nullcontext():
                return await self._rate(case.name, self._node.get(f"/v1/runs/{run}", **headers))

        return side

    async def _rate(self, name: str, request: bytes) -> float:
        said = await self._client.ask(request=request.decode(), seconds=SECONDS, connections=CONNECTIONS)
        self.lengths[name] = said["length"]
        return float(said["rate"])


async def measure(stage: Stage) -> list[Row]:
    """Requests a second for each case, and for `/health`."""
    rounds = stage.rounds(25)
    async with stage.database() as dsn, stage.store(dsn) as store:
        with stage.doing("get: writing the runs"):  # before the node could take one of them
            runs = [await _made(store.runs, case, rounds + 1) for case in CASES]
        async with stage.node(dsn) as node, stage.child("hammer", host=node.host, port=node.port) as client:
            reader = Reader(node, client, store.runs)
            sides: dict[str, Side] = {THAN: reader.health}
            sides |= {case.name: reader.of(case, made) for case, made in zip(CASES, runs, strict=True)}
            taken = await stage.in_turn("get", sides, rounds)
    return [_row(case, taken, reader.lengths[case.name]) for case in CASES]


def _row(case: Case, taken: dict[str, Samples], length: int) -> Row:
    if case.known and length:
        raise RuntimeError(f"{case.name}: the answer had a body")
    what, note = f"GET {case.name}", f"a body of {length / 1024:,.1f} KiB"
    bar = Bar("≥", case.bar)
    return beside(taken[case.name], taken[THAN], what=what, than=THAN, unit="/s", bar=bar, note=note)


async def _made(runs: Runs, case: Case, rounds: int) -> list[UUID]:
    """The run for each round: always the same, unless it grows."""
    growing = case.state == "growing"
    made = [await _one(runs, case) for _ in range(rounds if growing else 1)]
    return made if growing else made * rounds


async def _one(runs: Runs, case: Case) -> UUID:
    run = await stories.begin(runs, assisted=case.assisted)
    finished = case.state == "finished"
    await stories.grow(runs, run, case.events - finished, case.facts)
    if finished:
        await stories.finish(runs, run)
    return run


@asynccontextmanager
async def _growing(runs: Runs, run: UUID, facts: tuple[Said, ...]) -> AsyncIterator[None]:
    task = asyncio.create_task(_grow(runs, run, facts))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        if not task.cancelled() and task.exception():
            raise RuntimeError("the run could not grow") from task.exception()


async def _grow(runs: Runs, run: UUID, facts: tuple[Said, ...]) -> None:
    loop = asyncio.get_running_loop()
    due = loop.time()
    for count in range(10**6):
        await stories.tell(runs, run, facts[count % len(facts)])
        due += EVERY_S
        await asyncio.sleep(due - loop.time())
