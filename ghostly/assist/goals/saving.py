"""Tells from a goal whether reaching it leaves something behind that a reload must still show."""

from __future__ import annotations

from itertools import dropwhile

from ghostly.assist.goals.instruction import EXPECTATIONS, Verb
from ghostly.assist.goals.language import Understood, understand
from ghostly.assist.vocabulary import lasting
from ghostly.assist.vocabulary.folding import fold

_IDLE: frozenset[Verb] = EXPECTATIONS | {"visit", "hover", "scroll", "snapshot"}
_ENTERS: frozenset[Verb] = frozenset({"fill", "select", "check", "uncheck", "attach"})


def implies_saving(goal: str) -> bool:
    """Whether something must be there after a reload.

    What is only expected, as in see 'Saved', saves nothing; what is sent away leaves nothing to be seen. How a
    page shows what it has, filtered or sorted, it need not keep.
    """
    understood = understand(goal)
    acts = _acts(understood)
    if not acts:
        return understood.unclear is not None and lasting.tells_saving(fold(goal))
    saving = [(at, text) for at, text in acts if lasting.saves(text)]
    return any(not (lasting.is_bare(text) and _is_about_a_view(understood, at)) for at, text in saving)


def implies_deleting(goal: str) -> bool:
    """Whether something must be gone after a reload; what is only removed, as a filter is, may come back."""
    understood = understand(goal)
    acts = _acts(understood)
    if not acts:
        return understood.unclear is not None and lasting.tells_deleting(fold(goal))
    return any(lasting.deletes(text) for _, text in acts)


def _is_about_a_view(understood: Understood, at: int) -> bool:
    """Whether what is confirmed there is what the page shows: its filters, its order, a search.

    Not where something else was opened since, and something entered there.
    """
    since: list[Verb] = []
    for n in reversed(range(at)):
        verb = understood.instructions[n].verb
        if verb not in EXPECTATIONS and lasting.narrows(_said(understood, n)):
            return not _enters_elsewhere(since)
        since.insert(0, verb)
    return False


def _enters_elsewhere(done: list[Verb]) -> bool:
    opened = dropwhile(lambda verb: verb in _ENTERS | EXPECTATIONS, done)
    return any(verb in _ENTERS for verb in opened)


def _acts(understood: Understood) -> list[tuple[int, str]]:
    """What shall be done, and where it stands in the goal, as far as it can save anything."""
    asked = enumerate(understood.instructions)
    return [(at, _said(understood, at)) for at, one in asked if one.verb not in _IDLE]


def _said(understood: Understood, at: int) -> str:
    """What it says besides what is typed, folded: who looks for "delete" deletes nothing."""
    rest = sentence = understood.instructions[at].sentence
    for one in understood.instructions:
        if one.verb == "fill" and one.sentence == sentence and one.value:
            rest = rest.replace(one.value, " ")
    return fold(rest)
