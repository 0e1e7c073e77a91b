"""Counts outcomes, and says them as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bench.healing.playing import Outcome
from bench.pairs import Bar, Row

LEAST_FOUND, LEAST_REFUSED, MOST_WRONG = 95.0, 99.0, 0.5
METHODS = {"plain": "the plain selector", "similo": "Similo"}
FOLDERS = {
    "tuned": "pages looked at while tuning",
    "apart": "pages kept apart",
    "apart_later": "pages kept apart from the last change on",
    "apart_afresh": "pages written afresh and kept apart",
    "apart_first_day": "pages of a first day, kept apart",
}


def rows(outcomes: list[Outcome]) -> list[Row]:
    """The bars beside both other methods; then each folder's pages; then the healer without a fingerprint."""
    told = [row for method in METHODS for row in _of(outcomes, "", method)]
    for folder, which in FOLDERS.items():
        told += _of([each for each in outcomes if each.folder == folder], f"{which}: ", "similo")
    return told + _without([each for each in outcomes if each.plain == "refused"])


def block(outcomes: list[Outcome]) -> str:
    """All answers as a table: what could be asked, and what each method answered."""
    lines = ["| what was asked | cases | method | found | refused | wrong |", "|---|---:|---|---:|---:|---:|"]
    methods = {"ours": "ours", **METHODS, "without": "ours, without a fingerprint"}
    for label in ("there", "gone", "twin", "beyond"):
        here = [each for each in outcomes if each.label == label]
        for method, name in methods.items():
            count = Counter(getattr(each, method) for each in here)
            figures = " | ".join(str(count[answer]) for answer in ("found", "refused", "wrong"))
            lines.append(f"| {label} | {len(here)} | {name} | {figures} |")
    return "\n".join(lines)


def _of(outcomes: list[Outcome], which: str, method: str) -> list[Row]:
    there = [each for each in outcomes if each.label == "there"]
    gone = [each for each in outcomes if each.label == "gone"]
    return [
        _row(f"{which}it is there: found", there, "found", method, Bar("≥", LEAST_FOUND)),
        _row(f"{which}it is gone: refused", gone, "refused", method, Bar("≥", LEAST_REFUSED)),
        _row(f"{which}another control taken", outcomes, "wrong", method, Bar("≤", MOST_WRONG)),
    ]


def _without(outcomes: list[Outcome]) -> list[Row]:
    there = [each for each in outcomes if each.label == "there"]
    which = "a lost selector alone, no fingerprint: "
    return [
        _alone(f"{which}found", there, "found", "without", None),
        _alone(f"{which}another control taken", outcomes, "wrong", "without", Bar("≤", MOST_WRONG)),
        _alone("the same steps with a fingerprint: found", there, "found", "ours", None),
    ]


def _row(what: str, outcomes: list[Outcome], answer: str, method: str, bar: Bar) -> Row:
    ours, floor = (_share(outcomes, answer, by) for by in ("ours", method))
    return _figure(what, ours, len(outcomes), bar, beside=METHODS[method], floor=floor)


def _alone(what: str, outcomes: list[Outcome], answer: str, method: str, bar: Bar | None) -> Row:
    return _figure(what, _share(outcomes, answer, method), len(outcomes), bar, beside="", floor=None)


def _figure(what: str, ours: float, count: int, bar: Bar | None, *, beside: str, floor: float | None) -> Row:
    what = f"{what} ({count:,} cases)"
    return Row(what=what, unit="%", ours=ours, rounds=count, wall=0, cpu=0, beside=beside, floor=floor, bar=bar)


def _share(outcomes: Iterable[Outcome], answer: str, method: str) -> float:
    given = [getattr(each, method) for each in outcomes]
    return 100 * given.count(answer) / max(1, len(given))
