"""Understands what must stand with something that was named: in its row, in place of it, or no longer at all."""

from __future__ import annotations

import re
from collections.abc import Callable

from ghostly.assist.goals.expecting import VAGUE
from ghostly.assist.goals.instruction import Instruction, Target, Verb
from ghostly.assist.goals.placing import part_of
from ghostly.assist.goals.pointing import BOTH, FIELD, IT
from ghostly.assist.goals.referring import AFTERWARDS, HINTS, REFERRING
from ghostly.assist.goals.wording import Wording
from ghostly.assist.vocabulary.folding import fold

_MOST_WORDS = 5
_FEWEST_WORDS = 3
_NAME = re.compile(r"(?:[A-ZÀ-ÖØ-Þ#]|\S{0,3}\d)\S*(?: \S+)*")
_POINTS = re.compile(
    r"(?:the|its?|his|her|their|that|this|he|she|they|an?|el|la|los|las|su|esta|este|esa|ese|una?)\b"
)
_GOES_ON = re.compile(r"[,;:]|\b(?:and|y|e|or|o|but|pero|with|con|in the|en el|en la|should|must|debe\w*)\b")
_OTHERWISE = re.compile(
    r"\b(?:not?|never|nunca|if|si|when|cuando|until|hasta|unless|or|o|instead|vez|neither|nor|ni|without|sin|except"
    r"|excepto|only|solo|just|all|todo\w*|every\w*|each|cada|any|either|before|antes|after|despues|than)\b|n't\b"
)
"""Says otherwise than what it names, or more; never in a statement that something is so."""
_DENIED = frozenset({"gone", "neither", "trouble"})
_BEFORE = frozenset({"once"})

Read = tuple[Instruction, ...] | None
_Said = dict[str, str]


def stated(text: str, folded: str, wording: Wording) -> Read:
    """What must be so of what was named before or beside it; None if it says nothing of the kind, or says more."""
    for what, how, form in REFERRING if HINTS.search(folded) else ():
        found = form.fullmatch(folded)
        if found is None or (what not in _DENIED | _BEFORE and _OTHERWISE.search(_without_again(folded, found))):
            continue
        said = {name: text[slice(*found.span(name))].strip() for name in form.groupindex if found[name]}
        if read := _Stated(wording, wording.raw(text), said, how).read(what):
            return read
    return None


def set_apart(text: str) -> str:
    """The text in which "after a reload" stands by itself, so that the page is loaded anew there."""
    for found in reversed(list(AFTERWARDS.finditer(fold(text)))):
        text = f"{text[: found.start()]}. {text[slice(*found.span('after'))]}. {text[found.end() :]}"
    return text


def _without_again(folded: str, found: re.Match[str]) -> str:
    again = found.span("again") if "again" in found.re.groupindex else (-1, -1)
    return folded if again[0] < 0 else folded[: again[0]] + folded[again[1] :]


class _Stated:
    """A statement that fits a form: the words that fill it, and what they come to."""

    def __init__(self, wording: Wording, sentence: str, said: _Said, how: str) -> None:
        self._wording, self._sentence, self._said, self._how = wording, sentence, said, how
        self._noun = fold(said.get("noun", ""))

    def read(self, what: str) -> Read:
        """What it asks to do or to expect."""
        kinds: dict[str, Callable[[], Read]] = {
            "once": self._once, "row": self._row,
            "trouble": lambda: self._one("unseen", Target(IT), how="error"),
            "gone": lambda: self._one("unseen", Target(IT, exact=True), how=self._noun),
            "shown": lambda: self._one("see", Target(IT, exact=True), how=self._noun),
            "state": self._state, "both": lambda: self._one("holds", Target(IT), how=BOTH),
            "holds": self._holds, "neither": self._neither, "error": self._error, "quote": self._quote,
            "placed": self._placed,
        }  # fmt: skip
        return kinds[what]()

    def _once(self) -> Read:
        return self._one("visit", None, how="again")

    def _row(self) -> Read:
        near = self._name("x") if "x" in self._said else IT
        return self._beside(near)

    def _beside(self, near: str) -> Read:
        value = self._name("v")
        exact = self._wording.is_quoted(self._said["v"])
        return self._one("see", Target(value, near=near, exact=exact)) if near and value else None

    def _state(self) -> Read:
        turned = self._one("state", Target(IT), how="checked" if "on" in self._said else "unchecked") or ()
        again = self._one("visit", None, how="again") or ()
        return (*again, *turned) if "again" in self._said else turned

    def _holds(self) -> Read:
        return self._one("holds", Target(IT), how=FIELD, values=(self._wording.value(self._said["v"]),))

    def _neither(self) -> Read:
        names = [self._name("x"), self._name("v")]
        read = [one for name in names if name for one in self._one("unseen", Target(name, exact=True)) or ()]
        return tuple(read) if len(read) == len(names) else None

    def _error(self) -> Read:
        return self._one("see", Target(self._wording.value(self._said["v"]), exact=True))

    def _quote(self) -> Read:
        """What something says, word for word though not in quotation marks."""
        value = self._said["v"]
        is_whole = value[:1].isupper() and not re.search(r"[,;:]| (?:and|y|e|but|pero) ", fold(value))
        is_told = is_whole and len(value.split()) >= _FEWEST_WORDS
        return self._one("see", Target(value, exact=True)) if is_told else None

    def _placed(self) -> Read:
        part, name = part_of(self._said["place"]), self._name("v")
        return self._one("see", Target(name, within=part)) if part and name else None

    def _name(self, group: str) -> str:
        """What is named there, in quotation marks or beginning like a name; nothing where more may be meant."""
        said = self._said[group].strip(" .,")
        if self._wording.value(said) != said or self._wording.is_quoted(said):
            return self._wording.value(said).strip()
        is_name = _NAME.fullmatch(said) and len(said.split()) <= _MOST_WORDS
        folded = fold(said)
        unfit = _GOES_ON.search(folded) or _POINTS.match(folded) or VAGUE.fullmatch(folded)
        return said if is_name and not unfit else ""

    def _one(self, verb: Verb, about: Target | None, *, how: str = "", values: tuple[str, ...] = ()) -> Read:
        return (Instruction(verb=verb, sentence=self._sentence, target=about, how=how, values=values),)
