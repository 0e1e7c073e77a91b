"""Every fact that can be said of a run; nothing happens to a run that is not in this list.

A fact is past tense, frozen and plain: its fields are JSON values, because the log gives back what JSON can hold
and nothing else. A ``TOPIC`` is a promise: it names the fact in the log for ever, wherever its class lives. The
fields are written to the log under their camelCase names, in the order in which they stand here; step facts begin
with ``index`` so that a frame can be made from the stored bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias, get_args

from eventsourcing.domain import DomainEvent

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class RunEvent(DomainEvent):
    """Something that happened to the run ``originator_id``, as its event number ``originator_version``.

    ``timestamp`` is UTC, cut to milliseconds, and never earlier than that of the event before. ``actor`` says
    who brought it about: ``user:<id>``, ``worker:<id>`` or ``system``.
    """

    TOPIC: ClassVar[str]
    STORED_WHOLE: ClassVar[bool] = False  # refused rather than shortened when it is too large

    actor: str


# ---- a run's life


@dataclass(frozen=True)
class RunStarted(RunEvent):
    """Someone asked for a flow: from now on the run exists and waits for a driver.

    ``flow`` is the wire form of ``ghostly.domain.flow.Flow`` with every typed literal replaced by ``$input:<n>``;
    ``request`` is what the caller wants to find again in the record (tags, metadata, context id, trigger ...).
    """

    TOPIC = "run-started"
    STORED_WHOLE = True
    class_version = 2

    owner: str
    project: str
    flow: Json
    request: Json

    @staticmethod
    def upcast_v1_v2(state: Json) -> None:
        """Version 1 (the prototype's histories) kept tags and context id beside the flow, not in ``request``."""
        old = {"contextId": state.pop("context_id", None), "tags": state.pop("tags", None)}
        state["request"] = {name: value for name, value in old.items() if value is not None}


@dataclass(frozen=True)
class DriverAssigned(RunEvent):
    """This worker drives the run from now on, and only its reports count."""

    TOPIC = "driver-assigned"

    worker: str


@dataclass(frozen=True)
class DriverReleased(RunEvent):
    """Nobody drives the run for now, on purpose; someone may take it from ``due_at`` (RFC 3339) on."""

    TOPIC = "driver-released"

    reason: str
    due_at: str


@dataclass(frozen=True)
class CancellationRequested(RunEvent):
    """Someone asked the run to stop; from now on it can only end cancelled."""

    TOPIC = "cancellation-requested"

    by: str
    reason: str | None = None


@dataclass(frozen=True)
class RunEnded(RunEvent):
    """What every ending says; a run has exactly one, and it is its last event.

    ``artifacts`` describes the files that are made of a whole run, its video and its trace: path, SHA-256, size
    and content type of each.
    """

    ok: bool
    status: str
    duration_ms: int
    total_steps: int
    failed_steps: int
    cancelled: bool
    stop_reason: str | None = None
    verdict: str | None = None
    verdict_reason: str | None = None
    verdict_source: str | None = None
    verdict_evidence: list[int] | None = None
    error: str | None = None
    video_path: str | None = None
    trace_path: str | None = None
    artifacts: list[Json] | None = None
    judge_invocations: int | None = None


@dataclass(frozen=True)
class RunPassed(RunEnded):
    """The flow reached its end."""

    TOPIC = "run-passed"


@dataclass(frozen=True)
class RunFailed(RunEnded):
    """The flow ended before its end; ``error`` says why in one sentence."""

    TOPIC = "run-failed"


@dataclass(frozen=True)
class RunCancelled(RunEnded):
    """The run stopped because ``by`` asked; ``stale_after_restart`` if nobody was left to stop it."""

    TOPIC = "run-cancelled"

    by: str = ""
    source: str = "user"
    stale_after_restart: bool | None = None


@dataclass(frozen=True)
class RunAbandoned(RunEnded):
    """Its driver was gone, and the record was closed later by the system."""

    TOPIC = "run-abandoned"

    source: str = "system"
    stale_after_restart: bool | None = None


# ---- its steps


@dataclass(frozen=True)
class StepEvent(RunEvent):
    """Something that happened at step ``index``, counted from zero."""

    index: int


@dataclass(frozen=True)
class StepStarted(StepEvent):
    """The step is about to be carried out; what it types is shown only if it is no secret.

    ``instead_of`` is the selector that it was given, here and in other facts, if a person approved another one.
    """

    TOPIC = "step-started"

    step: Json
    instead_of: str | None = None


@dataclass(frozen=True)
class StepPassed(StepEvent):
    """The page did what the step asked, in ``duration_ms`` of the driver's monotonic clock.

    ``fingerprint`` is how its element looked just before: a ``ghostly.domain.observation.Control``. ``heal_id`` is
    the heal that made it pass, if one did.
    """

    TOPIC = "step-passed"

    step: Json
    duration_ms: int
    note: str | None = None
    screenshot_path: str | None = None
    a11y: str | None = None
    artifacts: list[Json] | None = None
    healed: bool | None = None
    fingerprint: Json | None = None
    heal_id: str | None = None
    instead_of: str | None = None


@dataclass(frozen=True)
class StepFailed(StepEvent):
    """The page did not do what the step asked; ``final`` if the run ends of it."""

    TOPIC = "step-failed"

    step: Json
    duration_ms: int
    error: str
    final: bool | None = None
    note: str | None = None
    screenshot_path: str | None = None
    a11y: str | None = None
    artifacts: list[Json] | None = None
    instead_of: str | None = None


@dataclass(frozen=True)
class StepGivenUp(StepEvent):
    """Nothing more was tried for the step that had failed, and the run ends of that: its failure was ``final``."""

    TOPIC = "step-given-up"

    step: Json
    error: str
    final: bool


@dataclass(frozen=True)
class HealingStarted(StepEvent):
    """A repair of the failed step begins: attempt ``attempt`` of ``max_attempts``."""

    TOPIC = "healing-started"

    attempt: int
    max_attempts: int
    node_count: int


@dataclass(frozen=True)
class HealingAttempted(StepEvent):
    """This step was tried in place of the failed one, because of ``rationale``; ``heal_id`` names this heal alone.

    ``usage`` is what asking a model cost, here and in other facts: role, model, prompt version, tokens, time.
    """

    TOPIC = "healing-attempted"

    heal_id: str
    step: Json
    rationale: str
    score: float | None = None
    runner_up: Json | None = None
    usage: Json | None = None


@dataclass(frozen=True)
class HealingSucceeded(StepEvent):
    """The repaired step did what the failed one asked."""

    TOPIC = "healing-succeeded"

    step: Json


@dataclass(frozen=True)
class HealingFailed(StepEvent):
    """The step could not be repaired."""

    TOPIC = "healing-failed"

    error: str | None = None
    reason: str | None = None
    usage: Json | None = None


# ---- its assistance


@dataclass(frozen=True)
class PageSurveyed(RunEvent):
    """The observer looked at the page before anything was planned."""

    TOPIC = "page-surveyed"

    url: str
    title: str
    node_count: int
    tree_markdown: str


@dataclass(frozen=True)
class StepsPlanned(RunEvent):
    """These steps are next; ``source`` is ``input``, ``memory``, ``strategist`` or ``replan``.

    ``victory`` is the condition that the goal itself implies, if it does and none was given.
    """

    TOPIC = "steps-planned"

    steps: list[Json]
    source: str
    has_more: bool
    horizon: int | None = None
    replanned_from_error: str | None = None
    victory: Json | None = None
    usage: Json | None = None


@dataclass(frozen=True)
class LoopStateReached(RunEvent):
    """The pursuit of the goal entered ``state``, for the reasons in ``details``."""

    TOPIC = "loop-state-reached"

    state: str
    reason: str | None = None
    details: Json | None = None


@dataclass(frozen=True)
class HorizonStarted(RunEvent):
    """Horizon ``horizon`` (from 1) began with ``pending_steps`` steps to do."""

    TOPIC = "horizon-started"

    horizon: int
    pending_steps: int
    has_more: bool | None = None


@dataclass(frozen=True)
class HorizonEnded(RunEvent):
    """Horizon ``horizon`` ended with ``pending_steps`` steps not done."""

    TOPIC = "horizon-ended"

    horizon: int
    pending_steps: int
    has_more: bool | None = None


@dataclass(frozen=True)
class VictoryChecked(RunEvent):
    """The victory condition was looked at: ``checks`` lists each part and whether it held."""

    TOPIC = "victory-checked"

    horizon: int
    configured: bool
    met: bool
    checks: list[Json]
    immediate: bool | None = None


@dataclass(frozen=True)
class MemoryRecalled(RunEvent):
    """Earlier, confirmed steps for this goal were found.

    ``repairs`` are the heals in them: pairs of the selector that was lost and the one that took its place.
    """

    TOPIC = "memory-recalled"

    horizon: int
    candidates: int
    source: str
    repairs: list[list[str]] | None = None


@dataclass(frozen=True)
class MemoryMissed(RunEvent):
    """Nothing was remembered for this goal."""

    TOPIC = "memory-missed"

    horizon: int


@dataclass(frozen=True)
class VerdictGiven(RunEvent):
    """The judge classified a grey case, citing the events ``evidence_seqs``."""

    TOPIC = "verdict-given"

    reason: str
    verdict: str
    confidence: str
    reasoning: str
    evidence: list[str]
    evidence_seqs: list[int]
    summary: str | None = None
    hint: str | None = None
    usage: Json | None = None


# ---- what this program does not know yet


@dataclass(frozen=True)
class UnknownFact(RunEvent):
    """A newer program wrote this; folds pass it on. ``topic`` is its stored name, ``data`` its payload."""

    TOPIC = "unknown-fact"

    topic: str
    data: Json


Ending: TypeAlias = RunPassed | RunFailed | RunCancelled | RunAbandoned

Life: TypeAlias = RunStarted | DriverAssigned | DriverReleased | CancellationRequested

StepFact: TypeAlias = (
    StepStarted
    | StepPassed
    | StepFailed
    | StepGivenUp
    | HealingStarted
    | HealingAttempted
    | HealingSucceeded
    | HealingFailed
)

AssistFact: TypeAlias = (
    PageSurveyed
    | StepsPlanned
    | LoopStateReached
    | HorizonStarted
    | HorizonEnded
    | VictoryChecked
    | MemoryRecalled
    | MemoryMissed
    | VerdictGiven
)

Report: TypeAlias = StepFact | AssistFact
"""What a driver may say of its run while it drives."""

Event: TypeAlias = Life | StepFact | AssistFact | Ending | UnknownFact

FACTS: tuple[type[RunEvent], ...] = (
    *get_args(Life),
    *get_args(StepFact),
    *get_args(AssistFact),
    *get_args(Ending),
)
"""Every class that this program writes, in the order of the language."""

TOPICS: dict[str, type[RunEvent]] = {fact.TOPIC: fact for fact in FACTS}
ENDINGS: frozenset[str] = frozenset(fact.TOPIC for fact in get_args(Ending))
"""The topics after which a run has no further event."""
