"""What a node holds in memory, before its first run and up to its thousandth."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import psutil

from bench.pairs import Bar, Row
from bench.run import FIVE, run
from bench.stage import Node, Stage, postmaster

RUNS = (100, 400, 700, 1000)
KINDS = ("Python", "driver", "browsers", "PostgreSQL")
BESIDE = "before the first run"
MOST = {"Python": Bar("≤", 120)}


async def measure(stage: Stage) -> list[Row]:
    """One worker, 1,000 runs of five steps one after the other; proportional set sizes when all is quiet."""
    kept: dict[int, Counter[str]] = {}
    spent, began = stage.cpu(), time.perf_counter()
    async with stage.child("page") as page, stage.database() as dsn, stage.node(dsn, workers=1) as node:
        url = f"http://127.0.0.1:{(await page.hear())['port']}"
        kept[0] = held(stage)
        done = 0
        for target in (4, 8) if stage.short else RUNS:
            await _runs(stage, node, url, target - done)
            await stage.quiet()
            kept[target], done = held(stage), target
    cost = {"wall": time.perf_counter() - began, "cpu": stage.cpu() - spent}
    return [_row(kind, kept, **cost) for kind in KINDS]


async def _runs(stage: Stage, node: Node, url: str, count: int) -> None:
    with stage.counting("memory: runs", count) as done:
        for _ in range(count):
            await run(node, url, FIVE)
            done()


def _row(kind: str, kept: dict[int, Counter[str]], *, wall: float, cpu: float) -> Row:
    """How it is at the end, beside how it was at first; on the way there in the note."""
    counts = list(kept)
    course = ", ".join(f"{kept[count][kind]} after {count:,}" for count in counts[1:])
    return Row(
        what=f"memory of {kind} after {counts[-1]:,} runs",
        unit="MiB",
        ours=kept[counts[-1]][kind],
        floor=kept[0][kind],
        beside=BESIDE,
        rounds=1,
        wall=wall,
        cpu=cpu,
        bar=MOST.get(kind),
        note=f"{kept[0][kind]} MiB at first, {course}",
    )


def held(stage: Stage) -> Counter[str]:
    """MiB of each kind of process."""
    sizes: Counter[str] = Counter()
    for kind, process in _processes(stage):
        with suppress(psutil.Error):
            memory = process.memory_full_info()
            sizes[kind] += getattr(memory, "pss", memory.uss) // 2**20
    return sizes


def _processes(stage: Stage) -> Iterator[tuple[str, psutil.Process]]:
    server = psutil.Process(postmaster(stage.directory / "postgres"))
    yield from (("PostgreSQL", process) for process in (server, *server.children(recursive=True)))
    for process in psutil.Process(os.getpid()).children(recursive=True):
        with suppress(psutil.Error):
            if kind := _kind(" ".join(process.cmdline())):
                yield kind, process


def _kind(command: str) -> str | None:
    if "bench.children.up" in command:
        return "Python"
    if "run-driver" in command:
        return "driver"
    return "browsers" if "--type=" in command or "--ghostly-owner" in command else None
