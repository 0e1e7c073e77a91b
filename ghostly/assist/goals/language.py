"""Understands a goal: which instructions it holds, or the first sentence that nobody understands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from ghostly.assist.goals.completing import completed
from ghostly.assist.goals.entering import listed
from ghostly.assist.goals.expecting import INTRO
from ghostly.assist.goals.framing import untitled, without_reasons
from ghostly.assist.goals.instruction import EXPECTATIONS, Instruction, Target
from ghostly.assist.goals.pointing import is_open
from ghostly.assist.goals.reading import Clause
from ghostly.assist.goals.sentences import AGAIN, LONE, LONGEST_CLAUSE, REPEATED, Sentence
from ghostly.assist.goals.sparing import halved
from ghostly.assist.goals.stating import set_apart
from ghostly.assist.goals.targets import target
from ghostly.assist.goals.telling import told_more
from ghostly.assist.goals.wording import MARK, Wording
from ghostly.assist.vocabulary.folding import fold

_BULLET = re.compile(r"(?:^|\n)[ \t]*(?:\d+[.)]|[-*•\u2013]|(?:step|paso) \d+[:.])[ \t]+", re.IGNORECASE)
_BORDER = re.compile(
    r"[;\n→]+|[=-]>|(?:[.!?]|(?<=\s)\.)+(?=\s|$)|,?\s+(?=(?:so that|para que) )"
    r"|,?\s+(?=(?:given|when|then|and|but) (?:i|we|the user) )"
    r"|,?(?<!should)(?<!must)(?<!will)\s+(?:(?:and |y )?(?:then|luego|despues(?! de)|entonces|after that"
    r"|afterwards)|a continuacion)\b,?(?=\s)"
)
_ENDED = re.compile(r"([.?!][\"”»'\u2019])(\s+)(?=[A-ZÁÉÍÓÚÑ¿¡])")
"""A full stop within quotation marks, behind which a sentence begins."""
_ANOTHER = re.compile(rf"((?:another|a second|otr[oa])(?: one)?(?: (?:called|named|llamad[oa]))?) {MARK}")
_SET = re.compile(r"(?:set|change|update|switch|adjust)\b.* to ")
_LONGEST = 300
_ACCOUNTS = (
    (
        "sign up ",
        re.compile(
            r"(?:please )?(?:sign up|register|create (?:an|my) account|registrate|crea (?:una"
            r"|mi) cuenta)[^:]{0,30}:"
        ),
    ),
    ("log in ", re.compile(r"(?:please )?(?:log ?in|sign ?in|inicia sesion|entra)[^:]{0,30}:")),
)
"""Titles of what is sent at its end, although the list behind them may not say so."""
_VAGUELY = frozenset({"fill", "check", "uncheck", "do", "make", "select"})
"""Verbs of a title that may only say in other words what follows it."""


class Understood(Struct, frozen=True):
    """What a goal asks for, in order; ``unclear`` is the first part nobody understands, ``others`` the next."""

    instructions: tuple[Instruction, ...] = ()
    unclear: str | None = None
    others: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def understand(goal: str) -> Understood:
    """All instructions of the goal. One unclear sentence makes all of it unclear: half a goal is another goal."""
    wording = Wording(_ENDED.sub(r"\1.\2", _BULLET.sub("\n", goal)))
    found: list[Instruction] = []
    unclear: list[str] = []
    for text in _split(set_apart(without_reasons(wording.text)), _BORDER):
        for part in _parts(text, wording):
            unclear += [wording.raw(one).strip(" ,")[:_LONGEST] for one in _read(part, wording, found)]
    found = completed(found)
    unclear += [one.sentence[:_LONGEST] for one in found if one.verb == "fill" and one.target is None]
    unclear += [one.sentence[:_LONGEST] for one in found if is_open(one)]
    unclear += [sentence[:_LONGEST] for sentence in halved(found, goal)]
    if unclear or not found:
        first, *others = dict.fromkeys(unclear or [goal.strip()[:_LONGEST]])
        return Understood(unclear=first, others=tuple(others))
    return Understood(tuple(found))


def _read(text: str, wording: Wording, found: list[Instruction]) -> Iterator[str]:
    """Adds what the sentence asks for, and gives its clauses that nobody understands."""
    sentence = Sentence(text, wording, first=not found)
    for clause in sentence.clauses():
        read = _continued(clause, found, wording) if isinstance(clause, str) else clause
        if read is None or sentence.is_entangled:
            yield clause if isinstance(clause, str) else text
        if sentence.is_entangled:
            return
        found += read or ()


def _parts(text: str, wording: Wording) -> tuple[str, ...]:
    """The sentence without a title before it; what is listed behind one is to be filled in."""
    if ":" not in text:
        return (text,)
    parts = untitled(text, lambda part: _kind(part, wording))
    if parts == (text,):
        return parts
    head = next((how for how, form in _ACCOUNTS if form.match(fold(text))), "")
    return tuple(
        head * (n == 0 and _filled(one, wording) != one) + _filled(one, wording) for n, one in enumerate(parts)
    )


def _kind(part: str, wording: Wording) -> str:
    """What a part of a sentence with a colon is: something to be done or seen, or said in passing."""
    if _filled(part, wording) != part:
        return "lists"
    first = next(Sentence(part, wording, first=True).clauses(), None)
    if not isinstance(first, tuple):
        return ""
    verbs = {one.verb for one in first}
    if verbs & EXPECTATIONS:
        return "sees"
    return "passing" if verbs & _VAGUELY and not re.search(MARK, part) else "does"


def _filled(part: str, wording: Wording) -> str:
    """What is listed without a verb, to be filled in."""
    first = re.split(r"\s*,\s*", part)[0]
    is_verb = Clause(first, wording).is_known
    return part if is_verb or listed(first, wording) is None else f"with {part}"


def _split(text: str, border: re.Pattern[str]) -> list[str]:
    """The parts between the borders, which are looked for in the folded text."""
    ends = [(0, 0), *(found.span() for found in border.finditer(fold(text))), (len(text), len(text))]
    parts = [text[before[1] : after[0]] for before, after in pairwise(ends)]
    return [part.strip() for part in parts if re.search(r"\w", part)]


def _continued(clause: str, found: list[Instruction], wording: Wording) -> tuple[Instruction, ...] | None:
    """One more of what was asked before: the 'B' of "click 'A' and 'B'"."""
    if not found or len(clause) > LONGEST_CLAUSE or INTRO.match(fold(clause)):
        return None
    clause, last = re.sub(r"^(?:and|y|e) ", "", clause), found[-1]
    if last.verb in REPEATED and LONE.fullmatch(fold(clause)):
        meant = target(re.sub(r"^(?:on|en|to|over) ", "", clause), wording)
        return _again(last, meant, wording.raw(clause)) if meant else None
    if last.verb in EXPECTATIONS and (more := told_more(clause, wording)):
        return more
    if last.verb == "make":
        other = _ANOTHER.fullmatch(fold(clause))
        return (replace(last, values=(wording.value(clause[other.end(1) :]),)),) if other else None
    if last.verb in {"fill", "select"} and (more := listed(clause, wording)):
        return tuple(replace(one, verb="select") for one in more) if last.verb == "select" else more
    verbs = ("set ",) if last.verb == "fill" and _SET.match(fold(last.sentence)) else AGAIN.get(last.verb, ())
    reads = (Clause(verb + clause, wording, opens="within").read() for verb in verbs)
    known = (read for read in reads if read and read[0].verb == last.verb and read[0].target)
    return next((_renamed(read, clause, wording) for read in known), None)


def _again(last: Instruction, meant: Target, sentence: str) -> tuple[Instruction, ...] | None:
    """The same of another, where it is to be seen in the same place; in which row, nobody knows."""
    before = last.target or Target()
    if last.verb in EXPECTATIONS and before.near:
        return None
    if last.verb == "see" and not meant.within:
        meant = replace(meant, within=before.within)
    return (replace(last, target=meant, sentence=sentence),)


def _renamed(read: tuple[Instruction, ...], clause: str, wording: Wording) -> tuple[Instruction, ...]:
    return tuple(replace(one, sentence=wording.raw(clause)) for one in read)
