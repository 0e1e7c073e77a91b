"""Understands a goal: which instructions it holds, or the first sentence that nobody understands."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from ghostly.assist.goals.instruction import Instruction
from ghostly.assist.goals.reading import Clause
from ghostly.assist.goals.sentences import AGAIN, LONE, LONGEST_CLAUSE, REPEATED, Sentence
from ghostly.assist.goals.targets import target
from ghostly.assist.goals.wording import Wording
from ghostly.assist.vocabulary.folding import fold

_BULLET = re.compile(r"(?:^|\n)[ \t]*(?:\d+[.)]|[-*•\u2013]|(?:step|paso) \d+[:.])[ \t]+", re.IGNORECASE)
_BORDER = re.compile(
    r"[;\n→]+|[.!?]+(?=\s|$)"
    r"|,?\s+(?=(?:given|when|then|and|but) (?:i|we|the user) )"
    r"|,?\s+(?:(?:and |y )?(?:then|luego|despues(?! de)|entonces|after that|afterwards)|a continuacion)\b,?(?=\s)"
)
_LONGEST = 300


class Understood(Struct, frozen=True):
    """What a goal asks for, in order; ``unclear`` is the first sentence that nobody understands."""

    instructions: tuple[Instruction, ...] = ()
    unclear: str | None = None


@lru_cache(maxsize=64)
def understand(goal: str) -> Understood:
    """All instructions of the goal. One unclear sentence makes all of it unclear: half a goal is another goal."""
    wording = Wording(_BULLET.sub("\n", goal))
    found: list[Instruction] = []
    for text in _split(wording.text, _BORDER):
        sentence = Sentence(text, wording, first=not found)
        for clause in sentence.clauses():
            read = _continued(clause, found, wording) if isinstance(clause, str) else clause
            if read is None or sentence.is_entangled:
                unclear = clause if isinstance(clause, str) else text
                return Understood(unclear=wording.raw(unclear).strip(" ,")[:_LONGEST])
            found += read
    found = _aimed(found)
    if lost := next((one for one in found if one.verb == "fill" and one.target is None), None):
        return Understood(unclear=lost.sentence[:_LONGEST])
    return Understood(tuple(found)) if found else Understood(unclear=goal.strip()[:_LONGEST])


def _split(text: str, border: re.Pattern[str]) -> list[str]:
    """The parts between the borders, which are looked for in the folded text."""
    ends = [(0, 0), *(found.span() for found in border.finditer(fold(text))), (len(text), len(text))]
    parts = [text[before[1] : after[0]] for before, after in pairwise(ends)]
    return [part.strip() for part in parts if re.search(r"\w", part)]


def _continued(clause: str, found: list[Instruction], wording: Wording) -> tuple[Instruction, ...] | None:
    """One more of what was asked before: the 'B' of "click 'A' and 'B'"."""
    if not found or len(clause) > LONGEST_CLAUSE:
        return None
    clause, last = re.sub(r"^(?:and|y|e) ", "", clause), found[-1]
    if last.verb in REPEATED and LONE.fullmatch(fold(clause)):
        meant = target(re.sub(r"^(?:on|en|to|over) ", "", clause), wording)
        return (replace(last, target=meant, sentence=wording.raw(clause)),) if meant else None
    reads = (Clause(verb + clause, wording).read() for verb in AGAIN.get(last.verb, ()))
    return next((_renamed(read, clause, wording) for read in reads if read and read[0].target), None)


def _renamed(read: tuple[Instruction, ...], clause: str, wording: Wording) -> tuple[Instruction, ...]:
    return tuple(replace(one, sentence=wording.raw(clause)) for one in read)


def _aimed(found: list[Instruction]) -> list[Instruction]:
    """What is typed after a click on a field is typed there."""
    for index, one in enumerate(found):
        before = found[index - 1] if index else None
        if one.verb == "fill" and one.target is None and before and before.verb in {"click", "fill"}:
            found[index] = replace(one, target=before.target if before.verb == "click" else None)
    return found
