"""Rules whose turn it is, from a dossier alone. Where nothing is proved, it says so."""

from __future__ import annotations

from collections.abc import Callable

from ghostly.assist.brain import Confidence, Dossier, Ruling
from ghostly.assist.goals.instruction import EXPECTATIONS
from ghostly.assist.offline.judging.answers import busy, refusal
from ghostly.assist.offline.judging.beyond import beyond
from ghostly.assist.offline.judging.fields import refused
from ghostly.assist.offline.judging.grounds import Grounds
from ghostly.assist.offline.judging.locked import locked
from ghostly.assist.offline.judging.otherwise import told_otherwise
from ghostly.assist.offline.judging.refusals import answered_no, kept_back
from ghostly.assist.offline.judging.ruling import ruling, short
from ghostly.assist.offline.planning.stepping import meant
from ghostly.assist.step_errors import (
    cannot_be,
    ours,
    tells_absent,
    tells_locked,
    tells_unreachable,
    tells_unusable,
    without_nearest,
)
from ghostly.domain.flow import origin
from ghostly.domain.observation import Control
from ghostly.domain.steps import AnyStep, Fill

_GONE_URL = ("chrome-error:", "about:neterror")


def judge(dossier: Dossier) -> Ruling:
    """The first rule that the facts fit; inconclusive where none does."""
    grounds = Grounds(dossier)
    for rule in _RULES:
        if (found := rule(grounds)) is not None:
            return found
    return ruling(grounds, "inconclusive", "low", _unproved(grounds))


def _unproved(grounds: Grounds) -> str:
    """What was not reached, and why, as far as it is known."""
    failure, failed = grounds.failure, grounds.dossier.failed_checks
    if failure is not None and failure.error:
        what = f"The step '{short(failure.step.label or _tag(failure.step))}' failed: {short(failure.error)}"
    elif failed:
        what = f"Everything that could be done was done, but this is not so: {short(grounds.in_words(failed[0]))}"
    elif grounds.standing.ahead:
        what = f"This part of the goal was not reached: '{short(grounds.standing.ahead[0].sentence)}'"
    else:
        what = "Every step was done"
    return f"{what.rstrip('.')}. What was seen does not prove whose fault that is."


def _tag(step: AnyStep) -> str:
    """What kind of step it is."""
    return str(step.__struct_config__.tag)


def _app_broke(grounds: Grounds) -> Ruling | None:
    """A 5xx, or an exception that nobody caught."""
    if grounds.crash is not None:
        said = f"The application broke while it was used: {short(grounds.crash.text.partition(': ')[2])}"
        return ruling(grounds, "fail-app-bug", "high", said, grounds.crash.seq)
    if (error := grounds.seen.blocking) is not None:
        return ruling(
            grounds, "fail-app-bug", "high", f"The application broke while it was used: {short(error.text)}"
        )
    return None


def _world_broke(grounds: Grounds) -> Ruling | None:
    """The target, the network or the browser."""
    error = (grounds.failure.error or "") if grounds.failure else ""
    if (cut := grounds.cut_off) is not None:
        said = f"The application could not be reached: {short(cut.text.partition(': ')[2])}"
        return ruling(grounds, "inconclusive-environment", "high", said, cut.seq)
    if grounds.misses_something and (much := busy(grounds)) is not None:
        said = f"The application takes no more for now: {short(much.text.partition(': ')[2])}"
        return ruling(grounds, "inconclusive-environment", "medium", said, much.seq)
    if tells_unreachable(error) or grounds.seen.url.startswith(_GONE_URL):
        why = short(error) or "the browser shows its own page for what it cannot load"
        return ruling(grounds, "inconclusive-environment", "high", f"The application could not be reached: {why}")
    return None


def _not_understood(grounds: Grounds) -> Ruling | None:
    """Only where the goal was all there was to go by."""
    sentence = grounds.understood.unclear
    if sentence is None or grounds.dossier.done:
        return None
    return ruling(
        grounds, "fail-test-broken", "high", f"This part of the goal is not understood: '{short(sentence)}'."
    )


