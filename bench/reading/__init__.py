"""How much of what people write is understood: goals of somebody who had read no rules, with their meaning.

Both halves are used: each was measured before anybody had looked at it, and the rules were mended by it since.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from bench.pairs import Bar, Row
from bench.reading.comparing import LOOSE, MISREAD, RIGHT, UNCLEAR, outcome
from bench.stage import Stage

_GOALS = Path(__file__).parent


async def measure(stage: Stage) -> list[Row]:
    """The share of goals that were read as they were meant, and of those that were read otherwise."""
    return [row for part in sorted(_GOALS.glob("*.jsonl")) for row in _rows(part)]


def results(part: Path) -> list[tuple[str, str]]:
    """Each goal with what became of it."""
    asked = [json.loads(line) for line in part.read_text("utf-8").splitlines()]
    return [(one["goal"], outcome(one["goal"], one["reading"], vague=bool(one.get("vague")))) for one in asked]


def _rows(part: Path) -> list[Row]:
    found = Counter(result for _, result in results(part))
    whole = sum(found.values())
    of = f"of the {whole} goals in {part.stem}"

    def row(what: str, names: tuple[str, ...], bar: Bar | None = None) -> Row:
        share = 100 * sum(found[name] for name in names) / whole
        return Row(what=f"{what}, {of}", unit="%", ours=share, rounds=1, wall=0, cpu=0, bar=bar)

    return [
        row("understood", (RIGHT, LOOSE, MISREAD)),
        row("read as meant", (RIGHT,), Bar("≥", 80)),
        row("read as meant but for where it is to be seen", (LOOSE,)),
        row("read otherwise", (MISREAD,), Bar("≤", 3)),
        row("not understood, and said so", (UNCLEAR,)),
    ]
