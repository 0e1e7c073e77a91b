"""The run record: what ``GET /v1/runs/{id}`` shows. The fold, its wire form, and its rows.

The record is kept in three parts, because they change at different rates: ``about`` never after the start, the
summary with every event (so it is slim), a step once or twice. What is large stays in the log: accessibility trees
are found by the seq that a step remembers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, assert_never
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ghostly.domain import events as ev
from ghostly.domain.events import Event, Json
from ghostly.domain.moment import rfc3339
from ghostly.domain.run import WAITING, Run, evolve
from ghostly.domain.verdict import Phase, Status
from ghostly.event_log import Head

PROJECTION_VERSION = 2
"""Raise it when the fold changes: ``ghostly rebuild`` then folds anew, and older nodes leave the rows alone."""

MAX_SENTENCE = 500


class StepRecord(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """How one step ended. ``a11y_seq`` is the event that holds its accessibility tree.

    ``heal_id`` is the heal that made it pass. ``instead_of`` is the selector that it was given, if it was done
    with one that a person approved.
    """

    index: int
    action: str
    ok: bool
    started_at: str
    duration_ms: int
    error: str | None = None
    note: str | None = None
    screenshot_path: str | None = None
    a11y_seq: int | None = None
    healed: bool = False
    heal_id: str | None = None
    instead_of: str | None = None


class Summary(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """How the run stands: everything of the record that changes, but for its steps."""

    seq: int
    phase: Phase = "queued"
    status: Status = "running"
    driver: str | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None
    cancel_requested_at: datetime | None = None
    duration_ms: int = 0
    healed_steps: int = 0
    error: str | None = None
    verdict: str | None = None
    verdict_reason: str | None = None
    verdict_source: str | None = None
    verdict_evidence: list[int] | None = None
    stop_reason: str | None = None
    cancelled: Json | None = None
    video_path: str | None = None
    trace_path: str | None = None
    step_started_at: datetime | None = None


class RunRecord(Struct, frozen=True, kw_only=True):
    """One run as someone wants to see it: the same whether it was folded or read from its rows."""

    id: UUID
    owner: UUID
    project: UUID
    started_at: datetime
    about: Json
    summary: Summary
    steps: Mapping[int, StepRecord]
    run: Run


def fold(events: Iterable[Event], record: RunRecord | None = None) -> RunRecord:
    """The record after these events. Raises ``ValueError`` if they do not begin with ``RunStarted``."""
    for event in events:
        record = begin(event) if record is None else _next(record, event)
    if record is None:
        raise ValueError("no events, no record")
    return record


def begin(event: Event) -> RunRecord:
    """The record of a run of which nothing is known but that it started."""
    if not isinstance(event, ev.RunStarted):
        raise ValueError(f"a run begins with RunStarted, not with {type(event).__name__}")  # noqa: TRY004
    return RunRecord(
        id=event.originator_id,
        owner=UUID(event.owner),
        project=UUID(event.project),
        started_at=event.timestamp,
        about={"baseUrl": event.flow["baseUrl"], **event.request},
        summary=Summary(seq=1),
        steps={},
        run=evolve(None, event),
    )


def _next(record: RunRecord, event: Event) -> RunRecord:
    step = outcome(record.summary, event)
    return replace(
        record,
        run=evolve(record.run, event),
        summary=project(record.summary, event),
        steps={**record.steps, step.index: step} if step else record.steps,
    )


def project(summary: Summary, event: Event) -> Summary:
    """The summary after this event: newest fact wins."""
    return replace(summary, seq=event.originator_version, **_changes(summary, event))


def outcome(summary: Summary, event: Event) -> StepRecord | None:
    """The step's row as this event writes it, given the summary before; None if it ends no step."""
    if not isinstance(event, (ev.StepPassed, ev.StepFailed)):
        return None
    return StepRecord(
        index=event.index,
        action=event.step.get("action", ""),
        ok=isinstance(event, ev.StepPassed),
        started_at=rfc3339(summary.step_started_at or event.timestamp),
        duration_ms=event.duration_ms,
        error=event.error if isinstance(event, ev.StepFailed) else None,
        note=event.note,
        screenshot_path=event.screenshot_path,
        a11y_seq=event.originator_version if event.a11y is not None else None,
        healed=isinstance(event, ev.StepPassed) and bool(event.healed),
        heal_id=event.heal_id if isinstance(event, ev.StepPassed) else None,
        instead_of=event.instead_of,
    )


