"""Commands that look at what happened: log, verify, rebuild."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

import click
from rich.progress import Progress

from ghostly.cli.edge import Failure, execute, settings
from ghostly.cli.screen import console, print_line, safe, say
from ghostly.settings import Settings

if TYPE_CHECKING:
    from ghostly.projections.audit import Verification
    from ghostly.projections.rebuild import Rebuilt
    from ghostly.projections.relearning import Relearned

DIFFERENT = 1


@click.command()
@click.argument("run_id", metavar="ID", type=click.UUID)
def log(run_id: UUID) -> None:
    """Print every event of the run or user ID as stored, one a line, as JSON.

    With `raw`, `salt` and `hash` anyone can recompute the chain: docs/events.md says how.
    """
    if not execute(_log(settings(quiet=True), run_id)):
        raise Failure(f"There is no run {run_id}.")


async def _log(given: Settings, run_id: UUID) -> int:
    from ghostly.projections.audit import log_lines
    from ghostly.store import reading

    lines = 0
    async with reading(given) as pool:
        async for line in log_lines(pool, run_id):
            print_line(line.rstrip(b"\n"))
            lines += 1
    return lines


@click.command("verify")
@click.option("--run", "run_id", type=click.UUID, help="Only this run.")
def verify_command(run_id: UUID | None) -> None:
    """Prove that nothing in the log was altered.

    Recomputes every hash and folds every run anew; exits with 1 if anything differs from what is stored.
    """
    found = execute(_verify(settings(quiet=True), run_id))
    if run_id and not found.streams and not found.found:
        raise Failure(f"There is no run {run_id}.")
    for difference in found.differences:
        place = f"{difference.kind} {difference.stream}" + (f", event {difference.seq}" if difference.seq else "")
        _say(f"[red]✗[/] {place}: {safe(difference.what)}")
    if found.found:
        _say(f"{found.found} differences in {found.events} events of {found.streams} streams")
        sys.exit(DIFFERENT)
    _say(
        f"[green]✓[/] {found.events} events of {found.streams} streams: every hash and every record as it must be"
    )
    _say_if(found.unfolded, "runs could not be folded (erased, or written by a newer Ghostly)")
    _say("[dim]  what this cannot show: newest events that were cut off with every row that knew of them[/]")


async def _verify(given: Settings, run_id: UUID | None) -> Verification:
    from ghostly.projections.audit import verify
    from ghostly.store import reading

    async with reading(given) as pool:
        with _bar("checking") as progress:
            return await verify(pool, run_id=run_id, progress=progress)


@click.command("rebuild")
def rebuild_command() -> None:
    """Make every run's rows anew from the log.

    So is what pursuits remember of earlier ones, and what people said of heals. Safe while others write.

    It believes the log: run `ghostly verify` first, or rows that would have shown what is missing are gone.
    """
    done, learned, said = execute(_rebuild(settings(quiet=True)))
    _say(f"[green]✓[/] {done.events} events of {done.runs} runs folded")
    _say_if(done.written, "rows were written anew")
    _say_if(done.removed, "rows without events were removed")
    _say_if(done.newer, "runs were left alone: a newer Ghostly wrote their rows")
    _say_if(learned.runs - learned.unread, "runs that pursued a goal taught what they did")
    _say_if(learned.unread, "runs that pursued a goal teach nothing any more (erased, or broken)")
    _say_if(said, "reviews of heals were counted anew")
    _say_if(done.unfolded, "runs could not be folded (erased, or broken)")


async def _rebuild(given: Settings) -> tuple[Rebuilt, Relearned, int]:
    from ghostly.projections import reviews
    from ghostly.projections.rebuild import rebuild
    from ghostly.projections.relearning import relearn
    from ghostly.store import reading

    async with reading(given) as pool:
        with _bar("folding") as progress:
            done = await rebuild(pool, progress=progress)
        return done, await relearn(pool), await reviews.remake(pool)


def _say(line: str) -> None:
    say(console, line, 2)


def _say_if(count: int, what: str) -> None:
    if count:
        _say(f"  {count} {what}")


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(bar, completed=done, total=total)
