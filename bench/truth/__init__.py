"""Whether verdicts are true: labelled flows on the fixture application, through a whole node and its own brain."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from bench.pairs import Bar, Row, Rows
from bench.stage import Stage
from bench.truth import matrix
from bench.truth.app import serve
from bench.truth.labels import KEPT, USED
from bench.truth.running import Found, run_all

WORKERS = 2


async def measure(stage: Stage) -> Rows:
    """Verdicts that are right, of the half that was used and of the half kept apart; and false successes."""
    uploads = stage.directory / "truth-uploads"
    uploads.mkdir()
    (uploads / "photo.txt").write_text("a photo", "utf-8")
    async with serve() as site, stage.database() as dsn, stage.node(dsn, workers=WORKERS, uploads=uploads) as node:
        with stage.counting("truth", len(USED + KEPT)) as done:
            found = await run_all(USED + KEPT, site, node, at_once=WORKERS, done=done)
    used, kept = found[: len(USED)], found[len(USED) :]
    _show(stage.console, used, kept)
    return Rows(_rows(used, kept), matrix.markdown(used, kept))


def _show(console: Console, used: Sequence[Found], kept: Sequence[Found]) -> None:
    for line in matrix.wrong([*used, *kept]):
        console.print(f"[red]{line}[/]")
    for table in matrix.tables(used, kept):
        console.print(table)


def _rows(used: Sequence[Found], kept: Sequence[Found]) -> list[Row]:
    false = sum(one.is_false_success for one in (*used, *kept))
    return [
        _row("false successes, of both halves", false, "runs", Bar("≤", 0)),
        _row(f"verdicts right, of the {len(used)} flows that were used", _right(used), "%", Bar("≥", 100)),
        _row(f"verdicts right, of the {len(kept)} flows kept apart", _right(kept), "%", Bar("≥", 100)),
    ]


def _right(found: Sequence[Found]) -> float:
    return 100 * sum(one.is_right for one in found) / len(found)


def _row(what: str, figure: float, unit: str, bar: Bar) -> Row:
    return Row(what=what, unit=unit, ours=figure, rounds=1, wall=0, cpu=0, bar=bar)
