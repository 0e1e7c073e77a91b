"""Understands what a page must tell: a text that it says, a value that stands with its label, how many."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ghostly.assist.goals.instruction import Instruction, Target, Verb
from ghostly.assist.goals.placing import part_of
from ghostly.assist.goals.saying import (
    EMPTY,
    GENERIC,
    INSTEAD,
    MORE,
    STRESSED,
    TELLING,
    TELLS,
    TITLE,
    VALUE,
    WHERE,
)
from ghostly.assist.goals.stating import stated
from ghostly.assist.goals.targets import is_pronoun, target
from ghostly.assist.goals.wording import Wording
from ghostly.assist.vocabulary.folding import fold

Read = tuple[Instruction, ...] | None


def told(text: str, wording: Wording) -> Read:
    """What must be told, or None: what is said loosely is not read loosely."""
    folded = fold(text)
    if TELLS.search(folded) is None:
        return None
    if read := stated(text, folded, wording) or _instead(text, folded, wording):
        return read
    for how, _, form in TELLING:
        found = form.fullmatch(folded)
        if found and (one := _read(how, text, found, wording)):
            return (one,)
    return None


def told_more(text: str, wording: Wording) -> Read:
    """What is expected besides, without a verb of its own: and the price "34.00", but not "Draft"."""
    found = MORE.fullmatch(fold(text))
    if found is None:
        return None
    said = text[slice(*found.span("v" if found["t"] is None else "w"))]
    value, quoted, sentence = wording.value(said), wording.is_quoted(said), wording.raw(text)
    if found["t"] is None:
        hidden = Instruction(verb="unseen", sentence=sentence, target=Target(value, exact=True))
        return (hidden,) if quoted and value.strip() else None
    one = _valued(sentence, text[slice(*found.span("t"))], value, wording, quoted=quoted)
    return (one,) if one is not None and one.verb == "reads" else None


def _instead(text: str, folded: str, wording: Wording) -> Read:
    """A value, and the one that was there before and must be gone."""
    found = INSTEAD.fullmatch(folded)
    read = told(text[: found.end("is")], wording) if found else None
    if not found or not read or read[0].verb not in {"reads", "see"}:
        return None
    gone = Target(wording.value(text[slice(*found.span("was"))]), exact=True)
    sentence = wording.raw(text)
    return (
        *(replace(one, sentence=sentence) for one in read),
        Instruction(verb="unseen", sentence=sentence, target=gone),
    )


def _read(how: str, text: str, found: re.Match[str], wording: Wording) -> Instruction | None:
    said = {name: text[slice(*found.span(name))].strip() for name in found.re.groupindex if found[name]}
    if how not in {"unlisted", "nonesays"} and STRESSED.search(fold(text)):
        return None
    if how in {"listed", "unlisted"} and not WHERE.fullmatch(fold(said["place"])):
        return None
    sentence = wording.raw(text)
    if how == "count":
        return _see(sentence, Target(f"{said['n']} {said['noun']}", within=part_of(said.get("place", ""))))
    value, quoted = wording.value(said["v"]), wording.is_quoted(said["v"])
    if how == "nonesays":
        hidden = Target(value, exact=True)
        return Instruction(verb="unseen", sentence=sentence, target=hidden) if quoted and value.strip() else None
    if how in {"listed", "unlisted"}:
        verb: Verb = "see" if how == "listed" else "unseen"
        within = (
            part_of(said["place"]) if how == "listed" else ""
        )  # a list that has no role of one would hide nothing
        meant = Target(value, within=within, exact=True)
        return Instruction(verb=verb, sentence=sentence, target=meant) if value.strip() else None
    return _valued(sentence, said.get("t", ""), value, wording, quoted=quoted)


def _valued(sentence: str, about: str, value: str, wording: Wording, *, quoted: bool) -> Instruction | None:
    """A text that the page says, or a value that stands with its label."""
    if not value.strip() or not (quoted or VALUE.fullmatch(value.strip(" .,")) or EMPTY.fullmatch(fold(value))):
        return None
    is_empty = EMPTY.fullmatch(fold(value)) is not None and not quoted
    kind, part = "heading" if TITLE.fullmatch(fold(about)) else "", part_of(about)
    if (kind or part) and not is_empty:
        return _see(sentence, Target(value, kind=kind, within=part, exact=quoted))
    if not about or is_pronoun(about) or (GENERIC.fullmatch(fold(about)) and not is_empty):
        telling = quoted and re.search(r"[^\W\d]{3}", value) is not None
        return _see(sentence, Target(value, exact=True)) if telling or (quoted and not about) else None
    meant = target(about, wording)
    if meant is not None and quoted and meant.kind in {"button", "link", "tab"} and not meant.within:
        return _see(sentence, Target(value, kind=meant.kind, exact=True))
    unfit = meant is None or not meant.name or meant.within or meant.ordinal or meant.kind in {"field", "row"}
    if meant is None or unfit or len(about.split()) > _MOST:
        return None
    return Instruction(verb="reads", sentence=sentence, target=meant, values=(value.strip(" ,"),))


_MOST = 8


def _see(sentence: str, meant: Target) -> Instruction:
    return Instruction(verb="see", sentence=sentence, target=meant)
