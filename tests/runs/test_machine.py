"""Anything in any order, against the real log: start, claim, report, cancel, crash, settle, resume."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import pairwise
from typing import Any, get_args
from uuid import UUID

import msgspec
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from stores import now
from stories import DAWN, FLOW, OWNER, PROJECT, STEP
from world import World

from ghostly.domain import run as rules
from ghostly.domain.errors import Refused
from ghostly.domain.events import CancellationRequested, Ending, RunCancelled, StepFailed, StepPassed, StepStarted
from ghostly.domain.moment import rfc3339
from ghostly.domain.run import Run, say
from ghostly.domain.verdict import PASSED, step_failed
from ghostly.event_log import decode
from ghostly.projections.run_record import encode, fold
from ghostly.workers import Membership

EVENTS = {
    "a start": [say(StepStarted, index=0, step=STEP)],
    "a failure": [say(StepFailed, index=0, step=STEP, duration_ms=7, error="no such button")],
    "three": [say(StepPassed, index=index, step=STEP, duration_ms=7, a11y="- tree") for index in range(3)],
    "nothing": [],
}
BOUNDED = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # 25 steps are short enough to read, and shrinking them takes minutes
    suppress_health_check=list(HealthCheck),
)
AN_HOUR = timedelta(hours=1)

nodes = st.sampled_from([0, 1])
numbers = st.integers(0, 9)
sayings = st.sampled_from(sorted(EVENTS))
outcomes = st.sampled_from([PASSED, step_failed("no such button")])


def some(phases: str) -> Any:
    """A precondition: there is a run in one of these phases."""
    return precondition(lambda self: self.runs(phases))


class Machine(RuleBasedStateMachine):
    """Keeps, beside the log, what the rules alone would have made of everything."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[UUID, Run] = {}
        self.living: dict[str, Membership] = {}
        self.workers: list[str] = ["nobody"]
        self.due_later: set[UUID] = set()
        self.followed: dict[UUID, int] = {}
        self.touched: UUID | None = None

    # ---- what there is

    def runs(self, phases: str) -> list[Run]:
        return [run for run in self.known.values() if run.phase in phases.split()]

    def run(self, phases: str, number: int) -> Run:
        """One of the runs that are in these phases."""
        runs = self.runs(phases)
        return runs[number % len(runs)]

    # ---- what happens

    @initialize()
    def begin(self):
        for number in range(3):
            self.start()
            self.hire()
            self.claim(number, number, 0)
        self.start()

    @rule()
    def start(self):
        self.touched = run_id = self.world.begin()
        told = rules.start(run_id, now(), owner=str(OWNER), project=str(PROJECT), flow=FLOW, request={})
        self.known[run_id] = rules.fold(None, told)

    @precondition(lambda self: len(self.living) < 3)
    @rule()
    def hire(self):
        member = self.world.hire()
        self.living[member.worker] = member
        self.workers.append(member.worker)

    @precondition(lambda self: self.living)
    @some("queued waiting")
    @rule(n=numbers, m=numbers, node=nodes)
    def claim(self, n, m, node):
        worker = list(self.living)[m % len(self.living)]
        self.decide(node, self.run("queued waiting", n).id, partial(Run.assign, worker=worker))

    @some("running cancelling")
    @rule(n=numbers, node=nodes, said=sayings)
    def report(self, n, node, said):
        run = self.run("running cancelling", n)
        self.decide(node, run.id, partial(Run.report, worker=run.driver, facts=EVENTS[said]))

    @some("running cancelling")
    @rule(n=numbers, node=nodes, off=st.sampled_from([-AN_HOUR, AN_HOUR]))
    def let_go(self, n, node, off):
        run = self.run("running cancelling", n)
        due_at = rfc3339(now() + off)
        self.decide(node, run.id, partial(Run.release, worker=run.driver, reason="waiting", due_at=due_at))
        (self.due_later.add if off == AN_HOUR else self.due_later.discard)(run.id)

    @some("running cancelling")
    @rule(n=numbers, node=nodes, outcome=outcomes)
    def finish(self, n, node, outcome):
        run = self.run("running cancelling", n)
        self.decide(node, run.id, partial(Run.finish, worker=run.driver, outcome=outcome))

    @some("queued waiting running cancelling finished")
    @rule(n=numbers, m=numbers, node=nodes, said=sayings, outcome=outcomes, what=st.integers(0, 2))
    def meddle(self, n, m, node, said, outcome, what):
        """Any worker, also one that is dead, tries something with any run."""
        worker = self.workers[m % len(self.workers)]
        report = partial(Run.report, worker=worker, facts=EVENTS[said])
        tries = [report, partial(Run.finish, worker=worker, outcome=outcome), partial(Run.assign, worker=worker)]
        self.decide(node, self.run("queued waiting running cancelling finished", n).id, tries[what])

    @some("running cancelling finished")
    @rule(n=numbers, node=nodes, by=st.sampled_from(["ana", "bo"]))
    def cancel(self, n, node, by):
        self.cancels(self.run("running cancelling finished", n), node, by)

    @some("queued waiting")
    @rule(n=numbers, node=nodes)
    def cancel_before_it_runs(self, n, node):
        self.cancels(self.run("queued waiting", n), node, "ana")

    @precondition(lambda self: self.living)
    @rule(n=numbers)
    def crash(self, n):
        self.world.crash(self.living.pop(list(self.living)[n % len(self.living)]))

    @rule()
    def settle(self):
        self.look_for(4, beating=self.living.values())
        self.ended_without([worker for worker in self.workers if worker not in self.living])

    @precondition(lambda self: self.living)
    @rule(n=numbers)
    def freeze(self, n):
        """A worker holds its lock, does not beat for longer than it may, and wakes up again."""
        frozen = list(self.living)[n % len(self.living)]
        self.look_for(16, beating=[member for worker, member in self.living.items() if worker != frozen])
        self.ended_without([frozen, *(worker for worker in self.workers if worker not in self.living)])
        self.world.do(self.living[frozen].beat())

    def look_for(self, seconds, beating):
        self.world.look_around()
        for _ in range(0, seconds, 4):
            for member in beating:
                self.world.do(member.beat())
            self.world.seconds += 4
            self.world.look_around()

    def ended_without(self, workers):
        for run in self.runs("running cancelling"):
            if run.driver in workers:
                self.known[run.id] = rules.fold(run, run.stop(now(), driver_was=run.driver, reason="", stale=True))
                self.touched = run.id

    @some("queued waiting running cancelling finished")
    @rule(n=numbers)
    def resume(self, n):
        run = self.run("queued waiting running cancelling finished", n)
        seen = self.followed.get(run.id, 0)
        if seen < run.seq:
            assert self.world.follow(run.id, seen, run.seq - seen) == list(range(seen + 1, run.seq + 1))
            self.followed[run.id] = run.seq

    # ---- what the rules alone make of it

    def cancels(self, run, node, by):
        orphaned = run.driver is not None and run.driver not in self.living
        decision = partial(Run.cancel_orphaned, driver_was=run.driver) if orphaned else Run.request_cancellation
        self.compare(run.id, partial(decision, by=by), self.world.cancel(node, run.id, by))

    def decide(self, node, run_id, decision):
        self.compare(run_id, decision, self.world.decide(node, run_id, decision))

    def compare(self, run_id, decision, answered):
        try:
            told = decision(self.known[run_id], now())
            self.known[run_id] = rules.fold(self.known[run_id], told)
            expected = self.known[run_id]
        except Refused as refusal:
            expected = type(refusal)
        self.touched = run_id

        assert timeless(answered) == timeless(expected)

    # ---- what always holds

    @invariant()
    def the_row_is_the_fold(self):
        for run_id in self.seen_now():
            row, record = self.world.row(run_id), fold(map(decode, self.world.events(run_id)))

            assert (row["seq"], row["phase"], row["driver"]) == (
                record.run.seq,
                record.run.phase,
                record.run.driver,
            )
            assert (row["summary"], row["state"]) == (encode(record.summary), encode(record.run))
            assert timeless(record.run) == timeless(self.known[run_id])

    @invariant()
    def the_laws_hold(self):
        for run_id in self.seen_now():
            events = [decode(stored) for stored in self.world.events(run_id)]
            asked = any(isinstance(event, CancellationRequested) for event in events)
            ends = [event for event in events if isinstance(event, get_args(Ending))]

            assert [event.originator_version for event in events] == list(range(1, len(events) + 1))
            assert all(one.timestamp <= next_.timestamp for one, next_ in pairwise(events))
            assert ends in ([], events[-1:])
            assert all(isinstance(end, RunCancelled) == asked for end in ends)

    @invariant()
    def the_queue_holds_exactly_what_waits(self):
        waits = {run_id for run_id, run in self.known.items() if run.phase in {"queued", "waiting"}}

        assert self.world.queue() & set(self.known) == waits - self.due_later

    def seen_now(self) -> list[UUID]:
        return [self.touched] if self.touched else []

    def teardown(self):
        for run_id, run in self.known.items():
            if not run.finished:
                self.world.cancel(0, run_id, "ana")
        for member in self.living.values():
            self.world.do(member.leave())


def timeless(run):
    return msgspec.structs.replace(run, at=DAWN, started_at=DAWN) if isinstance(run, Run) else run


def test_the_log_does_what_the_rules_say(dsn):
    with World(dsn) as Machine.world:
        run_state_machine_as_test(Machine, settings=BOUNDED)

        assert Machine.world.queue() == set()  # of all examples, each of which ends all that it began
