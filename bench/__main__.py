"""Runs benchmarks and shows what they gave."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
import traceback
from datetime import UTC, datetime
from importlib import import_module

import asyncpg
import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench import machine, report
from bench.report import Measured, Results
from bench.stage import Stage, open_stage

NAMES = (
    "run",
    "overhead",
    "memory",
    "cancel",
    "egress",
    "observe",
    "append",
    "catchup",
    "fanout",
    "streams",
    "get",
    "list",
    "long",
    "rebuild",
    "start",
    "truth",
    "reading",
    "healing",
)
console = Console()


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES))
@click.option("--short", is_flag=True, help="Few rounds: to see whether it works, not how fast it is.")
@click.option("--write", is_flag=True, help="Keep what these benchmarks give and write docs/benchmarks.md anew.")
def main(names: tuple[str, ...], short: bool, write: bool) -> None:
    """Measure NAMES (default: all) in turn with what is beside them, in a directory that is gone afterwards."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was begun is put away first
    began = time.perf_counter()
    with (
        Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
        ) as progress,
        open_stage(progress, short=short) as (stage, dsn),
    ):
        versions = machine.versions(asyncio.run(_postgres(dsn)), stage.browser)
        measured = _measure(stage, names or NAMES, versions)
    console.print(report.table(measured))
    console.print(f"[dim]{time.perf_counter() - began:.0f} s[/]")
    if write:
        kept = report.read() | measured
        report.write({name: kept[name] for name in NAMES if name in kept})
    sys.exit(any(name not in measured for name in names or NAMES))


def _measure(stage: Stage, names: tuple[str, ...], versions: dict[str, str]) -> Results:
    """What each gave; one that breaks is left out and does not hinder the others."""
    measured = {}
    for name in dict.fromkeys(names):
        at, load = datetime.now(UTC), os.getloadavg()[0]
        try:
            given = asyncio.run(import_module(f"bench.{name}").measure(stage))
        except Exception:  # noqa: BLE001 - whatever it is, the next one may work
            console.print(f"[red]{name} broke[/]\n{traceback.format_exc()}", markup=False)
            continue
        measured[name] = Measured(
            at=f"{at:%Y-%m-%d %H:%M} UTC",
            commit=machine.commit(),
            machine=machine.describe(),
            load=load,
            versions=versions,
            short=stage.short,
            rows=list(given),
            block=getattr(given, "block", ""),
        )
    return measured


async def _postgres(dsn: str) -> str:
    connection = await asyncpg.connect(dsn)
    try:
        return str(await connection.fetchval("show server_version"))
    finally:
        await connection.close()


if __name__ == "__main__":
    main()
