"""The run record as JSON: read from its rows, or folded as it was after an earlier event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Raw, Struct

from ghostly.domain.events import Json
from ghostly.domain.moment import rfc3339
from ghostly.domain.run import Run
from ghostly.event_log import EventLog, Stored, decode
from ghostly.projections import timeline
from ghostly.projections.run_record import RunRecord, StepRecord, Summary, fold

PAGE = 2_000


class Row(Struct, frozen=True):
    """A run as its rows hold it: ``about`` and ``steps`` as JSON text, the steps in index order."""

    id: UUID
    seq: int
    owner: UUID
    project: UUID
    started_at: datetime
    about: str
    summary: str
    steps: str


FIND = """
select r.id, r.seq, r.owner, r.project, r.started_at, r.about, r.summary,
       coalesce((select json_agg(s.data order by s.index) from steps s where s.run = r.id), '[]') as steps
  from runs r where r.id = $1
"""

_summary = msgspec.json.Decoder(Summary)
_run = msgspec.json.Decoder(Run)
_steps = msgspec.json.Decoder(list[StepRecord])


async def find_row(pool: asyncpg.Pool, run_id: UUID) -> Row | None:
    """The run's rows, whoever owns it; None if there is no such run."""
    row = await pool.fetchrow(FIND, run_id)
    return Row(*row) if row else None


async def find_seq(pool: asyncpg.Pool, run_id: UUID) -> int | None:
    """How many events the run has; None if there is no such run."""
    seq: int | None = await pool.fetchval("select seq from runs where id = $1", run_id)
    return seq


async def find_head(pool: asyncpg.Pool, run_id: UUID) -> tuple[Run, Summary, bytes] | None:
    """What the next append needs: the rules' state, the summary, the newest hash. None without such a run."""
    row = await pool.fetchrow("select state, summary, hash from runs where id = $1", run_id)
    return (_run.decode(row["state"]), _summary.decode(row["summary"]), row["hash"]) if row else None


def listed(row: Row) -> dict[str, Any]:
    """The record without accessibility trees and events, ready to be encoded as JSON."""
    about = msgspec.json.decode(row.about)
    return _wire(row, about, _summary.decode(row.summary)) | {"steps": Raw(row.steps.encode())}


async def current(log: EventLog, row: Row) -> dict[str, Any]:
    """The whole record as it is now; its trees, and the events of an assisted run, are read from the log."""
    shown = listed(row)
    steps = _steps.decode(row.steps)
    if shown.get("assisted"):
        events = await read_all(log, row.id, up_to=row.seq)
        return shown | {"steps": _with_trees(steps, events), "events": told(events)}
    if any(step.a11y_seq for step in steps):
        shown["steps"] = _with_trees(steps, await read_all(log, row.id, up_to=row.seq))
    return shown | {"events": []}


def as_of(events: Sequence[Stored]) -> dict[str, Any]:
    """The whole record as it was after these events, the first of which started the run."""
    record = fold(map(decode, events))
    shown = _wire(record, record.about, record.summary)
    steps = [record.steps[index] for index in sorted(record.steps)]
    return shown | {"steps": _with_trees(steps, events), "events": told(events) if shown.get("assisted") else []}


async def read_all(log: EventLog, run_id: UUID, *, up_to: int) -> list[Stored]:
    """The first ``up_to`` events of the run."""
    events: list[Stored] = []
    while len(events) < up_to:
        page = await log.read(run_id, after=len(events), limit=min(PAGE, up_to - len(events)))
        if not page:
            break
        events += page
    return events


def told(events: Sequence[Stored]) -> Raw:
    """The record's ``events``: those that have a wire form, as one JSON array."""
    named = ((stored, timeline.WIRE.get(stored.topic)) for stored in events)
    return Raw(
        ("[" + ",".join(f"{{{timeline.told(stored, name)}}}" for stored, name in named if name) + "]").encode()
    )


def _with_trees(steps: Sequence[StepRecord], events: Sequence[Stored]) -> list[Json]:
    trees = {step.a11y_seq: step.index for step in steps if step.a11y_seq}
    found = {trees[e.seq]: msgspec.json.decode(e.data or "{}").get("a11y") for e in events if e.seq in trees}
    shown: list[Json] = [msgspec.to_builtins(step) for step in steps]
    return [step | ({"a11y": found[step["index"]]} if found.get(step["index"]) else {}) for step in shown]


def _wire(run: Row | RunRecord, about: Json, summary: Summary) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": run.id,
        "status": summary.status,
        "phase": summary.phase,
        "finished": summary.phase == "finished",
        "seq": summary.seq,
        "startedAt": rfc3339(run.started_at),
        "finishedAt": summary.finished_at and rfc3339(summary.finished_at),
        "cancelRequestedAt": summary.cancel_requested_at and rfc3339(summary.cancel_requested_at),
        "durationMs": summary.duration_ms,
        "project": run.project,
        **about,
        "healedSteps": summary.healed_steps,
        "videoPath": summary.video_path,
        "tracePath": summary.trace_path,
        "verdict": summary.verdict,
        "verdictReason": summary.verdict_reason,
        "verdictSource": summary.verdict_source,
        "verdictEvidence": summary.verdict_evidence,
        "stopReason": summary.stop_reason,
        "error": summary.error,
        "cancelled": summary.cancelled,
    }
    return {name: value for name, value in shown.items() if value is not None}
