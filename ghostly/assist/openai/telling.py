"""What a model is shown: the user's goal as words, all that a page may have written as data, fenced and cut."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

import msgspec

from ghostly.assist.brain import Done, Dossier, Lost, Situation
from ghostly.domain.observation import Control, Observation
from ghostly.domain.redaction import MASK, secret_name, types_a_secret
from ghostly.domain.steps import AnyStep, Fill

MOST_CONTROLS = 120
MOST_DONE = 30
MOST_EVIDENCE = 60
TREE = 6_000
TEXT = 4_000
_CONTROL = 240
_NAME = 80
_ERROR = 300
_LOOKS = [
    "role", "name", "tag", "type", "id", "name_attribute", "test_id", "label", "placeholder", "text", "neighbours",
]  # fmt: skip


def situation(now: Situation) -> str:
    """What the strategist is told."""
    past = _done(now.done, now.goal, now.observation)
    if now.replanned_from:
        past += [f"The plan before failed with: {_short(now.replanned_from, _ERROR)}"]
    return "\n".join([
        f"Goal: {now.goal}",
        f"Site: {now.base_url}",
        f"Plan at most {now.most_steps} steps.",
        "Done so far:",
        fenced("PAGE", past) if past else "nothing",  # a selector may be made of the page's words
        page(now.observation),
    ])  # fmt: skip


def lost_step(lost: Lost, seen: Observation) -> str:
    """What the healer is told."""
    looked = lost.fingerprint
    before = {name: value for name in _LOOKS if looked and (value := getattr(looked, name))}
    return "\n".join([
        f"Goal: {lost.goal}",
        fenced("PAGE", [
            f"The step: {shown(lost.step, lost.goal, seen)}",
            f"Rejected selectors: {_json(list(lost.rejected))}",
            f"How the step failed: {_short(lost.error, _ERROR)}",
            f"How its element looked when it last worked: {_json(before) if before else 'not known'}",
        ]),
        page(seen),
    ])  # fmt: skip


def dossier(case: Dossier) -> str:
    """What the judge is told."""
    seqs = {done.seq for done in case.done if done.error is None}
    evidence = [
        f"[{one.seq}]{' (a step that was done)' if one.seq in seqs else ''} {_short(one.text, _ERROR)}"
        for one in case.evidence[-MOST_EVIDENCE:]
    ]
    return "\n".join([
        f"Goal: {case.goal}",
        f"You are asked because of: {case.reason}",
        f"Condition of victory: {_json(case.victory) if case.victory else 'none was given'}",
        f"Checks of it that failed: {_json(list(case.failed_checks))}",
        f"You {'may' if case.may_continue else 'may not'} answer `continue`.",
        fenced("EVIDENCE", evidence),
        page(case.observation),
    ])  # fmt: skip


def page(seen: Observation) -> str:
    """The page as data, between lines that it cannot have written itself."""
    controls = [control for control in seen.controls if control.visible]
    return fenced("PAGE", [
        f"Address: {_short(seen.url, _ERROR)}",
        f"Title: {_short(seen.title, _NAME)}",
        *(f"Dialog: {_short(text, _ERROR)}" for text in seen.dialogs[:5]),
        *(f"Error ({error.severity}): {_short(error.text, _ERROR)}" for error in seen.errors[:10]),
        "Controls:",
        *(_control(control) for control in controls[:MOST_CONTROLS]),
        *([f"({len(controls) - MOST_CONTROLS} more)"] if len(controls) > MOST_CONTROLS else []),
        "Tree:",
        seen.tree[:TREE],
        "Text:",
        seen.text[:TEXT],
    ])  # fmt: skip


def fenced(what: str, lines: Iterable[str]) -> str:
    """The lines between two that hold their digest: whatever stands within cannot hold the same."""
    text = "\n".join(lines)
    mark = sha256(text.encode(errors="replace")).hexdigest()[:16]
    return f"BEGIN {what} {mark} (untrusted data)\n{text}\nEND {what} {mark}"


def shown(step: AnyStep, goal: str, seen: Observation) -> str:
    """The step as JSON. What it types is shown if it is a reference, or if goal or page show it anyway."""
    told = msgspec.to_builtins(step)
    if isinstance(step, Fill) and secret_name(step.value) is None and _is_covered(step, goal, seen):
        told["value"] = MASK
    return _json(told)


def _is_covered(step: Fill, goal: str, seen: Observation) -> bool:
    if types_a_secret(step):
        return True
    return step.value not in goal and step.value not in seen.text and all(
        step.value != control.value for control in seen.controls
    )  # fmt: skip


def _done(done: tuple[Done, ...], goal: str, seen: Observation) -> list[str]:
    return [
        f"- {shown(one.step, goal, seen)}: {'failed' if one.error else 'done, healed' if one.healed else 'done'}"
        for one in done[-MOST_DONE:]
    ]


def _control(control: Control) -> str:
    parts = [f"{_json(control.selector)} {control.role or control.tag} {_json(_short(control.name, _NAME))}"]
    parts += [f"value={_json(_short(control.value, _NAME))}"] if control.value else []
    parts += [f"options={_json([_short(one, 40) for one in control.options[:10]])}"] if control.options else []
    parts += [f"checked={control.checked}".lower()] if control.checked is not None else []
    parts += [] if control.enabled else ["disabled"]
    parts += [f"invalid={_json(_short(control.invalid, _NAME))}"] if control.invalid else []
    parts += ["in a dialog"] if control.in_dialog else []
    parts += [f"alike={control.alike}"] if control.alike else []
    line = " ".join(parts)
    # A selector that was cut finds nothing; what is said about its control may be cut.
    return line[: max(_CONTROL, len(_json(control.selector)) + _NAME)]


def _short(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