def _impossible(grounds: Grounds) -> Ruling | None:
    """What was asked for cannot be, whatever the application does."""
    error = (grounds.failure.error or "") if grounds.failure else ""
    if cannot_be(error):
        return ruling(
            grounds, "fail-test-broken", "high", f"The test asks for what cannot be done: {short(error)}"
        )
    victory = grounds.dossier.victory
    home = origin(grounds.seen.url)
    for url in victory.url_includes if victory else ():
        if url.startswith(("http://", "https://")) and origin(url) != home:
            said = f"The test waits for the address '{short(url)}', which is not on the site that it is about."
            return ruling(grounds, "fail-test-broken", "high", said)
    return None


def _turned_down(grounds: Grounds) -> Ruling | None:
    """The application answered, and its answer was no: what the test enters is not right for what it expects."""
    if grounds.misses_something and refused(grounds) is None and (no := refusal(grounds)) is not None:
        what = "what was entered" if any(isinstance(one.step, Fill) for one in grounds.passed) else "what was done"
        said = f"The application did not accept {what}; it says: '{short(no.text)}'."
        return ruling(grounds, "fail-test-broken", "medium", said, *([no.seq] if no.seq else []))
    if grounds.wants_sign_in and grounds.misses_something:
        said = "The application asks for a password here, and the test does not say how to sign in."
        return ruling(grounds, "fail-test-broken", "medium", said)
    return None


def _not_in_its_row(grounds: Grounds) -> Ruling | None:
    """What the goal expects in the row of something is not there, which proves nothing against anybody."""
    one = grounds.next
    about = one.target if one is not None and one.verb in EXPECTATIONS else None
    if about is None or not about.near or grounds.failure is None or not tells_absent(grounds.failure.error or ""):
        return None
    said = f"No row of '{short(about.near)}' on the page says '{short(about.name)}'; why is not proved."
    return ruling(grounds, "inconclusive", "low", said)


def _step_failed(grounds: Grounds) -> Ruling | None:
    """An element that was there and could not be used is our fault; one that never was, the test's."""
    failure = grounds.failure
    error = (failure.error or "") if failure else ""
    if tells_locked(error) and (field := locked(grounds)) is not None:
        said = f"The test changes '{short(field.name)}', which the application does not let anybody change here."
        return ruling(grounds, "fail-test-broken", "medium", said)
    if tells_unusable(error) or (failure and failure.was_begun):
        said = f"What the test needs is on the page, but it could not be used: {short(without_nearest(error))}"
        return ruling(grounds, "fail-agent-lost", "medium", said)
    if not tells_absent(error):
        return None
    if (place := grounds.hiding_place) is not None:
        return _hidden(grounds, "What the test needs", place)
    if (more := beyond(grounds)) is not None:
        return _elsewhere(grounds, "What the test needs", more)
    said = f"The test names something that is not on the page, while everything else worked: {short(ours(error))}"
    return ruling(grounds, "fail-test-broken", "medium", said)


def _stuck(grounds: Grounds) -> Ruling | None:
    """The goal says what comes next, and the page does not have it, or has it twice."""
    one = grounds.next
    if one is None or grounds.understood.unclear or grounds.failure or one.verb in EXPECTATIONS:
        return None
    if grounds.dossier.reason not in {"stalled", "victory-candidate"}:
        return None
    said, found = short(one.sentence), meant(one, grounds.seen)
    if found.rivals:
        why = f"The goal says '{said}', and {len(found.rivals)} things on the page fit that equally well."
        hint = "Say which: the first, the last, or the one next to something."
        return ruling(grounds, "fail-test-broken", "medium", why, hint=hint)
    if found.control is not None:
        return ruling(grounds, "fail-agent-lost", "medium", f"'{said}' could have been done, and was not.")
    return _missing(grounds, said)


