"""Commands that run something: up, run, watch, demo."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import click
import msgspec

from ghostly import node
from ghostly.accounts import Credentials
from ghostly.cli.edge import COULD_NOT, Failure, Interrupted, client, execute, settings
from ghostly.cli.live import console, exit_code, show, summary
from ghostly.demo.serve import serve_shop
from ghostly.http.client import Client, ClientError
from ghostly.settings import Settings


@click.command()
@click.option("--host", help="Address to listen on [GHOSTLY_HOST, 127.0.0.1].")
@click.option("--port", type=click.IntRange(0, 65_535), help="Port to listen on, 0 for any [GHOSTLY_PORT, 4000].")
@click.option("--data-dir", type=Path, help="Where database, artifacts and keys live [GHOSTLY_DATA_DIR].")
@click.option("--workers", type=click.IntRange(1), help="Runs at once [GHOSTLY_WORKERS, number of cores].")
def up(**flags: Any) -> None:
    """Start everything: database, API and one worker. Ctrl-C stops it cleanly."""
    given = settings(**flags)
    try:
        execute(_up(given))
    except Interrupted:
        console.print("[dim]stopped[/]")


async def _up(given: Settings) -> None:
    async with node.up(given) as running:
        console.print(f"Ghostly is up at [bold]{running.url}[/]")
        if running.credentials:
            _introduce(running.credentials, given)
        await asyncio.Event().wait()


def _introduce(credentials: Credentials, given: Settings) -> None:
    console.print(f"  e-mail    {credentials.email}")
    if credentials.password:
        console.print(f"  password  {credentials.password}")
    console.print(f"  API key   {credentials.api_key}")
    console.print(f"[dim]  shown once; the key is also in {given.data_dir / node.API_KEY}[/]")


@click.command()
@click.argument("flow", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--base-url", help="Where the app is, over what the file says.")
@click.option("--project", default="default", show_default=True, help="Id or slug of the project.")
@click.option("--url", help="The Ghostly to ask; without one that runs, it is done in this process.")
def run(flow: Path, base_url: str | None, project: str, url: str | None) -> None:
    """Start the run that FLOW (a JSON file) describes and show it live.

    The file holds a list of steps, or the whole body of POST /v1/run. Exits with 0 if the run passed, 1 if it
    failed, 2 if it could not be started, 3 if it proved nothing, 130 if it was cancelled (Ctrl-C does that).
    """
    body = _body(flow, base_url, project)
    record = execute(_run(settings(quiet=True), body, url))
    sys.exit(exit_code(record))


async def _run(given: Settings, body: dict[str, Any], url: str | None) -> dict[str, Any]:
    async with client(given, url) as ghostly:
        return await _start_and_show(ghostly, body)


async def _start_and_show(ghostly: Client, body: dict[str, Any]) -> dict[str, Any]:
    run_id = await ghostly.start(body)
    console.print(f"run [bold]{run_id}[/]")
    showing = asyncio.create_task(show(ghostly.follow(run_id), total=len(body.get("steps", [])) or None))
    try:
        await asyncio.shield(showing)
    except asyncio.CancelledError:
        # Ctrl-C: the run must not go on unseen. It is waited for, so that what is printed is its end.
        with suppress(ClientError):  # it may have ended just now
            await ghostly.cancel(run_id)
        await showing
    record = await ghostly.record(run_id)
    console.print(summary(record))
    return record


def _body(path: Path, base_url: str | None, project: str) -> dict[str, Any]:
    try:
        given = msgspec.json.decode(path.read_bytes())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Failure(f"{path} is not valid JSON: {error}.") from error
    body = {"steps": given} if isinstance(given, list) else given
    if not isinstance(body, dict):
        raise Failure(f"{path} must hold a list of steps, or an object with steps.")
    if base_url:
        body["baseUrl"] = base_url
    if "baseUrl" not in body and "plan" not in body:
        raise Failure("Where is the app? Give --base-url, or baseUrl in the file.")
    return {"project": project, "trigger": "cli", **body}


@click.command()
@click.argument("run_id")
@click.option("--url", help="The Ghostly to ask [GHOSTLY_URL, http://127.0.0.1:4000].")
def watch(run_id: str, url: str | None) -> None:
    """Show the run RUN_ID from its first event on, live until it ends."""
    execute(_watch(settings(quiet=True), run_id, url))


async def _watch(given: Settings, run_id: str, url: str | None) -> None:
    async with client(given, url) as ghostly:
        await show(ghostly.follow(run_id))
        console.print(summary(await ghostly.record(run_id)))


@click.command()
def demo() -> None:
    """Serve a small shop, run a flow through it, and show what happens."""
    record = execute(_demo(settings(quiet=True).anywhere()))
    if record["status"] != "pass":
        sys.exit(COULD_NOT)


async def _demo(given: Settings) -> dict[str, Any]:
    console.print("starting PostgreSQL, the service and a browser …")
    flow = msgspec.json.decode(files("ghostly.demo").joinpath("flow.json").read_bytes())
    async with client(given) as ghostly, serve_shop() as shop:
        console.print(f"the demo shop is at {shop}")
        record = await _start_and_show(ghostly, {**flow, "project": "default", "baseUrl": shop, "trigger": "cli"})
    console.print("\nWhat to try next:")
    for command, why in (
        (f"ghostly log {record['id']}", "every event of this run, as stored"),
        ("ghostly verify", "prove that nothing in the log was altered"),
        ("ghostly up", "keep it running: API, live streams, cancel"),
    ):
        console.print(f"  [bold].venv/bin/{command}[/]  [dim]{why}[/]", soft_wrap=True)
    return record
