"""Commands that run flows: run, demo."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import msgspec
from rich.console import Console

from ghostly.cli.edge import COULD_NOT, INTERRUPTED, Failure, asks_a_server, client, execute, refused, settings
from ghostly.cli.flows import assisted, count_of_steps, pursuing, read_flow
from ghostly.cli.junit import Result, write_report
from ghostly.cli.live import show, show_summary
from ghostly.cli.screen import console, notes, print_json, safe, screen
from ghostly.domain.errors import Obstacle
from ghostly.settings import Settings

if TYPE_CHECKING:
    from ghostly.http.client import Client

Json = dict[str, Any]


class Ways(NamedTuple):
    """How a run is shown, and for how many seconds it may go on."""

    on: Console
    seconds: float | None = None
    as_json: bool = False


WORST_LAST = (0, 3, 1, COULD_NOT, INTERRUPTED)
NOT_RUN = "It was not run."


@click.command()
@click.argument(
    "flows",
    metavar="FLOW...",
    nargs=-1,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--goal", help="What shall be reached, in plain language; a FLOW is then a first plan.")
@click.option("--base-url", help="Where the app is, over what the file says.")
@click.option("--project", help="Id or slug of the project, over what the file says  [default: default]")
@click.option(
    "--timeout",
    "seconds",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    help="Cancel a run after so many seconds.",
)
@click.option("--ci", is_flag=True, help="Plain lines: no colours, no bar.")
@click.option(
    "--junit", type=click.Path(dir_okay=False, path_type=Path), help="Write a JUnit report to this file."
)
@click.option("--json", "as_json", is_flag=True, help="Print the records as JSON, one a line, and nothing else.")
@asks_a_server
def run(flows: Sequence[Path], goal: str | None, junit: Path | None, **options: Any) -> None:
    """Run each FLOW (a JSON file), or pursue a goal, and show it live.

    A file holds a list of steps, or the whole body of POST /v1/run. Several are run one after the other. If no
    Ghostly answers, and none was named, the run is done in this process. Ctrl-C cancels the run and waits for its
    end.

    Exits with 0 if all passed, 1 if one failed, 2 if one could not be started, 3 if one proved nothing, 130 if
    one was cancelled; the worst of these, which are 130, 2, 1, 3 in this order.

    \b
    Examples:
      ghostly run login.json --base-url http://localhost:3000
      ghostly run flows/*.json --ci --junit report.xml
      ghostly run login.json --json | jq .verdict
      ghostly run --base-url http://localhost:3000 --goal 'Click "Log in". Expect "Welcome".'
    """
    if not flows and goal is None:
        raise click.UsageError("Name a FLOW, or say what shall be reached with --goal.")
    given, results = settings(quiet=True), [Result(name, error=NOT_RUN) for name in _names(flows, goal)]
    _report(junit, results)  # so that none of an earlier time is taken for this one's, however this ends
    try:
        execute(_run_all(given, flows, results, goal=goal, **options))
    except Failure as failure:
        results[:] = [r._replace(error=failure.message) if r.error == NOT_RUN else r for r in results]
        raise Failure(failure.message) from failure  # whatever it was: it could not be run
    finally:
        _report(junit, results)
    sys.exit(max((result.code for result in results), key=WORST_LAST.index))


def _report(junit: Path | None, results: Sequence[Result]) -> None:
    try:
        if junit:
            write_report(junit, results)
    except OSError as error:
        raise refused(error, f"The report cannot be written to {junit}") from error


async def _run_all(
    given: Settings,
    flows: Sequence[Path],
    results: list[Result],
    *,
    goal: str | None,
    url: str | None,
    ci: bool,
    as_json: bool,
    seconds: float | None,
    **said: Any,
) -> None:
    asked = [_read(path, goal, **said) for path in flows] if flows else [_goal(goal or "", **said)]
    ways = Ways(screen(plain=ci, stderr=as_json), seconds, as_json)
    async with AsyncExitStack() as stack:
        # Nothing is started for files that cannot be read.
        readable = any(body for body, _ in asked)
        ghostly = await stack.enter_async_context(client(given, url)) if readable else None
        for n, (body, error) in enumerate(asked):
            name = results[n].flow
            results[n] = Result(name, error=error)
            if body and ghostly:
                results[n] = await _result(ghostly, name, body, ways)
            _say(results[n], ways)
            if _interrupted() and n + 1 < len(asked):
                raise asyncio.CancelledError


def _interrupted() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _names(flows: Sequence[Path], goal: str | None) -> list[str]:
    return [str(path) for path in flows] or [goal or ""]


def _read(path: Path, goal: str | None, **said: Any) -> tuple[Json | None, str | None]:
    try:
        return read_flow(path, **said) | (assisted(goal) if goal else {}), None
    except Failure as failure:
        return None, failure.message


def _goal(goal: str, **said: Any) -> tuple[Json | None, str | None]:
    try:
        return pursuing(goal, **said), None
    except Failure as failure:
        return None, failure.message


async def _result(ghostly: Client, flow: str, body: Json, ways: Ways) -> Result:
    try:
        return Result(flow, await start_and_show(ghostly, body, ways))
    except Obstacle as error:
        return Result(flow, error=str(error))


def _say(result: Result, ways: Ways) -> None:
    if result.error:
        notes.print(f"Error: {safe(result.error)}")
    if ways.as_json:
        print_json(result.record or {"ok": False, "flow": result.flow, "error": result.error})


async def start_and_show(ghostly: Client, body: Json, ways: Ways) -> Json:
    """Start the run, show it until it has ended, answer its record.

    It is cancelled by Ctrl-C, by too long a time, and where nobody reads any more: it must not go on unseen.
    """
    run_id = await ghostly.start(body)
    try:
        ways.on.print(f"run [bold]{run_id}[/]", soft_wrap=True)
        await _show(ghostly, run_id, count_of_steps(body), ways)
    except BrokenPipeError:
        await _cancel(ghostly, run_id, "Nobody reads any more what is printed of it.")
        raise
    record = await ghostly.record(run_id)
    show_summary(record, ways.on)
    return record


async def _show(ghostly: Client, run_id: str, steps: int | None, ways: Ways) -> None:
    showing = asyncio.create_task(show(ghostly.follow(run_id), ways.on, steps))
    try:
        _, late = await asyncio.wait([showing], timeout=ways.seconds)
        if late:
            ways.on.print(f"[yellow]it takes longer than {ways.seconds:g} seconds, and is cancelled[/]")
            await _cancel(ghostly, run_id, f"It took longer than {ways.seconds:g} seconds.")
    except asyncio.CancelledError:
        # It is waited for, so that what is printed is its end.
        await _cancel(ghostly, run_id, "Interrupted in the terminal.")
    await showing


async def _cancel(ghostly: Client, run_id: str, reason: str) -> None:
    with suppress(Obstacle):  # it may have ended just now
        await ghostly.cancel(run_id, reason)


@click.command()
def demo() -> None:
    """Serve a small shop, run a flow through it, and show what happens.

    It uses your data directory and leaves its run there, to be looked at; everything else is put away.
    """
    record = execute(_demo(settings(quiet=True).alone()))
    if record["status"] != "pass":
        sys.exit(INTERRUPTED if record.get("cancelled") else COULD_NOT)


def _program() -> str:
    """What to type to get this program again."""
    if Path(sys.argv[0]).name != "ghostly":
        return "python -m ghostly"
    return "ghostly" if shutil.which("ghostly") == str(Path(sys.argv[0]).absolute()) else sys.argv[0]


async def _demo(given: Settings) -> Json:
    from ghostly.demo.serve import serve_shop

    console.print("starting PostgreSQL, the service and a browser …")
    flow = msgspec.json.decode(files("ghostly.demo").joinpath("flow.json").read_bytes())
    async with client(given) as ghostly, serve_shop() as shop:
        console.print(f"the demo shop is at {shop}")
        body = {**flow, "project": "default", "baseUrl": shop, "trigger": "cli"}
        record = await start_and_show(ghostly, body, Ways(console))
    console.print("\nWhat to try next:")
    for command, why in (
        (f"log {record['id']}", "every event of this run, as stored"),
        ("verify", "prove that nothing in the log was altered"),
        ("up", "keep it running: API, live streams, cancel"),
    ):
        console.print(f"  [bold]{safe(_program())} {command}[/]\n      [dim]{why}[/]")
    return record
