"""What of a model's answer may count: it proposes, and the rules that bind a user bind it too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from ghostly.assist.brain import Dossier, Evidence, Lost, Repair, Ruling
from ghostly.assist.healing.clues import known
from ghostly.assist.healing.kinds import fits, kind, target
from ghostly.assist.healing.words import contrary
from ghostly.assist.openai.answers import Judgement, Mend, Unusable
from ghostly.assist.openai.prompts import prompt
from ghostly.assist.vocabulary.orders import is_order
from ghostly.domain.errors import Invalid
from ghostly.domain.flow import Flow, Guardrails, check
from ghostly.domain.observation import Control, Observation
from ghostly.domain.steps import AnyStep, Fill, SetInputFiles
from ghostly.domain.verdict import Verdict

LONGEST = 600
_SENTENCE = 40  # characters: shorter words may well be those of the instructions
_SECRET = re.compile(r"\$secret:([A-Za-z_][A-Za-z0-9_]*)")


def admitted(
    steps: Sequence[AnyStep], base_url: str, guardrails: Guardrails, words: Iterable[str]
) -> list[AnyStep]:
    """The steps up to the first that a user could not ask for either; ``words`` may name secrets and files."""
    said = list(words)
    kept: list[AnyStep] = []
    for step in steps:
        if flaw(step, base_url, guardrails, said):
            break
        kept.append(step)
    return kept


def flaw(step: AnyStep, base_url: str, guardrails: Guardrails, words: Sequence[str]) -> str | None:
    """What is wrong with the step, if anything is."""
    try:
        check(Flow(base_url=base_url, steps=[step]), guardrails)
    except Invalid as error:
        return str(error)
    if isinstance(step, Fill):
        strangers = set(_SECRET.findall(step.value)) - {name for text in words for name in _SECRET.findall(text)}
        if strangers:
            return f"$secret:{min(strangers)} is not named by the goal"
    if isinstance(step, SetInputFiles) and not all(_names(words, name) for name in step.files):
        return "only files that the goal names may be given to a page"
    return None


def repair(mend: Mend, lost: Lost, seen: Observation) -> Repair | None:
    """The lost step on the control that was named; None if none was. Raises ``Unusable`` for any other answer."""
    if mend.selector is None:
        return None
    control = next((one for one in seen.controls if one.selector == mend.selector), None)
    if control is None:
        raise Unusable("selector must be copied exactly from a line of Controls, or be null")
    if wrong := _is_wrong(control, lost):
        raise Unusable(f"that control {wrong}; answer another one, or null")
    return Repair(
        step=replace(lost.step, selector=control.selector),
        rationale=_short(mend.rationale) or "the model took it for the same control",
        control=control,
    )


def ruling(said: Judgement, case: Dossier) -> Ruling:
    """The judgement as far as the dossier bears it out."""
    known = {one.seq for one in case.evidence}
    seqs = tuple(dict.fromkeys(seq for seq in said.evidence_seqs if seq in known))
    verdict: Verdict | None = None if said.verdict == "continue" else said.verdict
    doubt = _doubt(said, case, seqs)
    reasoning = _short(said.reasoning) or "The model gave no reason."
    return Ruling(
        verdict="inconclusive" if doubt else verdict,
        confidence="low" if doubt else said.confidence,
        reasoning=f"{doubt} The model said '{said.verdict}': {reasoning}" if doubt else reasoning,
        evidence=tuple(_short(text) for text in said.evidence[:10]),
        evidence_seqs=seqs,
        summary=_own(said.summary),
        hint=_own(said.hint),
    )


def gives_orders(seen: Observation, evidence: Iterable[Evidence] = ()) -> bool:
    """Whether the page speaks, or spoke, to whoever judges it, and not to a person who uses it."""
    controls = (" ".join((*_words(one), *one.options)) for one in seen.controls)
    errors = (error.text for error in seen.errors)
    past = (one.text for one in evidence)
    places = (seen.url, seen.title, seen.text, seen.tree, *seen.dialogs, *errors, *controls, *past)
    return any(map(is_order, places))


def _words(control: Control) -> tuple[str, ...]:
    return control.selector, control.name, control.value, control.placeholder, control.title, control.invalid


def _names(words: Iterable[str], file: str) -> bool:
    """Whether the words name this file, and not one whose name only holds it."""
    named = re.compile(rf"(?<![\w./\\-]){re.escape(file)}(?![\w/\\-]|\.\w)")
    return any(map(named.search, words))


def _doubt(said: Judgement, case: Dossier, seqs: Sequence[int]) -> str | None:
    """Why this verdict does not count, if it does not."""
    if len(said.reasoning) >= _SENTENCE and _is_repeated(said.reasoning):
        return "The model repeated its instructions, and judged nothing."
    match said.verdict:
        case "success":
            return _doubt_of_success(said, case, seqs)
        case "continue":
            return None if case.may_continue else "Nothing more may be tried."
        case "inconclusive":
            return None
    return None if seqs else "The verdict cites nothing that happened."


def _own(text: str | None) -> str | None:
    return _short(text) if text and not _is_repeated(text) else None


def _is_repeated(text: str) -> bool:
    """Whether it stands so in what the judge is told to do: small models answer with the example of it."""
    bare = " ".join(text.split())
    return bool(bare) and bare in " ".join(prompt("judge").text.split())


def _doubt_of_success(said: Judgement, case: Dossier, seqs: Sequence[int]) -> str | None:
    if case.failed_checks or case.reason != "victory-candidate":
        return "The checks do not bear a success out."
    if not any(done.error is None and done.seq in seqs for done in case.done) or case.done[-1].error is not None:
        return "A success must rest on a step that was done."
    if not any(_is_shown(text, case) for text in said.evidence):
        return "What was cited does not stand on the page."
    speaks = gives_orders(case.observation, case.evidence)
    return "The page holds words that are meant for a judge." if speaks else None


def _is_shown(text: str, case: Dossier) -> bool:
    """What only a field holds into which it was typed is not shown."""
    wanted, seen = " ".join(text.split()), case.observation
    if len(wanted) < 2:
        return False
    if any(isinstance(done.step, Fill) and wanted in done.step.value for done in case.done):
        return wanted in " ".join(seen.text.split())
    places = (seen.text, seen.tree, seen.url, seen.title, *(one.value for one in seen.controls))
    return any(wanted in " ".join(place.split()) for place in places)


def _is_wrong(control: Control, lost: Lost) -> str | None:
    if control.selector in lost.rejected or control.selector == target(lost.step):
        return "was rejected"
    if not fits(lost.step, control) or (lost.fingerprint and kind(lost.fingerprint) != kind(control)):
        return "is of another kind"
    if contrary(known(target(lost.step) or "", lost.fingerprint).name, control.name):
        return "takes back what the lost one did"
    if control.alike:
        return "has others that are like it"
    return None if control.enabled and control.visible else "cannot be used now"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
