"""Things measured in turn in the same run, and what their ratio says."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

from msgspec import Struct

Side = Callable[[], Awaitable[float]]
"""Does the thing once and answers its figure: a time or a rate, without what was only made ready."""


class Bar(Struct, frozen=True):
    """What must hold of the ratio, or of the figure itself where nothing is beside it."""

    sense: Literal["≤", "≥"]
    value: float

    def missed_by(self, figure: float) -> float | None:
        """By which part of the bar the figure misses it (how much, if it is nought); None if it does not."""
        part = figure / self.value if self.value else 1 + figure
        excess = part - 1 if self.sense == "≤" else 1 - part
        return excess if excess > 0 else None


class Row(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the report: medians, their ratio with its spread, and what it cost in all."""

    what: str
    unit: str
    ours: float
    rounds: int
    wall: float
    cpu: float
    beside: str = ""
    floor: float | None = None
    floor_wall: float | None = None
    floor_cpu: float | None = None
    ratio: float | None = None
    spread: tuple[float, float] | None = None
    bar: Bar | None = None
    note: str = ""


class Rows(list[Row]):
    """The lines of a benchmark that has more to show: ``block`` is Markdown."""

    def __init__(self, rows: Iterable[Row], block: str) -> None:
        super().__init__(rows)
        self.block = block


@dataclass
class Samples:
    """What one side gave, round by round, and the seconds that it took and spent in all."""

    values: list[float] = field(default_factory=list)
    wall: float = 0.0
    cpu: float = 0.0


async def in_turn(
    sides: Mapping[str, Side], rounds: int, *, cpu: Callable[[], float], done: Callable[[], None]
) -> dict[str, Samples]:
    """Each side once, in order, and so on; ``rounds`` times after a first one that does not count."""
    taken = {name: Samples() for name in sides}
    for count in range(rounds + 1):
        for name, side in sides.items():
            spent, began = cpu(), time.perf_counter()
            value = await side()
            if count:
                samples = taken[name]
                samples.values.append(value)
                samples.wall += time.perf_counter() - began
                samples.cpu += cpu() - spent
        done()
    return taken


def beside(
    ours: Samples, floor: Samples, *, what: str, than: str, unit: str, bar: Bar | None, note: str = ""
) -> Row:
    """The line that compares the two, round by round."""
    ratios = [mine / other for mine, other in zip(ours.values, floor.values, strict=True)]
    return Row(
        what=what,
        unit=unit,
        ours=median(ours.values),
        rounds=len(ratios),
        wall=ours.wall,
        cpu=ours.cpu,
        beside=than,
        floor=median(floor.values),
        floor_wall=floor.wall,
        floor_cpu=floor.cpu,
        ratio=median(ratios),
        spread=(min(ratios), max(ratios)),
        bar=bar,
        note=note,
    )


def alone(ours: Samples, *, what: str, unit: str, bar: Bar | None, note: str = "") -> Row:
    """The line of something that nothing is beside."""
    spread = (min(ours.values), max(ours.values))
    return Row(
        what=what,
        unit=unit,
        ours=median(ours.values),
        rounds=len(ours.values),
        wall=ours.wall,
        cpu=ours.cpu,
        spread=spread,
        bar=bar,
        note=note,
    )
