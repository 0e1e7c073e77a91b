"""What was measured: kept in bench/results.json, shown in the terminal, written to docs/benchmarks.md."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
from msgspec import Struct
from rich.table import Table

from bench.pairs import Row

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
PAGE = HERE.parent / "docs" / "benchmarks.md"
NOTES = re.compile(r"<!-- notes -->.*<!-- /notes -->", re.DOTALL)
TIMES = "×"  # noqa: RUF001 - what is meant
EMPTY_NOTES = "<!-- notes -->\n<!-- /notes -->"

INTRODUCTION = """# Benchmarks

`scripts/bench --write` measures and writes this page, but for the notes. What counts is the ratio between two
things measured in turn in the same run (A B A B …); times by themselves say something about the machine. *Ours*
and *beside it* are medians; the ratio is the median of the rounds' ratios, with their smallest and largest. The
last columns are processor seconds over wall seconds of all rounds together, counting the benchmark, all that it
started, and PostgreSQL. "Short" means: with few rounds, good for nothing but trying out.
"""


class Measured(Struct, frozen=True, kw_only=True):
    """What one benchmark gave, and where and when; ``block`` is Markdown that stands below its rows."""

    at: str
    commit: str
    machine: str
    load: float
    versions: dict[str, str]
    short: bool
    rows: list[Row]
    block: str = ""


Results = dict[str, Measured]


def read() -> Results:
    """What was kept; nothing the first time."""
    return msgspec.json.decode(RESULTS.read_bytes(), type=Results) if RESULTS.exists() else {}


def write(results: Results) -> None:
    """Keep it, and write the page anew; its notes stay as they are."""
    RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")
    before = PAGE.read_text("utf-8") if PAGE.exists() else ""
    notes = NOTES.search(before)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(results, notes[0] if notes else EMPTY_NOTES), "utf-8")


def page(results: Results, notes: str) -> str:
    """The page as Markdown."""
    parts = [INTRODUCTION, "## Notes\n", f"{notes}\n"]
    for name, measured in results.items():
        parts += [f"## {name}\n", _where(measured), _markdown(measured.rows)]
        parts += [f"{measured.block}\n"] if measured.block else []
    return "\n".join(parts)


def table(results: Results) -> Table:
    """The same for the terminal."""
    shown = Table("what", "ours", "beside it", "ratio", "bar", "met?", box=None, pad_edge=False)
    for measured in results.values():
        for row in measured.rows:
            met = verdict(row)
            colour = {"": "", "met": "[green]"}.get(met, "[red]")
            shown.add_row(row.what, _ours(row), _beside(row), _ratio(row), _bar(row), colour + met)
            if row.note:
                shown.add_row(f"  [dim]{row.note}[/]")
    return shown


def verdict(row: Row) -> str:
    """Whether the bar is met, or by how much it is missed."""
    if row.bar is None:
        return ""
    missed = row.bar.missed_by(row.ours if row.ratio is None else row.ratio)
    return "met" if missed is None else f"missed by {missed:.0%}"


def _where(measured: Measured) -> str:
    short = " **Short.**" if measured.short else ""
    versions = ", ".join(f"{name} {version}" for name, version in measured.versions.items())
    commit = f", commit {measured.commit}" if measured.commit else ""
    return f"{measured.at}{commit}; {measured.machine}; load before {measured.load:.1f}; {versions}.{short}\n"


def _markdown(rows: list[Row]) -> str:
    lines = [
        "| what | ours | beside it | | ratio | bar | | CPU/wall s | beside |",
        "|---|---:|---:|---|---|---|---|---|---|",
    ]
    for row in rows:
        floor = "" if row.floor is None else figure(row.floor, row.unit)
        cells = (row.what, figure(row.ours, row.unit), floor, row.beside, _ratio(row), _bar(row), verdict(row))
        lines.append(f"| {' | '.join((*cells, *_spent(row)))} |")
    notes = [f"{row.what}: {row.note}.\n" for row in rows if row.note]
    return "\n".join([*lines, "", *notes])


def figure(value: float, unit: str) -> str:
    """Three digits that mean something, thousands parted."""
    number = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{number}{unit}" if unit.startswith("/") else f"{number} {unit}"


def _ours(row: Row) -> str:
    return figure(row.ours, row.unit)


def _beside(row: Row) -> str:
    return "" if row.floor is None else f"{figure(row.floor, row.unit)} [dim]{row.beside}[/]"


def _ratio(row: Row) -> str:
    if row.spread is None:
        return ""
    if row.ratio is None:
        least, most = (figure(value, row.unit) for value in row.spread)
        return f"({least} … {most}, {row.rounds} times)"
    return f"{row.ratio:.2f} {TIMES} ({row.spread[0]:.2f} … {row.spread[1]:.2f}, {row.rounds} rounds)"


def _bar(row: Row) -> str:
    if row.bar is None:
        return ""
    return (
        f"{row.bar.sense} {row.bar.value:g} {TIMES}"
        if row.ratio is not None
        else (f"{row.bar.sense} {figure(row.bar.value, row.unit)}")
    )


def _spent(row: Row) -> tuple[str, str]:
    if not row.wall:
        return "", ""
    floor = f"{row.floor_cpu:.1f}/{row.floor_wall:.1f}" if row.floor_wall else ""
    return f"{row.cpu:.1f}/{row.wall:.1f}", floor
