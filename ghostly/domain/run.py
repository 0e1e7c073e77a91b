"""The rules of a run: who may say what about it, and when. Decisions refuse, stay quiet, or say what happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, assert_never
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from ghostly.domain import events as ev
from ghostly.domain.errors import AlreadyDriven, NotItsDriver, RunAlreadyFinished
from ghostly.domain.events import Event, Json, Report, RunEvent
from ghostly.domain.verdict import Outcome, Phase, abandoned

SYSTEM = "system"
WAITING = "waiting"


class Said(NamedTuple):
    """A fact about to be told, before the run gives it its place and time."""

    fact: type[RunEvent]
    fields: dict[str, Any]


def say(fact: type[Report], **fields: Any) -> Said:
    """What a driver has to report: ``say(StepStarted, index=0, step={...})``."""
    return Said(fact, fields)


def user(name: str) -> str:
    """The actor that a user is."""
    return f"user:{name}"


class Run(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the rules need to know of one run; everything else is in its events."""

    id: UUID
    seq: int
    at: datetime
    started_at: datetime
    driver: str | None = None
    parked: bool = False
    cancel_by: str | None = None
    steps: int = 0
    failed: int = 0
    last_outcome: int = 0
    finished: bool = False
    stale: bool = False

    @property
    def phase(self) -> Phase:
        """Where it is in its life; ``finished`` exactly when it has an ending."""
        if self.finished:
            return "finished"
        if self.cancel_by is not None:
            return "cancelling"
        if self.driver is not None:
            return "running"
        return "waiting" if self.parked else "queued"

    # ---- who drives

    def assign(self, at: datetime, *, worker: str) -> list[Event]:
        """This worker drives from now on. Refused if finished or another drives; quiet if it does already."""
        self._must_go_on()
        if self.driver == worker:
            return []
        if self.driver is not None:
            raise AlreadyDriven(f"run {self.id} is driven by {self.driver}")
        return _tell(self, at, _driver(worker), Said(ev.DriverAssigned, {"worker": worker}))

    def release(self, at: datetime, *, worker: str, reason: str, due_at: str) -> list[Event]:
        """Its driver lets go on purpose; if someone asked it to stop, that is its end. Quiet if nobody drives.

        Refused to anyone else and after the end.
        """
        self._must_go_on()
        if self.driver is None:
            return []
        self._only_for(worker)
        if self.cancel_by is not None:
            return _end(self, at, _driver(worker), abandoned("cancelled"))
        return _tell(self, at, _driver(worker), Said(ev.DriverReleased, {"reason": reason, "due_at": due_at}))

    # ---- what its driver says

    def report(self, at: datetime, *, worker: str, facts: Sequence[Said]) -> list[Event]:
        """Its driver tells what happened. Refused to anyone else and after the end; quiet without facts."""
        self._must_go_on()
        self._only_for(worker)
        return _tell(self, at, _driver(worker), *facts)

    def finish(self, at: datetime, *, worker: str, outcome: Outcome) -> list[Event]:
        """Its driver tells how it ended; cancelled, whatever the driver found, if someone asked before.

        Refused to anyone else; quiet when it is finished already.
        """
        if self.finished:
            return []
        self._only_for(worker)
        return _end(self, at, _driver(worker), outcome)

    # ---- how it is stopped

    def request_cancellation(self, at: datetime, *, by: str, reason: str | None = None) -> list[Event]:
        """Someone asks it to stop; with nobody driving it ends at once. Refused when finished; quiet if asked."""
        self._must_go_on()
        if self.cancel_by is not None:
            return []
        asked = _tell(self, at, user(by), Said(ev.CancellationRequested, {"by": by, "reason": reason}))
        return asked if self.driver else asked + _end(fold(self, asked), at, user(by), abandoned("cancelled"))

    def stop(self, at: datetime, *, driver_was: str, reason: str, stale: bool) -> list[Event]:
        """End it without its driver's word: cancelled if someone asked, else abandoned for ``reason``.

        ``stale`` if the driver was found dead. Refused if somebody else drives by now; quiet when finished.
        """
        if self.finished:
            return []
        self._only_for(driver_was)
        return _end(self, at, SYSTEM, abandoned(reason), ev.RunAbandoned, stale=stale)

    def cancel_orphaned(self, at: datetime, *, driver_was: str, by: str, reason: str | None = None) -> list[Event]:
        """Someone asks it to stop whose driver is dead: it ends with the request. Refused when finished."""
        asked = self.request_cancellation(at, by=by, reason=reason)
        return asked + fold(self, asked).stop(at, driver_was=driver_was, reason="cancelled", stale=True)

    # ---- beneath

    def _must_go_on(self) -> None:
        if self.finished:
            raise RunAlreadyFinished(f"run {self.id} is finished")

    def _only_for(self, worker: str) -> None:
        if self.driver != worker:
            raise NotItsDriver(f"run {self.id} is driven by {self.driver or 'nobody'}, not by {worker}")


