"""The run record as JSON: read from its rows, or folded as it was after an earlier event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Raw, Struct

from ghostly.domain.annotations import Annotations, Review, stream_of
from ghostly.domain.events import Json, StepFailed, StepPassed
from ghostly.domain.moment import rfc3339
from ghostly.domain.run import Run
from ghostly.domain.verdict import Phase, Status
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

STANDS = """
select id, seq, owner, phase, status, coalesce(finished_at, started_at), healed
  from runs where id = any ($1::uuid[])
"""

# Only of a heal is anything said: in one statement with the above it cost all others twice as much.
SAID = "select stream, max(seq) from events where stream = any ($1::uuid[]) group by stream"

_summary = msgspec.json.Decoder(Summary)
_run = msgspec.json.Decoder(Run)
_steps = msgspec.json.Decoder(list[StepRecord])
_about = msgspec.json.Decoder(dict[str, Raw])

_STEPS = {StepPassed.TOPIC, StepFailed.TOPIC}

NOTHING_SAID: Mapping[str, Review] = MappingProxyType({})


async def find_row(pool: asyncpg.Pool, run_id: UUID) -> Row | None:
    """The run's rows, whoever owns it; None if there is no such run."""
    row = await pool.fetchrow(FIND, run_id)
    return Row(*row) if row else None


class Stand(NamedTuple):
    """How far a run is, whose it is, since when its status is what it is, and how much was said of it."""

    id: UUID
    seq: int
    owner: UUID
    phase: Phase
    status: Status
    since: datetime
    healed: bool
    annotations: int = 0

    @property
    def finished(self) -> bool:
        """Whether it has its ending."""
        return self.phase == "finished"


async def find_stand(pool: asyncpg.Pool, run_id: UUID) -> Stand | None:
    """How far the run is; None if there is no such run."""
    return (await find_stands(pool, [run_id])).get(run_id)


async def find_stands(pool: asyncpg.Pool, runs: Iterable[UUID]) -> dict[UUID, Stand]:
    """How far each of the runs is; those that are not there are left out."""
    stands = {row["id"]: Stand(*row) for row in await pool.fetch(STANDS, list(runs))}
    said = {stream_of(run): run for run, stand in stands.items() if stand.healed}
    # Later than the above, and nothing that was said is taken back: never less than when the run stood so.
    for stream, seq in await pool.fetch(SAID, list(said)) if said else ():
        stands[said[stream]] = stands[said[stream]]._replace(annotations=seq)
    return stands


async def heard_of(pool: asyncpg.Pool, stand: Stand) -> Stand:
    """The same stand of a run that has ended, with as much as was said of it by now: nothing else can change."""
    said = (await pool.fetch(SAID, [stream_of(stand.id)])) if stand.healed else []
    return stand._replace(annotations=said[0]["max"]) if said else stand


def stand_of(row: Row, said: Annotations) -> Stand:
    """How far the run of these rows is, and what was said of it."""
    summary = _summary.decode(row.summary)
    since, healed = summary.finished_at or row.started_at, summary.healed_steps > 0
    return Stand(row.id, row.seq, row.owner, summary.phase, summary.status, since, healed, said.seq)


async def find_head(pool: asyncpg.Pool, run_id: UUID) -> tuple[Run, Summary, bytes] | None:
    """What the next append needs: the rules' state, the summary, the newest hash. None without such a run."""
    row = await pool.fetchrow("select state, summary, hash from runs where id = $1", run_id)
    return (_run.decode(row["state"]), _summary.decode(row["summary"]), row["hash"]) if row else None


def listed(row: Row, reviews: Mapping[str, Review] = NOTHING_SAID) -> dict[str, Any]:
    """The record without accessibility trees and events, ready to be encoded as JSON."""
    about = msgspec.json.decode(row.about)
    return _wire(row, about, _summary.decode(row.summary)) | {"steps": _shown(row, Past(), reviews)}


