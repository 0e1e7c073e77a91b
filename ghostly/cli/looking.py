"""Commands that look at runs or stop them: watch, runs list, runs show, cancel, trace."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterable
from typing import TYPE_CHECKING, Any, Literal

import click
from rich.table import Table

from ghostly.cli.edge import Failure, api_key, asks_a_server, client, execute, onlooker, server, settings, speaking
from ghostly.cli.live import EVENT, colored, exit_code, mark, show, show_summary, steps_of
from ghostly.cli.screen import console, print_json, safe, say
from ghostly.settings import Settings

if TYPE_CHECKING:
    from ghostly.http.client import Message

Json = dict[str, Any]

_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_run_id = click.argument("run_id", metavar="ID")


# ---- watch


@click.command()
@_run_id
@_as_json
@asks_a_server
def watch(run_id: str, as_json: bool, url: str | None) -> None:
    """Show the run ID from its first event on, live until it ends. Ctrl-C leaves the run alone.

    With --json each message of its stream is printed as a line.

    Exits as `ghostly run` does: with 0 if it passed, 1 if it failed, 2 if it could not be watched, 3 if it proved
    nothing, 130 if it was cancelled.

    \b
    Examples:
      ghostly watch 01a20226-963c-7ed9-8c26-7398e9700d6f
      ghostly watch $ID --json | jq 'select(.type == "step_failure")'
    """
    record = execute(_watch(settings(quiet=True), run_id, as_json, url))
    if not as_json:
        show_summary(record, console)
    sys.exit(exit_code(record))


async def _watch(given: Settings, run_id: str, as_json: bool, url: str | None) -> Json:
    async with client(given, url) as ghostly:
        messages = ghostly.follow(run_id)
        await (_tell(messages) if as_json else show(messages, console))
        return await ghostly.record(run_id)


async def _tell(messages: AsyncIterator[Message]) -> None:
    async for message in messages:
        print_json(message.data)


# ---- runs


@click.group()
def runs() -> None:
    """List runs, or show one."""


@runs.command("list")
@click.option("--status", type=click.Choice(["running", "pass", "fail"]), help="Only runs that stand so.")
@click.option("--verdict", help="Only runs with this verdict, such as inconclusive-environment.")
@click.option("--project", help="Only runs of this project, by id or slug.")
@click.option("--tag", help="Only runs with this tag.")
@click.option("--context", "contextId", help="Only runs of this contextId, such as a commit.")
@click.option("--since", help="Only runs that were begun then or later, such as 2026-04-20T17:34:10Z.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many, the newest first.")
@_as_json
@asks_a_server
def list_command(limit: int, as_json: bool, url: str | None, **filters: str | None) -> None:
    """List the newest runs.

    \b
    Examples:
      ghostly runs list --status fail
      ghostly runs list --context $(git rev-parse HEAD) --json | jq '.[].id'
    """
    wanted = {name: value for name, value in filters.items() if value}
    found = execute(_list(settings(quiet=True), url, limit, wanted))
    if as_json:
        print_json(found)
    else:
        console.print(_table(found, console.width) if found else "[dim]no runs[/]")


async def _list(given: Settings, url: str | None, limit: int, wanted: dict[str, str]) -> list[Json]:
    async with onlooker(given, url) as ghostly:
        return await ghostly.runs(limit, **wanted)


def _table(found: Iterable[Json], width: int) -> Table:
    """As many columns as fit: an id that is cut short is of no use."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    shown = [title for title, widths in _COLUMNS.items() if width in widths]
    for title in shown:
        justify: Literal["left", "right"] = "right" if title == "STEPS" else "left"
        least = ID_WIDTH if title == "ID" else None  # whatever the others need
        table.add_column(title, no_wrap=True, overflow="ellipsis", justify=justify, min_width=least)
    for record in found:
        cells = dict(zip(_COLUMNS, _cells(record), strict=True))
        table.add_row(*(cells[title] for title in shown))
    return table


ID_WIDTH = 36
_WIDEST = 10_000
_COLUMNS = {
    "ID": range(_WIDEST),
    "": range(48),  # a mark, where the word does not fit
    "STATUS": range(48, _WIDEST),
    "STEPS": range(56, _WIDEST),
    "STARTED": range(80, _WIDEST),
    "WHERE": range(100, _WIDEST),
}
"""Each title, and in how wide terminals it is shown."""


def _cells(record: Json) -> tuple[str, ...]:
    passed = sum(step["ok"] for step in record["steps"])
    started = record["startedAt"][:19].replace("T", " ")
    steps = f"{passed}/{len(record['steps'])}"
    return record["id"], mark(record), colored(record), steps, started, safe(record["baseUrl"])


@runs.command("show")
@_run_id
@click.option("--at-seq", type=click.IntRange(1), help="As it was after this event.")
@_as_json
@asks_a_server
def show_command(run_id: str, at_seq: int | None, as_json: bool, url: str | None) -> None:
    """Show the record of the run ID, as it is or as it was.

    \b
    Examples:
      ghostly runs show 01a20226-963c-7ed9-8c26-7398e9700d6f
      ghostly runs show $ID --at-seq 7
      ghostly runs show $ID --json | jq .steps
    """
    record = execute(_record(settings(quiet=True), url, run_id, at_seq))
    if as_json:
        print_json(record)
    else:
        show_summary(record, console)
        for step in steps_of(record):
            say(console, step, EVENT)


async def _record(given: Settings, url: str | None, run_id: str, at_seq: int | None) -> Json:
    async with onlooker(given, url) as ghostly:
        return await ghostly.record(run_id, at_seq)


# ---- cancel, trace


@click.command()
@_run_id
@click.option("--reason", help="Why; it is kept in the log.")
@_as_json
@asks_a_server
def cancel(run_id: str, reason: str | None, as_json: bool, url: str | None) -> None:
    """Cancel the run ID. Its browser is gone within five seconds, whatever the page is doing.

    \b
    Examples:
      ghostly cancel 01a20226-963c-7ed9-8c26-7398e9700d6f
      ghostly cancel $ID --reason "the wrong commit"
    """
    answer = execute(_cancel(settings(quiet=True), url, run_id, reason))
    if as_json:
        print_json(answer)
    else:
        how = " (nobody was driving it any more)" if answer.get("stale") else ""
        console.print(f"run {answer['id']} is {answer['status']}{how}")


async def _cancel(given: Settings, url: str | None, run_id: str, reason: str | None) -> Json:
    async with onlooker(given, url) as ghostly:
        return await ghostly.cancel(run_id, reason)


@click.command()
@_run_id
@asks_a_server
def trace(run_id: str, url: str | None) -> None:
    """Print a link that opens the trace of the run ID in a browser.

    The run must have been started with "recordTrace": true. Whoever has the link can see the run's files for ten
    minutes, or as long as the run goes on.

    \b
    Example:
      xdg-open "$(ghostly trace 01a20226-963c-7ed9-8c26-7398e9700d6f)"
    """
    sys.stdout.write(execute(_trace(settings(quiet=True), url, run_id)) + "\n")


async def _trace(given: Settings, url: str | None, run_id: str) -> str:
    running = await server(given, url)
    if running is None:
        raise Failure("No Ghostly runs that could show it: start `ghostly up` first.")
    async with speaking(running, api_key(given)) as ghostly:
        if not (await ghostly.record(run_id)).get("tracePath"):
            raise Failure(f'Run {run_id} has no trace: start it with "recordTrace": true.')
        return await ghostly.trace_link(run_id)
