"""What a node holds in memory, before its first run and up to its four hundredth."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import psutil

from bench.pairs import Row
from bench.run import FIVE, run
from bench.stage import Node, Stage, postmaster

RUNS = (100, 200, 300, 400)
KINDS = ("Python", "driver", "browsers", "PostgreSQL")
BESIDE = "before the first run"


async def measure(stage: Stage) -> list[Row]:
    """One worker, 400 runs of five steps one after the other; proportional set sizes when all is quiet."""
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
    return [_row(kind, count, kept, **cost) for kind in KINDS for count in kept if count]


async def _runs(stage: Stage, node: Node, url: str, count: int) -> None:
    with stage.counting("memory: runs", count) as done:
        for _ in range(count):
            await run(node, url, FIVE)
            done()


def _row(kind: str, count: int, kept: dict[int, Counter[str]], *, wall: float, cpu: float) -> Row:
    what = f"memory of {kind} after {count} runs"
    before = kept[0][kind]
    return Row(
        what=what, unit="MiB", ours=kept[count][kind], floor=before, beside=BESIDE, rounds=1, wall=wall, cpu=cpu
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
