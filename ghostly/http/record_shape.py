"""The record as it goes over the wire: the shape of what ``run_view`` tells."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from ghostly.domain.annotations import Verdict as Opinion
from ghostly.domain.verdict import Phase, Status, StopReason, Verdict, VerdictSource
from ghostly.http.openapi import Time
from ghostly.http.run_request import Assisted
from ghostly.projections import timeline
from ghostly.projections.run_record import StepRecord

EventType: TypeAlias = Annotated[
    str,
    Meta(description="which kind of event", extra_json_schema={"enum": sorted(set(timeline.WIRE.values()))}),
]


class StepReview(Struct, frozen=True, omit_defaults=True):
    """The last word on a heal: whether it was right, which user says so, when, and perhaps why."""

    verdict: Opinion
    by: UUID
    at: Time
    note: str | UnsetType = UNSET


class RecordStep(StepRecord, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """A step that has an outcome. Its screenshot is fetched from `/artifacts/`; `healId` leads to its heal."""

    a11y: str | None = None
    review: StepReview | None = None


class RecordEvent(Struct, frozen=True, rename="camel"):
    """Something that happened to the run. `stepIndex` is there for types that begin with `step_` or `heal_`."""

    seq: int
    type: EventType
    at: Time
    payload: dict[str, Any]
    step_index: int | UnsetType = UNSET


class CancelledBy(Struct, frozen=True, omit_defaults=True):
    """Who cancelled the run, when, and whether its driver was dead already."""

    by: str
    at: Time
    stale: bool | UnsetType = UNSET


class Record(Struct, frozen=True, kw_only=True, rename="camel"):
    """How a run stands. What has no value is absent; lists and summaries have neither `events` nor `a11y`."""

    id: UUID
    status: Annotated[Status, Meta(description="`running` until the run has ended")]
    phase: Annotated[Phase, Meta(description="finer than the status")]
    finished: bool
    seq: Annotated[int, Meta(description="the last event that this record has seen")]
    started_at: Annotated[Time, Meta(description="when the run was registered")]
    finished_at: Time | UnsetType = UNSET
    cancel_requested_at: Time | UnsetType = UNSET
    duration_ms: Annotated[int, Meta(description="0 while running")]
    queue_position: (
        Annotated[int, Meta(description="1 is the next for a worker that has all its labels; only while queued")]
        | UnsetType
    ) = UNSET
    base_url: str
    project: UUID
    project_slug: str | UnsetType = UNSET
    context_id: str | UnsetType = UNSET
    batch_id: str | UnsetType = UNSET
    tags: list[str] | UnsetType = UNSET
    labels: list[str] | UnsetType = UNSET
    metadata: dict[str, Any] | UnsetType = UNSET
    trigger: str | UnsetType = UNSET
    artifacts_dir: str | UnsetType = UNSET
    assisted: Assisted | UnsetType = UNSET
    steps: list[RecordStep]
    healed_steps: int
    video_path: str | UnsetType = UNSET
    trace_path: str | UnsetType = UNSET
    verdict: Verdict | UnsetType = UNSET
    verdict_reason: str | UnsetType = UNSET
    verdict_source: VerdictSource | UnsetType = UNSET
    verdict_evidence: Annotated[list[int], Meta(description="the events that it rests on")] | UnsetType = UNSET
    stop_reason: StopReason | UnsetType = UNSET
    error: Annotated[str, Meta(description="the failure in one sentence")] | UnsetType = UNSET
    cancelled: CancelledBy | UnsetType = UNSET
    events: list[RecordEvent] | UnsetType = UNSET


class RunPage(Struct, frozen=True, rename="camel"):
    """Some runs, and where there are more; null at the end."""

    items: list[Record]
    next_cursor: str | None