def start(run_id: UUID, at: datetime, *, owner: str, project: str, flow: Json, request: Json) -> list[Event]:
    """Someone asks for a flow; ``flow`` was checked and holds no literal that it types. Never refuses."""
    return [
        ev.RunStarted(
            originator_id=run_id,
            originator_version=1,
            timestamp=at,
            actor=user(owner),
            owner=owner,
            project=project,
            flow=flow,
            request=request,
        )
    ]


def fold(run: Run | None, events: Iterable[Event]) -> Run:
    """The run as it is after these events; raises ``ValueError`` when there is neither run nor event."""
    for event in events:
        run = evolve(run, event)
    if run is None:
        raise ValueError("a run begins with RunStarted")
    return run


def evolve(run: Run | None, event: Event) -> Run:
    """The run after this event. Whatever is in the log happened, so nothing is refused here."""
    at, seq = event.timestamp, event.originator_version
    if isinstance(event, ev.RunStarted):
        return Run(id=event.originator_id, seq=seq, at=at, started_at=at)
    if run is None:
        raise ValueError(f"a run begins with RunStarted, not with {type(event).__name__}")
    return replace(run, seq=seq, at=at, **_changes(run, event))


def _changes(run: Run, event: Event) -> Json:  # noqa: C901, PLR0911 - one case a fact, nothing else
    match event:
        case ev.DriverAssigned():
            return {"driver": event.worker, "parked": False}
        case ev.DriverReleased():
            return {"driver": None, "parked": event.reason == WAITING}
        case ev.CancellationRequested():
            return {"cancel_by": event.by}
        case ev.StepStarted():
            return {"steps": run.steps + 1}
        case ev.StepPassed():
            mended = 1 if event.healed else 0  # its failure was told, and is none any more
            return {"last_outcome": event.originator_version, "failed": max(0, run.failed - mended)}
        case ev.StepFailed():
            return {"last_outcome": event.originator_version, "failed": run.failed + 1}
        case ev.RunPassed() | ev.RunFailed():
            return {"finished": True, "driver": None}
        case ev.RunCancelled() | ev.RunAbandoned():
            return {"finished": True, "driver": None, "stale": bool(event.stale_after_restart)}
        case (
            ev.StepGivenUp()
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
            | ev.RunStarted()
        ):
            return {}
        case _:
            assert_never(event)


def _driver(worker: str) -> str:
    return f"worker:{worker}"


def _tell(run: Run, at: datetime, actor: str, *facts: Said) -> list[Event]:
    time = max(at, run.at)
    told: list[Any] = [
        said.fact(run.id, seq, time, actor, **said.fields) for seq, said in enumerate(facts, start=run.seq + 1)
    ]
    return told


def _end(
    run: Run,
    at: datetime,
    actor: str,
    outcome: Outcome,
    fact: type[RunEvent] | None = None,
    *,
    stale: bool = False,
) -> list[Event]:
    fields: Json = {"stale_after_restart": True} if stale else {}
    if run.cancel_by is not None:
        outcome, fact = _cut_short(outcome), ev.RunCancelled
        fields |= {"by": run.cancel_by}
    fact = fact or (ev.RunPassed if outcome.ok else ev.RunFailed)
    return _tell(run, at, actor, Said(fact, _ending(run, at, outcome) | fields))


def _ending(run: Run, at: datetime, outcome: Outcome) -> Json:
    evidence = outcome.evidence or ((run.last_outcome,) if run.last_outcome else ())
    return {
        "ok": outcome.ok,
        "status": "pass" if outcome.ok else "fail",
        "duration_ms": (max(at, run.at) - run.started_at) // timedelta(milliseconds=1),
        "total_steps": run.steps,
        "failed_steps": run.failed,
        "cancelled": run.cancel_by is not None,
        "stop_reason": outcome.stop_reason,
        "verdict": outcome.verdict,
        "verdict_reason": outcome.verdict_reason,
        "verdict_source": outcome.verdict_source,
        "verdict_evidence": list(evidence) if outcome.verdict and evidence else None,
        "error": outcome.error,
        "video_path": outcome.video_path,
        "trace_path": outcome.trace_path,
        "artifacts": list(outcome.artifacts) or None,
        "judge_invocations": outcome.judge_invocations,
    }


def _cut_short(outcome: Outcome) -> Outcome:
    """Who asked it to stop asked for no verdict; the files are there all the same."""
    files = {name: getattr(outcome, name) for name in ("video_path", "trace_path", "artifacts")}
    return Outcome(ok=False, stop_reason="cancelled", **files)
