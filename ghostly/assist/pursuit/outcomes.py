"""What pursuits come to without a judge: every verdict, with the sentence for people and what it rests on."""

from __future__ import annotations

from msgspec.structs import replace

from ghostly.assist.declining import told_no
from ghostly.assist.goals import understand
from ghostly.assist.goals.unclear import advice
from ghostly.assist.pursuit.case import Case, told_error
from ghostly.assist.pursuit.victory import differently, shows, stood_alone
from ghostly.assist.vocabulary.answers import turned_down
from ghostly.domain.observation import Observation
from ghostly.domain.pursuit import Victory
from ghostly.domain.verdict import Outcome, StopReason, Verdict

_MOST_SAID = 600
LOST = "what was entered was shown, and was gone after the page was loaded anew"


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
    return failed("fail-app-bug", "blocked-by-app-error", f"The application failed: {what}", (case.last_seq,))


def gone(case: Case, what: str) -> Outcome:
    """What was reached did not last: the application's fault, unless it asked and Ghostly told it not to do it."""
    if (no := case.declined) is not None:
        return failed("fail-agent-lost", "victory", told_no(no), (no.seq, *case.looks))
    return app_bug(case, what)


def not_understood(case: Case, sentence: str) -> Outcome:
    """The goal says something that nobody here understands."""
    said = f"This part of the goal was not understood: '{sentence}'. {advice(sentence)}{_besides(case.goal)}"
    return failed("fail-test-broken", "stalled", said, (case.last_seq,))


def _besides(goal: str) -> str:
    """The other parts that nobody understands, so that they are mended at once."""
    others = "', '".join(understand(goal).others)
    return f" Nor was: '{others}'."[:_MOST_SAID] if others else ""


def vanished(case: Case, wanted: Victory, seen: Observation, *, reloaded: bool) -> Outcome:
    """What proved the victory is not there any more: a message that went by, or data that was never saved."""
    if reloaded and _is_another(case.seen, seen):
        said = "The page showed that the goal was reached, but led to another page when it was loaded anew."
        return failed("inconclusive", "victory", said, case.looks)
    if reloaded and (lost := _lost(case, wanted, seen)) is not None:
        return gone(case, lost)
    if seen.blocking is not None:
        return app_bug(case, told_error(seen.blocking))
    if reloaded and not contradicted(wanted, seen) and (proof := _proof(case, seen)) is not None:
        return replace(victory(case, lasting=True), verdict_reason=f"The goal was reached: {proof}.")
    return failed("inconclusive", "victory", _unproved(wanted, reloaded=reloaded), case.looks)


def _proof(case: Case, seen: Observation) -> str | None:
    if case.typed_stays(seen):
        return "what was entered is still there after the page was loaded anew"
    what = case.stayed(seen)
    return what and f"{what} is there also after the page was loaded anew"


def _unproved(wanted: Victory, *, reloaded: bool) -> str:
    what = f"'{wanted.text_includes[0]}'" if len(wanted.text_includes) == 1 else "what was to be seen"
    when = "when it was loaded anew" if reloaded else "a moment later"
    return (
        f"The page showed {what}, but not any more {when}, and nothing proves that what was done lasted. "
        "Expect something that stays, such as the entry itself."
    )


def contradicted(wanted: Victory, seen: Observation) -> bool:
    """Whether the page says what was to be seen, with another number."""
    return any(differently(text, seen) is not None for text in wanted.text_includes)


def _lost(case: Case, wanted: Victory, seen: Observation) -> str | None:
    """What was entered and is gone from the page that was loaded anew, in a part of a sentence."""
    entries = [entry for entry in wanted.text_includes if any(entry in text for text in case.typed)]
    entries = [entry for entry in entries if not shows(seen, [entry])]
    if entries and not turned_down(case.seen, entries):
        return "what was entered was gone after the page was loaded anew"
    if any(stood_alone(text, case.seen, seen) for text in case.typed):
        return LOST
    if case.was_refused:
        return None
    if (line := case.put_back(seen)) is not None:
        return f"the page showed '{line}', and after it was loaded anew what stood there before"
    less = case.shortened(seen)
    return less and f"the page showed '{less.shown}', and after it was loaded anew '{less.now}'"


def came_back(case: Case, *, deleted: bool) -> Outcome:
    """What was not to be seen any more is there again after a reload; only what was deleted must not be."""
    if deleted:
        return gone(case, "what was deleted was there again after the page was loaded anew")
    said = "What was not to be seen any more was there again after the page was loaded anew."
    return failed("inconclusive", "victory", said, case.looks)


def idle(case: Case) -> Outcome:
    """What was to be seen was there from the beginning, and nothing shows that the steps had an effect."""
    said = "What was to be seen was there before anything was done, and nothing on the page changed since."
    return failed("inconclusive", "stalled", said, case.looks)


def nowhere(case: Case) -> Outcome:
    """What was not to be seen is not, but on a page that is not there."""
    said = "What was not to be seen is not to be seen, but the page itself is not there, which proves nothing."
    return failed("inconclusive", "victory", said, case.looks)


def kept(case: Case, seen: Observation) -> bool:
    """Whether all that was typed, and was not there at first, is to be seen on the page that was loaded anew."""
    at_first = shows(case.first, case.typed)
    new = [text for text in case.typed if text not in at_first]
    return bool(new) and shows(seen, new) == new


def _is_another(before: Observation, after: Observation) -> bool:
    """Whether it is another page, or one that asks who is there and did not ask before."""
    asks = [any(one.type == "password" and one.visible for one in seen.controls) for seen in (before, after)]
    return before.url.partition("#")[0] != after.url.partition("#")[0] or asks == [False, True]


def failed(verdict: Verdict, reason: StopReason, said: str, evidence: tuple[int, ...]) -> Outcome:
    """No success, for this reason, which a check found."""
    return Outcome(
        ok=False,
        stop_reason=reason,
        error=said,
        verdict=verdict,
        verdict_reason=said,
        verdict_source="check",
        evidence=evidence,
    )
