"""How pursuits end: every verdict, with the sentence for people and the events that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from ghostly.assist.brain import Ruling
from ghostly.assist.case import Case, told_error
from ghostly.assist.means import Checked, Means
from ghostly.assist.offline.refusing import turned_down
from ghostly.assist.victory import shows, stood_alone, what_was_typed
from ghostly.browser.failures import Departed, StepError, TargetUnreachable
from ghostly.domain.events import Json, VerdictGiven
from ghostly.domain.observation import Observation
from ghostly.domain.pursuit import Victory
from ghostly.domain.redaction import MASK, secret_name
from ghostly.domain.steps import AnyStep, Fill
from ghostly.domain.verdict import Outcome, StopReason, Verdict, environment_failed

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
        raise Ended(_failed("fail-test-broken", "target-unreachable", said, ())) from error
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
        raise Ended(_failed("inconclusive", "victory", said, case.looks)) from error


def stop_if_broken(case: Case, seen: Observation) -> None:
    """An answer of 5xx ends it, whatever the page shows beside it."""
    if seen.broken is not None:
        raise Ended(app_bug(case, told_error(seen.broken)))


def victory(case: Case, *, lasting: bool) -> Outcome:
    """The goal was reached, and the page proved it twice."""
    again = "also after it was loaded anew" if lasting else "twice"
    return Outcome(
        ok=True,
        stop_reason="victory",
        verdict="success",
        verdict_reason=f"The goal was reached: the page shows what was to be seen, {again}.",
        verdict_source="check",
        evidence=case.looks,
    )


def app_bug(case: Case, what: str) -> Outcome:
    """The application is broken, and the page proved it."""
    return _failed("fail-app-bug", "blocked-by-app-error", f"The application failed: {what}", (case.last_seq,))


def not_understood(case: Case, sentence: str) -> Outcome:
    """The goal says something that nobody here understands."""
    said = (
        f"This part of the goal was not understood: '{sentence}'. Say it as an instruction, such as: click 'Save'."
    )
    return _failed("fail-test-broken", "stalled", said, (case.last_seq,))


def vanished(case: Case, wanted: Victory, seen: Observation, *, reloaded: bool) -> Outcome:
    """What proved the victory is not there any more: a message that went by, or data that was never saved."""
    typed = _typed(case)
    if reloaded and kept(case, seen):
        return replace(
            victory(case, lasting=True),
            verdict_reason="The goal was reached: what was entered is still there after the page was loaded anew.",
        )
    entries = [entry for entry in wanted.text_includes if any(entry in text for text in typed)]
    if reloaded and entries and not turned_down(case.seen, entries):
        return app_bug(case, "what was entered was gone after the page was loaded anew")
    if reloaded and any(stood_alone(text, case.seen, seen) for text in typed):
        return app_bug(case, "what was entered was shown, and was gone after the page was loaded anew")
    if seen.blocking is not None:
        return app_bug(case, told_error(seen.blocking))
    said = "The page showed that the goal was reached, but nothing proves that it lasted."
    return _failed("inconclusive", "victory", said, case.looks)


def came_back(case: Case, *, deleted: bool) -> Outcome:
    """What was not to be seen any more is there again after a reload; only what was deleted must not be."""
    if deleted:
        return app_bug(case, "what was deleted was there again after the page was loaded anew")
    said = "What was not to be seen any more was there again after the page was loaded anew."
    return _failed("inconclusive", "victory", said, case.looks)


def idle(case: Case) -> Outcome:
    """What was to be seen was there from the beginning, and nothing shows that the steps had an effect."""
    said = "What was to be seen was there before anything was done, and nothing on the page changed since."
    return _failed("inconclusive", "stalled", said, case.looks)


def kept(case: Case, seen: Observation) -> bool:
    """Whether all that was typed is to be seen on the page that was loaded anew."""
    typed = _typed(case)
    return bool(typed) and shows(seen, typed) == list(typed)


async def ruled(
    ruling: Ruling, case: Case, means: Means, *, trigger: Trigger, checks: Sequence[Checked], may_continue: bool
) -> Outcome | None:
    """What the judge's word comes to: checks that failed stand above it. None if it says to go on, and may."""
    fair = _overruled(ruling, checks, may_continue=may_continue)
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


def _typed(case: Case) -> tuple[str, ...]:
    return what_was_typed(done.step for done in case.done if done.error is None)


def _overruled(ruling: Ruling, checks: Sequence[Checked], *, may_continue: bool) -> Ruling:
    if ruling.verdict is None and not may_continue:
        said = "Nothing more may be tried, and nothing was proved."
        return replace(ruling, verdict="inconclusive", reasoning=f"{said} The judge said: {ruling.reasoning}")
    if ruling.verdict != "success" or (ruling.evidence_seqs and all(check.passed for check in checks)):
        return ruling
    said = "The judge took this for a success, but the checks or the evidence do not bear it out."
    return replace(ruling, verdict="inconclusive", reasoning=f"{said} It said: {ruling.reasoning}")


def _failed(verdict: Verdict, reason: StopReason, said: str, evidence: tuple[int, ...]) -> Outcome:
    return Outcome(
        ok=False,
        stop_reason=reason,
        error=said,
        verdict=verdict,
        verdict_reason=said,
        verdict_source="check",
        evidence=evidence,
    )
