"""Where pursuits end: by what cannot be shown, by an application that is broken, by a judge's word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from ghostly.assist.brain import Ruling
from ghostly.assist.means import Checked, Means
from ghostly.assist.pursuit.case import Case, told_error
from ghostly.assist.pursuit.outcomes import app_bug, failed
from ghostly.browser.failures import Departed, StepError, TargetUnreachable
from ghostly.domain.events import Json, VerdictGiven
from ghostly.domain.observation import Observation
from ghostly.domain.redaction import MASK, secret_name
from ghostly.domain.steps import AnyStep, Fill
from ghostly.domain.verdict import Outcome, StopReason, environment_failed

Trigger = Literal["healing-exhausted", "stalled", "budget-exhausted", "victory-candidate"]
"""Why a judge is asked."""

_STOPS: dict[Trigger, StopReason] = {
    "healing-exhausted": "healing-exhausted",
    "stalled": "stalled",
    "budget-exhausted": "budget-exhausted",
    "victory-candidate": "no-victory-condition",
}


class Ended(Exception):
    """The pursuit has come to its end, with this outcome."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.stop_reason)
        self.outcome = outcome


def wire(step: AnyStep) -> Json:
    """The step as a plan shows it: what will be typed is no fact before it was typed."""
    shown: Json = msgspec.to_builtins(step)
    if isinstance(step, Fill) and secret_name(step.value) is None:
        shown["value"] = MASK
    return shown


def counted(outcome: Outcome, judged: int) -> Outcome:
    """The same, with how often the judge was asked."""
    return replace(outcome, judge_invocations=judged or None)


async def opened(means: Means) -> None:
    """Open the base URL, or end there and then."""
    try:
        await means.open()
    except Departed as error:
        said = f"The base URL is not that of the application, or its origin must be allowed too: {error}"
        raise Ended(failed("fail-test-broken", "target-unreachable", said, ())) from error
    except StepError as error:
        raise Ended(environment_failed(str(error), "target-unreachable")) from error


async def reloaded(case: Case, means: Means) -> None:
    """Load the page anew, or end there and then: what cannot be loaded again proves nothing."""
    try:
        await means.reload()
    except TargetUnreachable as error:
        raise Ended(environment_failed(str(error), "target-unreachable")) from error
    except StepError as error:
        said = f"The page showed that the goal was reached, but it could not be loaded again: {error}"
        raise Ended(failed("inconclusive", "victory", said, case.looks)) from error


def stop_if_broken(case: Case, seen: Observation) -> None:
    """An answer of 5xx ends it, whatever the page shows beside it."""
    if seen.broken is not None:
        raise Ended(app_bug(case, told_error(seen.broken)))


def stop_if_crashed(case: Case) -> None:
    """A page that threw, and caught it only to say that it is sorry, ends it where nothing was reached."""
    if case.crash is not None:
        raise Ended(app_bug(case, case.crash))


async def ruled(
    ruling: Ruling, case: Case, means: Means, *, trigger: Trigger, checks: Sequence[Checked], may_continue: bool
) -> Outcome | None:
    """What the judge's word comes to: checks that failed stand above it. None if it says to go on, and may."""
    fair = _overruled(ruling, case, checks, may_continue=may_continue)
    seqs = [seq for seq in fair.evidence_seqs if seq > 0] or [case.last_seq]
    seq = await means.tell(
        VerdictGiven,
        reason=trigger,
        verdict=fair.verdict or "continue",
        confidence=fair.confidence,
        reasoning=fair.reasoning,
        evidence=list(fair.evidence),
        evidence_seqs=seqs,
        summary=fair.summary,
        hint=fair.hint,
        usage=fair.usage,
    )
    if fair.verdict is None:
        return None
    return Outcome(
        ok=fair.verdict == "success",
        stop_reason=_STOPS[trigger],
        error=None if fair.verdict == "success" else fair.reasoning,
        verdict=fair.verdict,
        verdict_reason=fair.reasoning,
        verdict_source="judge",
        evidence=(*seqs, seq),
    )


def _overruled(ruling: Ruling, case: Case, checks: Sequence[Checked], *, may_continue: bool) -> Ruling:
    if ruling.verdict is None and not may_continue:
        said = "Nothing more may be tried, and nothing was proved."
        return replace(ruling, verdict="inconclusive", reasoning=f"{said} The judge said: {ruling.reasoning}")
    if ruling.verdict != "success":
        return ruling
    if ruling.evidence_seqs and case.had_effect and all(check.passed for check in checks):
        return ruling
    said = "The judge took this for a success, but the checks or the evidence do not bear it out."
    return replace(ruling, verdict="inconclusive", reasoning=f"{said} It said: {ruling.reasoning}")
