"""Cuts a sentence into clauses, at each "and" and comma behind which something else is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from ghostly.assist.goals.asking import Opens
from ghostly.assist.goals.expecting import INTRO
from ghostly.assist.goals.instruction import Instruction, Verb
from ghostly.assist.goals.reading import Clause
from ghostly.assist.goals.wording import MARK, Wording
from ghostly.assist.vocabulary.folding import fold

_JOINT = re.compile(r"\s*,\s*(?:(?:and|y|e|but|pero)\s+)?|\s+(?:and|y|e|but|pero)\s+")
_BUT = re.compile(r"\b(?:but|pero)\b")
LONE = re.compile(
    rf"(?:(?:the|el|la|los|las|on|en|to|over) )*{MARK}"
    r"(?: (?!(?:is|are|should|must|appears?|se|aparecen?|debe\w*)\b)\w+){0,2}"
)
_PAIR = re.compile(r".+ (?:with|con|to|as|in|into|en|from|for) .+|[^:=]+[:=].+")
_LABELLED = re.compile(rf"(?:(?:the|an?|my|el|la|los|las|mi|tu|su) )?(?:[a-z][\w-]* ){{1,3}}{MARK}")
REPEATED: frozenset[Verb] = frozenset({"click", "dblclick", "hover", "check", "uncheck", "see", "unseen"})
AGAIN: dict[Verb, tuple[str, ...]] = {"fill": ("fill ", "type ", "rellena ", "escribe "), "select": ("select ",)}
_MOST_PARTS = 3
LONGEST_CLAUSE = 400  # nobody says more at once, and what is longer would take long to read
_MOST_READ = 7  # times its length; what people say is read a few times over, looking for where a clause ends

Read = tuple[Instruction, ...] | None


class Joint(Struct, frozen=True):
    """An "and" or a comma: where what stands before it ends, and where the next part begins and ends."""

    before: int
    after: int
    end: int
    begins: bool
    goes_on: bool


class Sentence:
    """A part of a goal between two full stops; ``first``: nothing stands before it."""

    def __init__(self, text: str, wording: Wording, *, first: bool) -> None:
        self._text = text
        self._wording = wording
        self._first = first
        self._reads: dict[tuple[int, int], Read] = {}
        self._left = _MOST_READ * (len(text) + LONGEST_CLAUSE // 4)

    def clauses(self) -> Iterator[Read | str]:
        """What each clause asks for. What is not understood is left as text: it may go on from what was before."""
        start = 0
        while start < len(self._text):
            end, read = self._longest(start)
            yield self._text[start:end] if read is None else read
            start = next((joint.after for joint in self._joints if joint.before == end), len(self._text))

    @property
    def is_entangled(self) -> bool:
        """Whether it was read so often that nothing more of it is read: then it may mean anything."""
        return self._left < 0

    def _longest(self, start: int) -> tuple[int, Read]:
        """Where the clause ends that begins at ``start``, and what it asks for."""
        ahead = [joint for joint in self._joints if joint.before >= start]
        for joint in ahead:
            if not (joint.begins or joint.goes_on):
                continue
            if LONE.fullmatch(fold(self._text[start : joint.before])):
                return joint.before, None
            read = self._read(start, joint.before)
            if read is not None and (joint.begins or self._continues(read, joint)):
                return joint.before, read
        whole = self._read(start, len(self._text))
        if whole is not None:
            return len(self._text), whole
        first = next((joint.before for joint in ahead if joint.begins), None)
        return self._understood(start, ahead) if first is None else (first, None)

    def _understood(self, start: int, ahead: list[Joint]) -> tuple[int, Read]:
        """The part before the one that is not understood, so that only that one is named."""
        reads = ((joint.before, self._read(start, joint.before)) for joint in ahead if joint.before > start)
        return next((found for found in reads if found[1] is not None), (len(self._text), None))

    def _read(self, start: int, end: int) -> Read:
        """What the part asks for, each part read once; nothing once it was read too often."""
        if (start, end) not in self._reads:
            if end - start > LONGEST_CLAUSE or self.is_entangled:
                return None
            self._left -= end - start
            first = self._first and start == 0
            clause = Clause(self._text[start:end], self._wording, first=first, opens=self._opens(start))
            self._reads[start, end] = clause.read()
        return self._reads[start, end]

    def _opens(self, start: int) -> Opens:
        """Where what begins there stands."""
        before = self._text[max(0, start - 12) : start].rstrip()
        first, _, last = before.rpartition(" ")
        before = first.rstrip() if last.lower() in {"and", "y", "e", "but", "pero"} else before
        return "sentence" if not start or not before else "part" if before[-1] in ",\ue001" else "within"

    @cached_property
    def _joints(self) -> list[Joint]:
        spans = [found.span() for found in _JOINT.finditer(fold(self._text))]
        ends = [before for before, _ in spans[1:]] + [len(self._text)] * _MOST_PARTS
        found = [self._joint(*span, ends[n : n + _MOST_PARTS]) for n, span in enumerate(spans)]
        return [joint for joint in found if not self._leaves_out(joint)]

    def _leaves_out(self, joint: Joint) -> bool:
        """Whether what follows is what is not meant: any but 'Delete'."""
        said = fold(self._text[joint.before : joint.after])
        alone = LONE.fullmatch(fold(self._text[joint.after : joint.end]))
        return alone is not None and not joint.begins and _BUT.search(said) is not None

    def _joint(self, before: int, after: int, ends: list[int]) -> Joint:
        part = fold(self._text[after : ends[0]])
        goes_on = bool(LONE.fullmatch(part) or _PAIR.fullmatch(part) or _LABELLED.fullmatch(part))
        return Joint(before, after, ends[0], self._begins(after, ends), goes_on)

    def _begins(self, after: int, ends: list[int]) -> bool:
        """Whether an instruction begins there. A capital letter in a sentence is of a name: Save and Close."""
        if self._text[after : after + 1].isupper() and not re.match(r"[A-Z]\w+ " + MARK, self._text[after:]):
            return False
        asks = INTRO.match(fold(self._text[after:]))
        return (asks is not None and asks["sure"] is not None) or any(
            self._read(after, end) is not None for end in ends
        )

    def _continues(self, read: tuple[Instruction, ...], joint: Joint) -> bool:
        """Whether the part is one more of what was read: another name, or another pair of field and value."""
        if not read:
            return False
        part, last = fold(self._text[joint.after : joint.end]), read[-1]
        lone = last.verb in REPEATED and LONE.fullmatch(part) is not None
        pair = _PAIR.fullmatch(part) or _LABELLED.fullmatch(part)
        if last.verb == "make":
            return _LABELLED.fullmatch(part) is not None
        return lone or (last.verb in AGAIN and _is_aimed(last) and pair is not None)


def _is_aimed(one: Instruction) -> bool:
    """Whether it is said where, or need not be."""
    return one.target is not None or one.verb == "select"
