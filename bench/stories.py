"""Runs with a past, written through Ghostly's own door."""

from __future__ import annotations

from functools import partial
from itertools import cycle, islice
from uuid import UUID

import asyncpg

from ghostly.domain import events as ev
from ghostly.domain.run import Run, Said, say
from ghostly.domain.verdict import PASSED
from ghostly.event_log import Append
from ghostly.node import now
from ghostly.runs import Runs

WORKER = "bench"
OWNER = UUID(int=7)
STEP = {"action": "click", "selector": "role=button[name=Save]"}
NOTE = 5 * "The notice that everything is saved covered the button for a moment; it was clicked when it was free. "
FLOW = {"baseUrl": "http://127.0.0.1:1", "steps": [STEP] * 5}
BATCH = 100

_said = partial(say, step=STEP)

ASSISTED = (
    _said(ev.StepStarted, index=3),
    _said(ev.StepPassed, index=3, duration_ms=12, note="selector matched 2 elements; used the first"),
    say(ev.LoopStateReached, state="evaluating", reason="no step is left", details={"pendingSteps": 0}),
    say(ev.VictoryChecked, horizon=2, configured=True, met=False, checks=[{"kind": "url", "ok": False}]),
    say(ev.StepsPlanned, steps=[STEP, STEP], source="strategist", has_more=True, horizon=2),
)  # fmt: skip
"""What an assisted run tells, over and over: about 150 bytes each."""


def passed(index: int) -> Said:
    """A step that passed, with a payload of 700 bytes."""
    return _said(ev.StepPassed, index=index % 25, duration_ms=12, note=NOTE)


def steps(count: int) -> list[Said]:
    """So many steps that passed; their index stays below 25."""
    return [passed(index) for index in range(count)]


async def begin(runs: Runs, *, assisted: bool = False) -> UUID:
    """A run of which two events are told: that it started, and who drives it."""
    run_id = runs.new_id()
    request = {"projectSlug": "default"} | ({"assisted": {"goal": "Save the form"}} if assisted else {})
    await runs.start(run_id, owner=OWNER, project=OWNER, flow=FLOW, request=request)
    await runs.decide(run_id, partial(Run.assign, worker=WORKER))
    return run_id


async def tell(runs: Runs, run_id: UUID, *facts: Said) -> Run:
    """One append with these facts."""
    return await runs.decide(run_id, partial(Run.report, worker=WORKER, facts=facts))


async def grow(runs: Runs, run_id: UUID, to: int, facts: tuple[Said, ...]) -> None:
    """Bring the run, which has two events, to ``to`` of them, a hundred in each append."""
    told = islice(cycle(facts), to - 2)
    while batch := list(islice(told, BATCH)):
        await tell(runs, run_id, *batch)


async def finish(runs: Runs, run_id: UUID) -> None:
    """Its last event."""
    await runs.decide(run_id, partial(Run.finish, worker=WORKER, outcome=PASSED))


class Catcher:
    """Takes the place of a log and keeps what is appended, to be looked at, or to be sent when that is timed."""

    def __init__(self) -> None:
        self.appends: list[Append] = []

    def runs(self, pool: asyncpg.Pool) -> Runs:
        """The door, with us behind it."""
        return Runs(self, pool, now)  # type: ignore[arg-type]

    async def append(self, append: Append) -> int:
        """Keep it."""
        self.appends.append(append)
        return 0
