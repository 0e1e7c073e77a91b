"""How pursuits end: every verdict, with the sentence for people and the events that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from ghostly.assist.brain import Ruling
from ghostly.assist.case import Case, told_error
from ghostly.assist.means import Checked, Means
from ghostly.assist.victory import shows, stood_alone, what_was_typed
from ghostly.browser.failures import Departed, StepError
from ghostly.domain.events import Json, VerdictGiven
from ghostly.domain.observation import Observation
from ghostly.domain.pursuit import Victory
from ghostly.domain.redaction import MASK, secret_name
from ghostly.domain.steps import AnyStep, Fill
from ghostly.domain.verdict import Outcome, StopReason, Verdict, environment_failed

_REASONS: dict[str, StopReason] = {
    "healing-exhausted": "healing-exhausted",
    "stalled": "stalled",
    "budget-exhausted": "budget-exhausted",
    "no-victory-condition": "no-victory-condition",
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
    """Load the page anew, or end there and then: what cannot be loaded again did not last."""
    try:
        await means.reload()
    except StepError as error:
        raise Ended(app_bug(case, f"the page could not be loaded again: {error}")) from error


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
    typed = what_was_typed(done.step for done in case.done if done.error is None)
    if reloaded and typed and shows(seen, typed) == list(typed):
        return replace(
            victory(case, lasting=True),
            verdict_reason="The goal was reached: what was entered is still there after the page was loaded anew.",
        )
    if reloaded and any(entry in text for text in typed for entry in wanted.text_includes):
        return app_bug(case, "what was entered was gone after the page was loaded anew")
    if reloaded and any(stood_alone(text, case.seen, seen) for text in typed):
        return app_bug(case, "what was entered was shown, and was gone after the page was loaded anew")
    if seen.blocking is not None:
        return app_bug(case, told_error(seen.blocking))
    said = "The page showed that the goal was reached, but nothing proves that it lasted."
    return _failed("inconclusive", "victory", said, case.looks)


def unproved(case: Case) -> Outcome:
    """What was spent was not enough, and nothing was proved."""
    said = "What may be spent on the goal was used up before anything was proved."
    return _failed("inconclusive", "budget-exhausted", said, (case.last_seq,))


async def ruled(
    ruling: Ruling, case: Case, means: Means, *, reason: str, checks: Sequence[Checked]
) -> Outcome | None:
    """What the judge's word comes to: checks that failed stand above it. None if it says to go on."""
    fair = _overruled(ruling, checks)
    seqs = [seq for seq in fair.evidence_seqs if seq > 0] or [case.last_seq]
    seq = await means.tell(
        VerdictGiven,
        reason=reason,
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
        stop_reason=_REASONS[reason],
        error=None if fair.verdict == "success" else fair.reasoning,
        verdict=fair.verdict,
        verdict_reason=fair.reasoning,
        verdict_source="judge",
        evidence=(*seqs, seq),
    )


def _overruled(ruling: Ruling, checks: Sequence[Checked]) -> Ruling:
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
