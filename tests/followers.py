"""Who drives a run and who follows it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from random import Random
from uuid import UUID

from stores import begin
from stories import WORKER

from ghostly.domain.events import MemoryMissed
from ghostly.domain.run import Run, say
from ghostly.domain.verdict import PASSED
from ghostly.projections.timeline import Frame
from ghostly.runs import Decision, Runs
from ghostly.tail import Tail

PATIENCE_S = 60

finish = partial(Run.finish, worker=WORKER, outcome=PASSED)


def saying(*numbers: int) -> Decision:
    """The driver reports a small fact for each number."""
    return partial(Run.report, worker=WORKER, facts=[say(MemoryMissed, horizon=number) for number in numbers])


async def driven(runs: Runs) -> UUID:
    """A run with a driver: two events."""
    run_id = await begin(runs)
    await runs.decide(run_id, partial(Run.assign, worker=WORKER))
    return run_id


async def drive(runs: Runs, run_id: UUID, reports: int, pause: float = 0.0) -> None:
    """Report so often, then end: as many events and one more."""
    for number in range(reports):
        await runs.decide(run_id, saying(number))
        await asyncio.sleep(pause)
    await runs.decide(run_id, finish)


async def frames(tail: Tail, run_id: UUID, after: int = 0) -> list[Frame]:
    """What somebody gets who follows to the end."""
    async with asyncio.timeout(PATIENCE_S):
        return [frame async for page in tail.follow(run_id, after=after) for frame in page]


async def seen(tail: Tail, run_id: UUID, after: int = 0) -> list[int]:
    """The seqs that somebody sees who follows to the end."""
    return [frame.seq for frame in await frames(tail, run_id, after)]


async def glimpsed(tail: Tail, run_id: UUID, count: int, after: int = 0) -> list[int]:
    """The seqs that somebody sees who goes away after so many, or a few more."""
    got: list[int] = []
    following = tail.follow(run_id, after=after)
    async with asyncio.timeout(PATIENCE_S):
        while len(got) < count and (page := await anext(following, None)):
            got += [frame.seq for frame in page]
    await following.aclose()
    return got


async def visits(tail: Tail, run_id: UUID, end: int, chance: Random) -> list[int]:
    """The seqs that somebody sees who comes and goes, and resumes each time, up to ``end``."""
    seqs: list[int] = []
    while not seqs or seqs[-1] < end:
        await asyncio.sleep(chance.choice([0, 0.001, 0.01]))
        seqs += await glimpsed(tail, run_id, chance.randint(1, 20), after=seqs[-1] if seqs else 0)
    return seqs


async def until(holds: Callable[[], object]) -> None:
    """Wait until it holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not holds():
            await asyncio.sleep(0.01)