class Past(Struct, frozen=True):
    """What a record shows of the events up to ``seq``: they themselves, and the trees of steps by their seq."""

    seq: int = 0
    told: bytes = b""
    trees: dict[int, Raw] = {}

    @property
    def size(self) -> int:
        """About how many bytes it takes."""
        return len(self.told) + sum(len(bytes(tree)) for tree in self.trees.values())

    async def up_to(self, log: EventLog, row: Row) -> Past:
        """The same with the events since; only these are read."""
        events = await read_on(log, row.id, after=self.seq, up_to=row.seq)
        return self.and_then(events, assisted=is_assisted(row)) if events else self

    def and_then(self, events: Sequence[Stored], *, assisted: bool) -> Past:
        """The same with these events."""
        more = told(events) if assisted else b""
        both = b",".join(part for part in (self.told, more) if part)
        return Past(events[-1].seq, both, self.trees | _trees(events))


def is_assisted(row: Row) -> bool:
    """Whether the record shows the run's events."""
    return "assisted" in _about.decode(row.about)


def needs_past(row: Row) -> bool:
    """Whether the record shows anything that only the log holds."""
    return is_assisted(row) or any(step.a11y_seq for step in _steps.decode(row.steps))


def is_healed(row: Row) -> bool:
    """Whether anybody can have said anything of the run."""
    return _summary.decode(row.summary).healed_steps > 0


def current(row: Row, past: Past, reviews: Mapping[str, Review] = NOTHING_SAID) -> dict[str, Any]:
    """The whole record as it is now, ready to be encoded as JSON; ``reviews`` are those of its heals."""
    return listed(row) | {"steps": _shown(row, past, reviews), "events": Raw(b"[" + past.told + b"]")}


def as_of(events: Sequence[Stored]) -> dict[str, Any]:
    """The whole record as it was after these events, the first of which started the run."""
    record = fold(map(decode, events))
    past = Past().and_then(events, assisted="assisted" in record.about)
    steps = [record.steps[index] for index in sorted(record.steps)]
    shown = _wire(record, record.about, record.summary)
    return shown | {"steps": _told_steps(steps, past, NOTHING_SAID), "events": Raw(b"[" + past.told + b"]")}


async def read_all(log: EventLog, run_id: UUID, *, up_to: int, page: int = PAGE) -> list[Stored]:
    """The first ``up_to`` events of the run."""
    return await read_on(log, run_id, after=0, up_to=up_to, page=page)


async def read_on(log: EventLog, run_id: UUID, *, after: int, up_to: int, page: int = PAGE) -> list[Stored]:
    """The events of the run behind ``after``, up to ``up_to``."""
    events: list[Stored] = []
    while after < up_to:
        more = await log.read(run_id, after=after, limit=min(page, up_to - after))
        if not more:
            break
        events += more
        after = more[-1].seq
    return events


def told(events: Sequence[Stored]) -> bytes:
    """Those events that have a wire form, as the record's ``events`` tell them, between commas."""
    named = ((stored, timeline.WIRE.get(stored.topic)) for stored in events)
    return ",".join(f"{{{timeline.told(stored, name)}}}" for stored, name in named if name).encode()


class _Snapshot(Struct):
    a11y: Raw = Raw(b"")


_snapshot = msgspec.json.Decoder(_Snapshot)


def _trees(events: Sequence[Stored]) -> dict[int, Raw]:
    steps = ((e.seq, _snapshot.decode(e.data)) for e in events if e.topic in _STEPS and e.data)
    return {seq: step.a11y for seq, step in steps if bytes(step.a11y) not in {b"", b"null"}}


def _shown(row: Row, past: Past, reviews: Mapping[str, Review]) -> Raw | list[Json]:
    if not past.trees and not reviews:
        return Raw(row.steps.encode())
    return _told_steps(_steps.decode(row.steps), past, reviews)


def _told_steps(steps: Sequence[StepRecord], past: Past, reviews: Mapping[str, Review]) -> list[Json]:
    shown = []
    for step in steps:
        tree, said = past.trees.get(step.a11y_seq or 0), reviews.get(step.heal_id or "")
        more = ({"a11y": tree} if tree else {}) | ({"review": review(said)} if said else {})
        shown.append(msgspec.to_builtins(step) | more)
    return shown


def review(said: Review) -> Json:
    """A person's word on a heal, as it is shown."""
    return {"verdict": said.verdict, "by": said.by, "at": rfc3339(said.at)} | (
        {"note": said.note} if said.note else {}
    )


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
