"""Understands a goal: which instructions it holds, or the first sentence that nobody understands."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from ghostly.assist.offline.instruction import Instruction, Verb
from ghostly.assist.offline.reading import Clause
from ghostly.assist.offline.targets import target
from ghostly.assist.offline.wording import MARK, Wording, fold

_BULLET = re.compile(r"(?:^|\n)[ \t]*(?:\d+[.)]|[-*•\u2013]|(?:step|paso) \d+[:.])[ \t]+", re.IGNORECASE)
_BORDER = re.compile(
    r"[;\n→]+|[.!?]+(?=\s|$)"
    r"|,?\s+(?=(?:given|when|then|and|but) (?:i|we|the user) )"
    r"|,?\s+(?:(?:and |y )?(?:then|luego|despues(?! de)|entonces|after that|afterwards)|a continuacion)\b,?(?=\s)"
)
_JOINT = re.compile(r"\s*,\s*(?:(?:and|y|e|but|pero)\s+)?|\s+(?:and|y|e|but|pero)\s+")
_LONE = re.compile(rf"(?:(?:the|el|la|los|las|on|en|to|over) )*{MARK}(?: \w+){{0,2}}")
_PAIR = re.compile(r".+ (?:with|con|to|as|in|into|en|from|for) .+|[^:=]+[:=].+")
_LIKE_IT = re.compile(f"{_LONE.pattern}|{_PAIR.pattern}")
_REPEATED: frozenset[Verb] = frozenset({"click", "dblclick", "hover", "check", "uncheck", "see", "unseen"})
_AGAIN: dict[Verb, tuple[str, ...]] = {"fill": ("fill ", "type ", "rellena ", "escribe "), "select": ("select ",)}
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
    for sentence in _split(wording.text, _BORDER):
        for clause in _clauses(sentence, wording, first=not found):
            read = _continued(clause, found, wording) if isinstance(clause, str) else clause
            if read is None:
                return Understood(unclear=wording.raw(str(clause)).strip(" ,")[:_LONGEST])
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


def _clauses(sentence: str, wording: Wording, *, first: bool) -> list[tuple[Instruction, ...] | str]:
    """The sentence cut at each "and" and comma behind which something else is asked for.

    What is not understood is left as text: it may go on from what stands before it.
    """
    joints = [found.span() for found in _JOINT.finditer(fold(sentence))]
    clauses: list[tuple[Instruction, ...] | str] = []
    start = 0
    while start < len(sentence):
        end, read = _longest(sentence, start, joints, wording, first=first and not clauses)
        clauses.append(sentence[start:end] if read is None else read)
        start = next((after for before, after in joints if before == end), len(sentence))
    return clauses


def _longest(
    sentence: str, start: int, joints: list[tuple[int, int]], wording: Wording, *, first: bool
) -> tuple[int, tuple[Instruction, ...] | None]:
    """Where the clause ends that begins at ``start``, and what it asks for."""
    ends = []
    for before, after in joints:
        begins = before >= start and _begins(sentence[after:], wording)
        if not begins and (before < start or not _LIKE_IT.fullmatch(_part(sentence[after:]))):
            continue
        if _LONE.fullmatch(fold(sentence[start:before])):
            return before, None
        read = Clause(sentence[start:before], wording, first=first).read()
        if read is not None and (begins or _goes_on(read, _part(sentence[after:]))):
            return before, read
        ends += [before] if begins else []
    whole = Clause(sentence[start:], wording, first=first).read()
    if whole is None and ends:
        return ends[0], None
    return (len(sentence), whole) if whole is not None else _understood_part(sentence, start, joints, wording)


def _understood_part(
    sentence: str, start: int, joints: list[tuple[int, int]], wording: Wording
) -> tuple[int, tuple[Instruction, ...] | None]:
    """The part before the one that is not understood, so that only that one is named."""
    ends = [before for before, _ in joints if before > start]
    reads = ((end, Clause(sentence[start:end], wording).read()) for end in ends)
    return next((found for found in reads if found[1] is not None), (len(sentence), None))


def _part(rest: str) -> str:
    return _JOINT.split(fold(rest))[0]


def _begins(rest: str, wording: Wording) -> bool:
    """Whether an instruction begins there. A capital letter in a sentence belongs to a name: Save and Close."""
    if rest[:1].isupper() and not re.match(r"[A-Z]\w+ " + MARK, rest):
        return False
    part = rest[: len(_part(rest))]
    return Clause(part, wording).read() is not None or Clause(rest, wording).read() is not None


def _goes_on(read: tuple[Instruction, ...], part: str) -> bool:
    """Whether the part is one more of what was read: another name, or another pair of field and value."""
    if not read:
        return False
    lone = read[-1].verb in _REPEATED and _LONE.fullmatch(part)
    return bool(lone) or (read[-1].verb in _AGAIN and read[-1].target is not None and bool(_PAIR.fullmatch(part)))


def _continued(clause: str, found: list[Instruction], wording: Wording) -> tuple[Instruction, ...] | None:
    """One more of what was asked before: the 'B' of "click 'A' and 'B'"."""
    if not found:
        return None
    clause, last = re.sub(r"^(?:and|y|e) ", "", clause), found[-1]
    if last.verb in _REPEATED and _LONE.fullmatch(fold(clause)):
        meant = target(re.sub(r"^(?:on|en|to|over) ", "", clause), wording)
        return (replace(last, target=meant, sentence=wording.raw(clause)),) if meant else None
    reads = (Clause(verb + clause, wording).read() for verb in _AGAIN.get(last.verb, ()))
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
