"""What was true beside what was said: for the terminal, and as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from rich.table import Table

from bench.truth.running import CANNOT_SAY, Found
from ghostly.domain.verdict import Verdict

VERDICTS = get_args(Verdict)
LEGEND = (
    "Rows: what is true. Columns: what was said. Kept apart are flows on which no rule was tried; one that came "
    "out wrong and was looked at belongs to the used ones from then on."
)


def tables(used: Sequence[Found], kept: Sequence[Found]) -> list[Table]:
    """Both halves for the terminal."""
    return [_table("the half that was used", used), _table("the half kept apart", kept)]


def _table(title: str, found: Sequence[Found]) -> Table:
    counts = _counts(found)
    shown = Table("true ↓   said →", *_said(counts), title=title, title_justify="left", box=None, pad_edge=False)
    for true in VERDICTS:
        cells = [_coloured(true, said, counts[true, said]) for said in _said(counts)]
        shown.add_row(true, *cells)
    return shown


def markdown(used: Sequence[Found], kept: Sequence[Found]) -> str:
    """Both halves, and every wrong one with what was said of it, for the page."""
    parts = [LEGEND]
    for title, found in (("The half that was used", used), ("The half kept apart", kept)):
        counts = _counts(found)
        said = _said(counts)
        parts += [
            "",
            f"**{title}** ({len(found)} flows)",
            "",
            f"| | {' | '.join(said)} |",
            "|---|" + "---:|" * len(said),
        ]
        parts += [
            f"| {true} | {' | '.join(str(counts[true, each] or '·') for each in said)} |" for true in VERDICTS
        ]
        parts += [""] + [f"- {line}" for line in wrong(found)]
    return "\n".join(parts).rstrip()


def wrong(found: Sequence[Found]) -> list[str]:
    """A line for each that is not right, false successes first."""
    worst_first = sorted((one for one in found if not one.is_right), key=lambda one: not one.is_false_success)
    return [
        f"{'**False success.** ' if one.is_false_success else ''}{one.flow.name}: {'; '.join(one.flaws)}"
        for one in worst_first
    ]


def _counts(found: Sequence[Found]) -> Counter[tuple[str, str]]:
    return Counter((one.flow.verdict, one.verdict) for one in found)


def _said(counts: Counter[tuple[str, str]]) -> tuple[str, ...]:
    silent = any(said == CANNOT_SAY for _, said in counts)
    return (*VERDICTS, CANNOT_SAY) if silent else VERDICTS


def _coloured(true: str, said: str, count: int) -> str:
    if not count:
        return "[dim]·[/]"
    if true == said:
        return f"[green]{count}[/]"
    return f"[bold red]{count}[/]" if said == "success" else f"[red]{count}[/]"
