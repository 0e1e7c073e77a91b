"""Finds the control that does what a goal asks in the interface's own words, beside what it is to be done to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from ghostly.assist.goals.instruction import Target
from ghostly.assist.offline.planning.names import MARGIN, NEAR, agreement, called
from ghostly.assist.offline.planning.resolving import Resolution
from ghostly.assist.vocabulary.controls import CALLED
from ghostly.assist.vocabulary.folding import words
from ghostly.assist.vocabulary.thesaurus import GROUPS
from ghostly.assist.vocabulary.verbs import same_words, stem
from ghostly.domain.observation import Control, Observation

_ROLES = frozenset({
    "button", "link", "tab", "menuitem", "menuitemradio", "menuitemcheckbox", "option", "radio", "checkbox",
    "switch",
    "treeitem", "generic",
})  # fmt: skip
_SMALL = frozenset({
    "the", "a", "an", "of", "to", "for", "in", "on", "from", "with", "as", "at", "by", "my", "your", "its",
    "this", "that", "el", "la", "los", "las", "un", "una", "unos", "unas", "de", "del", "al", "en", "con",
    "como", "para", "por", "mi", "tu", "su", "este", "esta",
})  # fmt: skip
_MENUS = frozenset({"nav", "header", "footer"})  # what stands there is beside nothing
_DIGIT = re.compile(r"\d")
_CANCELS = frozenset({
    "cancel", "no", "close", "back", "keep", "not now", "dismiss", "go back", "cancelar", "cerrar", "volver",
    "atras",
    "ahora no", "x", "\u00d7",
})  # fmt: skip


def doer(target: Target, seen: Observation) -> Resolution:
    """The one control whose name is the verb, with as many of the words behind it as it has.

    What its name leaves out must stand beside it, or be what a dialog is about: nobody archives just anything.
    """
    usable = _usable(seen)
    said = _said(target.name)
    names = {words(word) for word in target.name.split()[1:] if word[:1].isupper()}
    if (whole := _named(target.whole or target.name, usable)) is not None:
        return whole
    for length in range(len(said), 0, -1):
        found = [each for each in usable if _is_called(" ".join(said[:length]), each)]
        found = [each for each in found if _accounts(said[length:], target.near, each, seen, names)]
        if found:
            return _one(_nearest(found, words(target.near)))
    if len(said) == 1 and not target.near:
        return _one(_begun(said[0], usable) or _confirming(said[0], usable))
    return Resolution()


def _usable(seen: Observation) -> list[Control]:
    """What can be clicked, in an open dialog first."""
    there = [each for each in seen.controls if each.visible and each.role in _ROLES]
    return [each for each in there if each.enabled] or there


def _said(text: str) -> list[str]:
    """The words that say something."""
    return [word for word in words(text).split() if word not in _SMALL] or words(text).split()


def _named(text: str, usable: Sequence[Control]) -> Resolution | None:
    """What is called so as a whole, as surely as any name must be."""
    judged = [(*agreement(text, each), each) for each in usable]
    best = max((level for level, _, _ in judged), default=0)
    if best > NEAR:
        return _one([each for level, _, each in judged if level == best])
    small = " ".join(_said(text))
    if same := [each for each in usable if any(same_words(small, " ".join(_said(one))) for one in called(each))]:
        return _one(same)
    top = max((score for level, score, _ in judged if level == NEAR), default=0.0)
    near = [each for level, score, each in judged if level == NEAR and score > top - MARGIN]
    return _one(near) if near and len(_said(text)) > 1 else None


def _is_called(text: str, control: Control) -> bool:
    """Whether it is called so, in these words, another form of them, or another word for the same."""
    names = {" ".join(_said(name)) for name in called(control)}
    group = GROUPS.get(text)
    return any(
        same_words(text, name) or (group is not None and GROUPS.get(name) == group) for name in names if name
    )


def _accounts(rest: Sequence[str], near: str, control: Control, seen: Observation, names: Collection[str]) -> bool:
    """Whether all that is said besides the name stands with the control; what a named thing is, need not."""
    menus = {words(each.name) for each in seen.controls if not _MENUS.isdisjoint(each.path.split("/"))}
    around = [text for text in map(words, _around(control)) if control.row or text not in menus]
    beside = [*around, *(words(text) for text in control.headings)]
    if near and not any(_holds(words(near), text) for text in beside):
        return False
    about = [*beside, *(words(text) for text in seen.dialogs if control.in_dialog)]
    marks = [word for word in rest if _DIGIT.search(word)]
    named = [word for word in rest if word in names]
    needed = [*marks, *named] if near or marks else rest
    return all(any(tells(word, text) for text in about) for word in needed)


def _around(control: Control) -> tuple[str, ...]:
    """What its row says; without rows, what stands around it, which may reach further."""
    return control.row or control.neighbours


def _nearest(found: list[Control], near: str) -> list[Control]:
    """Those whose row says just that; without rows those that have it closest."""
    if not near:
        return found
    if rows := [each for each in found if near in map(words, each.row)]:
        return rows
    places = [
        0 if each.row else next((n for n, text in enumerate(each.neighbours) if _holds(near, words(text))), 99)
        for each in found
    ]
    return [each for each, place in zip(found, places, strict=True) if place == min(places)]


def _holds(text: str, line: str) -> bool:
    return f" {text} " in f" {line} "


def tells(word: str, line: str) -> bool:
    """Whether the word, in any form, stands in the line."""
    return any(stem(word) == stem(each) for each in line.split())


def _begun(verb: str, usable: Sequence[Control]) -> list[Control]:
    """A lone verb is the only control that begins with it: save, of Save profile."""
    found = [each for each in usable if _begins(verb, each) and each.role in {"button", "link", "menuitem"}]
    inside = [each for each in found if each.in_dialog]
    return inside or found


def _begins(verb: str, control: Control) -> bool:
    name = words(control.name).split()
    return bool(name) and stem(name[0]) == stem(verb)


def _confirming(verb: str, usable: Sequence[Control]) -> list[Control]:
    """Whoever confirms takes the one button of the dialog that does not take it back."""
    if stem(verb) not in {stem("confirm"), stem("confirma"), stem("accept"), stem("acepta")}:
        return []
    inside = [each for each in usable if each.in_dialog and each.role == "button" and re.search(r"\w", each.name)]
    return [each for each in inside if words(each.name) not in _CANCELS | CALLED["close"]]


def _one(found: Iterable[Control]) -> Resolution:
    there = list(found)
    inside = [each for each in there if each.in_dialog]
    best = inside or there
    if len(best) > 1 and any(agreed := [each for each in best if each.role != "generic"]):
        best = agreed
    return Resolution(best[0]) if len(best) == 1 else Resolution(rivals=tuple(best))
