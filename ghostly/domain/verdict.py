"""The words for how a run stands and how it ended, and who has to act on it."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

Status = Literal["running", "pass", "fail"]
"""What every client understands: ``running`` until the run has ended, also while it waits or is being stopped."""

Phase = Literal["queued", "running", "cancelling", "waiting", "finished"]
"""Finer than the status."""

Verdict = Literal[
    "success", "fail-app-bug", "fail-test-broken", "fail-agent-lost", "inconclusive-environment", "inconclusive"
]
"""Whose turn it is: nobody's, the app's developers', the test's author's, ours, operations', a person's."""

StopReason = Literal[
    "victory",
    "blocked-by-app-error",
    "healing-exhausted",
    "stalled",
    "budget-exhausted",
    "no-victory-condition",
    "target-unreachable",
    "cancelled",
    "abandoned",
    "step-failed",
]

VerdictSource = Literal["check", "judge"]


class Outcome(Struct, frozen=True, kw_only=True):
    """How a driver found its run to end; ``evidence`` are the seqs that the verdict rests on.

    ``artifacts`` describes the files that were made of the whole run; the paths are those of two of them.
    """

    ok: bool
    stop_reason: StopReason | None = None
    error: str | None = None
    verdict: Verdict | None = None
    verdict_reason: str | None = None
    verdict_source: VerdictSource | None = None
    evidence: tuple[int, ...] = ()
    video_path: str | None = None
    trace_path: str | None = None
    artifacts: tuple[dict[str, Any], ...] = ()
    judge_invocations: int | None = None


PASSED = Outcome(
    ok=True, verdict="success", verdict_reason="Every step did what it was asked.", verdict_source="check"
)


def step_failed(error: str) -> Outcome:
    """A manual run whose step failed: the steps say what happened, nobody is blamed."""
    return Outcome(ok=False, stop_reason="step-failed", error=error)


def environment_failed(error: str, stop_reason: StopReason | None = None) -> Outcome:
    """Neither the app nor the test was tried: target, network or browser never came up or went away."""
    return Outcome(
        ok=False,
        stop_reason=stop_reason,
        error=error,
        verdict="inconclusive-environment",
        verdict_reason=error,
        verdict_source="check",
    )


def abandoned(reason: str) -> Outcome:
    """Its driver was gone: nothing was proved about the app or the test."""
    return environment_failed(reason, "abandoned")