def _missing(grounds: Grounds, said: str) -> Ruling:
    """What is named is not to be seen: not yet, not while something else is closed, or never."""
    if grounds.dossier.may_continue:
        return ruling(grounds, None, "low", f"What '{said}' needs is not on the page yet.")
    if (there := grounds.concealed) is not None:
        how = f"it may be behind '{short(there.opener)}': open that first" if there.opener else "say what shows it"
        why = f"The goal says '{said}', and '{short(there.name)}' is on the page, but hidden; {how}."
        return ruling(grounds, "fail-agent-lost", "medium", why)
    if (place := grounds.hiding_place) is not None:
        return _hidden(grounds, f"What '{said}' needs", place)
    if (more := beyond(grounds)) is not None:
        return _elsewhere(grounds, f"What '{said}' needs", more)
    why = f"The goal says '{said}', but nothing of that name is on the page, while everything else worked."
    return ruling(grounds, "fail-test-broken", "medium", why)


def _hidden(grounds: Grounds, what: str, place: Control) -> Ruling:
    return _elsewhere(grounds, what, f"it may be behind '{short(place.name)}', which was not opened")


def _elsewhere(grounds: Grounds, what: str, where: str) -> Ruling:
    return ruling(grounds, "fail-agent-lost", "low", f"{what} was not to be seen; {where}.")


def _wrong_check(grounds: Grounds) -> Ruling | None:
    """All was done, and what the test looks for is spelled otherwise or was never there."""
    if not grounds.only_expectations_ahead and grounds.understood.unclear is None:
        return None
    for text in grounds.unmet_texts():
        if (line := grounds.nearly(text)) is not None:
            said = f"The test expects '{short(text)}', and the page says '{short(line)}'."
            return ruling(grounds, "fail-test-broken", "medium", said)
    failed = grounds.dossier.failed_checks
    if grounds.left_behind is not None and (failed or grounds.failure):
        name = short(grounds.left_behind.name)
        said = f"The link '{name}' led elsewhere, perhaps to another tab, which nobody followed."
        return ruling(grounds, "fail-agent-lost", "low", said)
    selectors = grounds.unmet_selectors()
    if selectors and len(selectors) == len(failed) and grounds.passed and not grounds.failure:
        wanted = short(grounds.in_words(selectors[0]))
        said = f"Every step worked, but the test waits for '{wanted}', which was never on the page."
        return ruling(grounds, "fail-test-broken", "medium", said)
    return None


def _out_of_budget(grounds: Grounds) -> Ruling | None:
    """There was a way, and it was longer than what might be spent."""
    if grounds.dossier.reason != "budget-exhausted" or not grounds.passed or grounds.failure:
        return None
    if grounds.understood.unclear is None and not grounds.standing.ahead:
        return None
    said = "The test was getting on, but what may be spent on it was used up before its end."
    return ruling(grounds, "fail-agent-lost", "medium", said, *(one.seq for one in grounds.passed[-3:]))


def _reached(grounds: Grounds) -> Ruling | None:
    """Success: only of a plan that was carried out whole, and left something to be seen."""
    dossier = grounds.dossier
    if dossier.reason != "victory-candidate" or dossier.failed_checks or grounds.failure:
        return None
    if refusal(grounds, anew=False) is not None:
        return None
    whole = grounds.is_all_done if grounds.understood.unclear is None else bool(grounds.proof)
    if not whole or not dossier.done:
        return None
    if grounds.proof is None and (not grounds.moved or grounds.is_shut_out):
        said = "Every step was done, but nothing on the page shows that it had an effect."
        return ruling(grounds, "inconclusive", "medium", said, hint="Say what is to be seen at the end: see '…'.")
    sure: Confidence = "high" if grounds.proof else "medium"
    said = "Every step that the goal asks for was done, and what it leads to is to be seen."
    return ruling(grounds, "success", sure, said, *(one.seq for one in grounds.passed))


_RULES: tuple[Callable[[Grounds], Ruling | None], ...] = (
    _world_broke,
    _app_broke,
    _not_understood,
    _impossible,
    answered_no,
    _turned_down,
    kept_back,
    told_otherwise,
    _not_in_its_row,
    _step_failed,
    _stuck,
    _wrong_check,
    _out_of_budget,
    _reached,
)
