"""One run, 500 followers: commit to arrival, beside a bare loop that writes the same bytes to as many sockets."""

from __future__ import annotations

import asyncio
import time
from array import array
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median, quantiles
from uuid import UUID

from bench import stories
from bench.pairs import Bar, Row, Samples, beside
from bench.stage import Child, Stage
from bench.stories import Catcher
from ghostly.store import Store

CLIENTS, CROWDS = 500, 2
A_SECOND = 50
FIRST = 3  # that it started and who drives it has no form on the wire
THAN = "a bare loop, the same bytes"


class Fanout:
    """Two crowds of clients, a node, a bare server; the writer is this process, which does nothing else."""

    def __init__(self, stage: Stage, crowds: list[Child], events: int) -> None:
        self._crowds = crowds
        self._files = [stage.directory / f"crowd-{number}" for number in range(len(crowds))]
        self._events = events
        self.medians: dict[str, list[float]] = {"ours": [], "bare": []}
        self.whole = self.ended = self.clients = 0

    async def follow(
        self, who: str, host: str, port: int, request: str, write: Callable[[], Awaitable[list[int]]]
    ) -> float:
        """The 99th percentile of the milliseconds from commit to arrival at each client."""
        asked = {"host": host, "port": port, "request": request, "clients": CLIENTS // CROWDS}
        asked |= {"first": FIRST, "last": FIRST + self._events, "seconds": self._events / A_SECOND + 10}
        pairs = list(zip(self._crowds, self._files, strict=True))
        opened = [await crowd.ask(**asked, file=str(file)) for crowd, file in pairs]
        if sum(said["opened"] for said in opened) != CLIENTS:
            raise RuntimeError(f"not all streams were opened: {opened}")
        sent = await write()
        took: list[float] = []
        for crowd, file in pairs:
            self._count(who, await crowd.hear())
            took += _latencies(file, sent)
        self.medians[who].append(median(took))
        return quantiles(took, n=100)[98]

    def _count(self, who: str, said: dict[str, int]) -> None:
        if who == "ours":
            self.whole += said["whole"]
            self.ended += said["ended"]
            self.clients += CLIENTS // CROWDS
        elif said["whole"] != CLIENTS // CROWDS:
            raise RuntimeError(f"the bare loop lost something: {said}")


async def measure(stage: Stage) -> list[Row]:
    """50 events a second for ten seconds."""
    rounds, events = stage.rounds(4), A_SECOND * (2 if stage.short else 10)
    async with AsyncExitStack() as stack:
        dsn = await stack.enter_async_context(stage.database())
        store = await stack.enter_async_context(stage.store(dsn))
        runs = iter(
            [await stories.begin(store.runs) for _ in range(rounds + 1)]
        )  # before the node could take them
        step, ending = await _payloads(store)
        node = await stack.enter_async_context(stage.node(dsn))
        bare = await stack.enter_async_context(stage.child("loop", step=step, ending=ending))
        port = (await bare.hear())["port"]
        crowds = [await stack.enter_async_context(stage.child("crowd")) for _ in range(CROWDS)]
        fanout = Fanout(stage, crowds, events)

        async def ours() -> float:
            run = next(runs)
            request = node.get(f"/v1/runs/{run}/events/stream").decode()
            return await fanout.follow("ours", node.host, node.port, request, lambda: _write(store, run, events))

        async def floor() -> float:
            async def write() -> list[int]:
                times: list[int] = (await bare.ask(first=FIRST, count=events, every=1 / A_SECOND))["times"]
                return times

            return await fanout.follow("bare", "127.0.0.1", port, "GET / HTTP/1.1\r\n\r\n", write)

        taken = await stage.in_turn("fanout", {"ours": ours, "bare": floor}, rounds)
    return _rows(taken, fanout)


def _rows(taken: dict[str, Samples], fanout: Fanout) -> list[Row]:
    what = f"{CLIENTS} clients, {A_SECOND} events/s, commit to arrival, "
    note = (
        f"{fanout.whole:,} of {fanout.clients:,} clients got every event once and in order, "
        f"{fanout.ended:,} run_end, status and end"
    )
    middle = {who: Samples(values[1:]) for who, values in fanout.medians.items()}
    return [
        beside(
            taken["ours"], taken["bare"], what=f"{what}p99", than=THAN, unit="ms", bar=Bar("≤", 1.5), note=note
        ),
        beside(middle["ours"], middle["bare"], what=f"{what}p50", than=THAN, unit="ms", bar=None),
    ]


async def _write(store: Store, run: UUID, events: int) -> list[int]:
    """When each was committed; the run's end is the last."""
    loop = asyncio.get_running_loop()
    due, times = loop.time(), []
    for index in range(events):
        await asyncio.sleep(due - loop.time())
        due += 1 / A_SECOND
        await stories.tell(store.runs, run, stories.passed(index))
        times.append(time.monotonic_ns())
    await asyncio.sleep(due - loop.time())
    await stories.finish(store.runs, run)
    times.append(time.monotonic_ns())
    return times


async def _payloads(store: Store) -> tuple[str, str]:
    """What a step and an ending say, as stored."""
    caught = Catcher()
    runs = caught.runs(store.pool)
    run = await stories.begin(store.runs)
    await stories.tell(runs, run, stories.passed(3))
    await stories.finish(runs, run)
    return caught.appends[0].events[0].data, caught.appends[1].events[0].data


def _latencies(file: Path, sent: list[int]) -> list[float]:
    """Milliseconds from when an event was committed, or about to be written, to when a client had it."""
    both = array("q", file.read_bytes())
    half = len(both) // 2
    return [(at - sent[seq - FIRST]) / 1e6 for seq, at in zip(both[:half], both[half:], strict=True)]