def _changes(summary: Summary, event: Event) -> Json:  # noqa: C901, PLR0911 - one case a fact, nothing else
    match event:
        case ev.DriverAssigned():
            return {"phase": "running", "driver": event.worker, "due_at": None}
        case ev.DriverReleased():
            phase = "waiting" if event.reason == WAITING else "queued"
            return {"phase": phase, "driver": None, "due_at": datetime.fromisoformat(event.due_at)}
        case ev.CancellationRequested():
            return {"phase": "cancelling", "cancel_requested_at": event.timestamp, "due_at": None}
        case ev.StepStarted():
            return {"step_started_at": event.timestamp}
        case ev.StepPassed():
            return {"healed_steps": summary.healed_steps + 1} if event.healed else {}
        case ev.RunCancelled():
            stale = bool(event.stale_after_restart)
            return _ending(event) | {"cancelled": {"by": event.by, "at": rfc3339(event.timestamp), "stale": stale}}
        case ev.RunPassed() | ev.RunFailed() | ev.RunAbandoned():
            return _ending(event)
        case (
            ev.RunStarted()
            | ev.StepFailed()
            | ev.StepGivenUp()
            | ev.HealingStarted()
            | ev.HealingAttempted()
            | ev.HealingSucceeded()
            | ev.HealingFailed()
            | ev.PageSurveyed()
            | ev.StepsPlanned()
            | ev.LoopStateReached()
            | ev.HorizonStarted()
            | ev.HorizonEnded()
            | ev.VictoryChecked()
            | ev.MemoryRecalled()
            | ev.MemoryMissed()
            | ev.VerdictGiven()
            | ev.UnknownFact()
        ):
            return {}
        case _:
            assert_never(event)


def _ending(event: ev.Ending) -> Json:
    return {
        "phase": "finished",
        "status": event.status,
        "driver": None,
        "due_at": None,
        "step_started_at": None,
        "finished_at": event.timestamp,
        "duration_ms": event.duration_ms,
        "error": _sentence(event.error),
        "verdict": event.verdict,
        "verdict_reason": _sentence(event.verdict_reason),
        "verdict_source": event.verdict_source,
        "verdict_evidence": event.verdict_evidence,
        "stop_reason": event.stop_reason,
        "video_path": event.video_path,
        "trace_path": event.trace_path,
    }


def _sentence(text: str | None) -> str | None:
    return text[:MAX_SENTENCE] if text else text


def head(run: Run, summary: Summary, begins: Json | None = None) -> Head:
    """The row of the run, as an append writes it."""
    return Head(
        phase=summary.phase,
        status=summary.status,
        driver=summary.driver,
        due_at=summary.due_at,
        finished_at=summary.finished_at,
        summary=encode(summary),
        state=encode(run),
        version=PROJECTION_VERSION,
        begins=begins,
    )


def row(record: RunRecord, newest: bytes) -> Json:
    """Every column of the row of ``runs`` that belongs to the record; ``newest`` is the hash of its last event."""
    stands = head(record.run, record.summary)
    return {
        "id": record.id,
        "seq": record.run.seq,
        "hash": newest,
        "owner": record.owner,
        "project": record.project,
        "phase": stands.phase,
        "status": stands.status,
        "driver": stands.driver,
        "due_at": stands.due_at,
        "started_at": record.started_at,
        "finished_at": stands.finished_at,
        "about": encode(record.about),
        "summary": stands.summary,
        "state": stands.state,
        "projection_version": stands.version,
    }


def encode(value: Any) -> str:
    """Compact JSON of a part of the record, as its rows hold it."""
    return msgspec.json.encode(value).decode()
