"""Rules for a figure that the page shows and that is another than the test expects: a total, a counter."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ghostly.assist.brain import Ruling
from ghostly.assist.offline.judging.figures import Figure, counted, figures, is_money, labelled, makes
from ghostly.assist.offline.judging.grounds import Grounds
from ghostly.assist.offline.judging.ruling import ruling, short
from ghostly.domain.steps import LOOKS


def told_otherwise(grounds: Grounds) -> Ruling | None:
    """All was done, and the page gives another figure: the page's fault only where its own figures say so."""
    if not grounds.misses_something or not grounds.only_expectations_ahead or grounds.understood.unclear:
        return None
    if grounds.failure is not None and not isinstance(grounds.failure.step, LOOKS):
        return None
    for text, label, wanted in _expected(grounds):
        found = figures(grounds.seen)
        at = next((n for n, one in enumerate(found) if one.label == label and one.value != wanted), None)
        if at is not None and not any(one.label == label and one.value == wanted for one in found):
            return _about(grounds, text, found, at, wanted)
    return None


def _about(grounds: Grounds, text: str, found: list[Figure], at: int, wanted: Decimal) -> Ruling:
    shown = found[at]
    if is_money(shown.line) and (made := makes(wanted, at, found, grounds.seen)) is not None:
        said = f"The page contradicts itself: {short(made)} make {wanted}, and it says '{short(shown.line)}'."
        return ruling(grounds, "fail-app-bug", "medium", said)
    if (name := _counts(grounds, shown, wanted)) is not None:
        said = (
            f"The page contradicts itself: it shows '{short(name)}' {wanted} times and says '{short(shown.line)}'."
        )
        return ruling(grounds, "fail-app-bug", "medium", said)
    said = f"Everything was done, and the test expects '{short(text)}', but the page says '{short(shown.line)}'"
    hint = "Look which of the two is right: the test's figure, or the application's."
    return ruling(grounds, "inconclusive", "low", f"{said}; nothing on it proves which is wrong.", hint=hint)


def _counts(grounds: Grounds, shown: Figure, wanted: Decimal) -> str | None:
    first = grounds.dossier.first
    if first is None:
        return None
    was = next((one.value for one in figures(first) if one.label == shown.label), None)
    return None if was is None else counted(first, grounds.seen, was, wanted)


def _expected(grounds: Grounds) -> Iterator[tuple[str, str, Decimal]]:
    """What is expected and not there: the words, what the figure is called, and the figure."""
    told = [(text, labelled(text)) for text in grounds.unmet_texts()]
    for one in grounds.standing.ahead:
        if str(one.verb) == "reads" and one.target is not None:
            text = f"{one.target.name} {one.value}"
            told.append((text, labelled(text)))
    yield from ((text, *found) for text, found in told if found is not None)
