"""Pasts to begin a test with: what happened to one run, a second apart, from the start on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from ghostly.domain.errors import Refused
from ghostly.domain.events import DriverAssigned, Event, RunEvent
from ghostly.domain.run import Run, Said, fold, start
from ghostly.domain.verdict import PASSED
from ghostly.event_log import Encoded, Stored, decode, encode
from ghostly.projections import run_record
from ghostly.projections.run_record import RunRecord

DAWN = datetime(2026, 4, 20, 17, 34, 10, 123000, UTC)
SECOND = timedelta(seconds=1)
RUN = UUID("01980000-0000-7000-8000-000000000001")
OWNER = UUID("00000000-0000-4000-8000-00000000000a")
PROJECT = UUID("00000000-0000-4000-8000-00000000000b")
WORKER, RIVAL = "worker-anna", "worker-ben"
STEP = {"action": "click", "selector": "#save"}
FLOW = {"baseUrl": "https://shop.example", "steps": [STEP, {"action": "goto", "url": "/cart"}]}

Decision = Callable[..., list[Event]]


def begun(run_id: UUID = RUN, flow: dict[str, Any] | None = None, **request: Any) -> tuple[Event, ...]:
    """What a run begins with; ``request`` is what its caller wants to find again."""
    events = start(run_id, DAWN, owner=str(OWNER), project=str(PROJECT), flow=flow or FLOW, request=request)
    return tuple(events)


@dataclass(frozen=True)
class Story:
    """What happened to a run so far. Telling on gives another story; this one stays as it is."""

    events: tuple[Event, ...] = field(default_factory=begun)

    def then(self, fact: type[RunEvent], actor: str = "system", **fields: Any) -> Story:
        """This happened next, whether the rules allow it or not."""
        return Story((*self.events, fact(self.run.id, self.run.seq + 1, self.later, actor, **fields)))

    def decided(self, decision: Decision, *, at: datetime | None = None, **words: Any) -> Story:
        """Somebody decided this next, and the rules allowed it."""
        return Story((*self.events, *decision(self.run, at or self.later, **words)))

    def tried(self, decision: Decision, *, at: datetime, **words: Any) -> Story:
        """Somebody tried this next, and perhaps the rules refused it."""
        try:
            return self.decided(decision, at=at, **words)
        except Refused:
            return self

    @property
    def later(self) -> datetime:
        """A second after what happened last."""
        return self.run.at + SECOND

    @cached_property
    def run(self) -> Run:
        """What the rules know of it."""
        return fold(None, self.events)

    @property
    def record(self) -> RunRecord:
        """What is shown of it."""
        return run_record.fold(self.events)

    @property
    def stored(self) -> list[Stored]:
        """Its rows, as if the log had no others."""
        return [row(encoded(event), event.originator_id) for event in self.events]


def said(story: Story, *facts: Said) -> Story:
    """The story with what its driver reported next."""
    return story.decided(Run.report, worker=story.run.driver, facts=facts)


def encoded(event: Event) -> Encoded:
    """The event as it is stored."""
    return encode(event)[1]


def row(stored: Encoded, stream: UUID, position: int | None = None) -> Stored:
    """The row of an event, which stands at its seq unless said otherwise."""
    place = position or stored.seq
    return Stored(place, stream, stored.seq, stored.topic, stored.version, stored.at, stored.actor, stored.data)


def read_back(event: Event) -> Event:
    """The event after its way into the log and out again."""
    return decode(row(encoded(event), event.originator_id))


QUEUED = Story()
DRIVEN = QUEUED.then(DriverAssigned, worker=WORKER)
WAITING = DRIVEN.decided(Run.release, worker=WORKER, reason="waiting", due_at="2026-04-20T18:00:00.000Z")
CANCELLING = DRIVEN.decided(Run.request_cancellation, by="ana")
FINISHED = DRIVEN.decided(Run.finish, worker=WORKER, outcome=PASSED)
