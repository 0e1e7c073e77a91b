"""Commands that go on until they are stopped: up, serve, worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import click

from ghostly.cli.edge import Command, Interrupted, execute, settings
from ghostly.cli.screen import console, introduce, safe
from ghostly.settings import Settings

_OPTIONS = {
    "host": click.option("--host", help="Address to listen on [GHOSTLY_HOST, 127.0.0.1]."),
    "port": click.option(
        "--port", type=click.IntRange(0, 65_535), help="Port to listen on, 0 for any [GHOSTLY_PORT, 4000]."
    ),
    "data_dir": click.option("--data-dir", help="Where database, artifacts and keys live [GHOSTLY_DATA_DIR]."),
    "database_url": click.option(
        "--database-url", help="The PostgreSQL to use, instead of the embedded one [GHOSTLY_DATABASE_URL]."
    ),
    "workers": click.option(
        "--workers", type=click.IntRange(1), help="Runs at once [GHOSTLY_WORKERS, number of cores]."
    ),
    "labels": click.option(
        "--label", "labels", multiple=True, help="Also take runs that ask for this label [GHOSTLY_LABELS]."
    ),
}

_SAME_KEY = "if the API runs on another machine, give both the same GHOSTLY_VAULT_KEY"


def _takes(*names: str) -> Callable[[Command], Command]:
    def add(command: Command) -> Command:
        for name in reversed(names):
            command = _OPTIONS[name](command)
        return command

    return add


@click.command()
@_takes("host", "port", "data_dir", "workers", "labels")
def up(**flags: Any) -> None:
    """Start everything: database, API and one worker. Ctrl-C stops it cleanly.

    \b
    Examples:
      ghostly up
      ghostly up --port 8080 --workers 4
      ghostly up --data-dir ./ghostly-data
    """
    _until_stopped(flags, guarded=False)


@click.command()
@_takes("host", "port", "data_dir", "database_url")
def serve(**flags: Any) -> None:
    """Start the API without a worker; `ghostly worker` drives its runs.

    Both need the same database: GHOSTLY_DATABASE_URL, or on one machine the embedded one of the same data
    directory. On several machines both also need the same GHOSTLY_VAULT_KEY, and all that serve the same
    GHOSTLY_JWT_SECRET.

    \b
    Examples:
      ghostly serve --host 0.0.0.0
      ghostly serve --database-url postgresql://ghostly:secret@db/ghostly
    """
    _until_stopped(flags, guarded=True, drives=False)


@click.command()
@_takes("data_dir", "database_url", "workers", "labels")
def worker(**flags: Any) -> None:
    """Drive runs that others serve: one worker, no API. Ctrl-C lets it finish for ten seconds.

    It needs the same database as `ghostly serve`, and the same GHOSTLY_VAULT_KEY: with another key, runs that
    type text end as inconclusive-environment. What browsers reach is guarded, unless GHOSTLY_EGRESS=open.

    \b
    Examples:
      ghostly worker
      ghostly worker --database-url postgresql://ghostly:secret@db/ghostly --workers 4
      ghostly worker --label gpu --label eu     also takes runs with "labels": ["gpu"]
    """
    _until_stopped(flags, guarded=True, serves=False)


def _until_stopped(flags: dict[str, Any], *, guarded: bool, **parts: bool) -> None:
    flags["labels"] = tuple(flags.get("labels") or ()) or None
    given = settings(**flags)
    try:
        execute(_run(given.guarded() if guarded else given, **parts))
    except Interrupted:
        console.print("[dim]stopped[/]")


async def _run(given: Settings, *, serves: bool = True, drives: bool = True) -> None:
    from ghostly import node
    from ghostly.accounts.vault import FILE

    has_no_key = given.vault_key is None and not (given.data_dir / FILE).exists()
    async with node.up(given, serves=serves, drives=drives) as running:
        console.print(_greeting(given, running.url, serves=serves, drives=drives))
        if running.credentials:
            introduce(running.credentials, given.key_file)
        if not serves and given.database_url and has_no_key:
            console.print(f"[yellow]a new vault key was made in {safe(given.data_dir)}:[/] {_SAME_KEY}")
        node.settle()
        await asyncio.Event().wait()


def _greeting(given: Settings, url: str, *, serves: bool, drives: bool) -> str:
    if serves and drives:
        return f"Ghostly is up at [bold]{url}[/]"
    where = "the given database" if given.database_url else f"the embedded database of {safe(given.data_dir)}"
    if serves:
        return f"Ghostly is up at [bold]{url}[/] on {where}; start `ghostly worker` to drive its runs"
    labels = f", also those that ask for {safe(', '.join(given.labels))}" if given.labels else ""
    return f"The worker is up: it drives {given.workers} at once of the runs in {where}{labels}"
