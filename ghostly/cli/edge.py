"""The edge of every command: settings in, a sentence and an exit code out."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

import click

from ghostly import telemetry
from ghostly.cli.screen import say_on_first_start
from ghostly.database.errors import DatabaseUnavailable, MigrationChanged, SchemaTooNew
from ghostly.http.client import Client, ClientError, is_up
from ghostly.node import API_KEY, up
from ghostly.settings import SettingError, Settings, load
from ghostly.vital import Broke

T = TypeVar("T")
Command = TypeVar("Command", bound=Callable[..., Any])

COULD_NOT = 2
BROKE = 70
INTERRUPTED = 130


class Failure(click.ClickException):
    """A sentence that says what went wrong and the way out; exit code 2."""

    exit_code = COULD_NOT


class Breakdown(Failure):
    """Something of ours broke, and the log has its traceback; exit code 70."""

    exit_code = BROKE


class Interrupted(click.exceptions.Exit):
    """Somebody pressed Ctrl-C, or sent SIGTERM; what was begun has been put away."""

    def __init__(self) -> None:
        super().__init__(INTERRUPTED)


def settings(quiet: bool = False, **flags: Any) -> Settings:
    """The settings, flags first; logs begin as they say. Raises ``Failure``."""
    try:
        loaded = load(**flags)
    except SettingError as error:
        raise Failure(f"{error}.") from error
    telemetry.configure(loaded.log, telemetry.QUIET if quiet else telemetry.NORMAL)
    return loaded


def execute(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end; put away what was begun after Ctrl-C or SIGTERM. Raises ``Failure``, ``Interrupted``."""
    try:
        return asyncio.run(_interruptible(work))
    except Broke as broke:
        raise Breakdown(str(broke)) from broke
    except (DatabaseUnavailable, MigrationChanged, SchemaTooNew, ClientError) as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(f"{error.strerror or error}.") from error
    except (KeyboardInterrupt, asyncio.CancelledError) as interruption:
        raise Interrupted from interruption


async def _interruptible(work: Coroutine[Any, Any, T]) -> T:
    task = asyncio.ensure_future(work)
    with suppress(NotImplementedError):  # no signals in this loop, as on Windows
        for interruption in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(interruption, task.cancel)
    return await task


def asks_a_server(command: Command) -> Command:
    """The option that says which server is asked."""
    text = "The Ghostly to ask [GHOSTLY_URL, else http://GHOSTLY_HOST:GHOSTLY_PORT]."
    return click.option("--url", help=text)(command)


@asynccontextmanager
async def client(given: Settings, url: str | None = None) -> AsyncIterator[Client]:
    """A client of the server that runs; of one in this process, which also drives, if none does."""
    running = await server(given, url)
    if running:
        async with Client(running, api_key(given)) as there:
            yield there
        return
    async with up(given.anywhere()) as node:
        say_on_first_start(node.credentials, given.data_dir / API_KEY)
        async with Client(node.url, api_key(given)) as here:
            yield here


@asynccontextmanager
async def onlooker(given: Settings, url: str | None = None) -> AsyncIterator[Client]:
    """The same for whoever only looks or cancels: nothing is driven here, and no database is made or changed."""
    running = await server(given, url)
    key = api_key(given)
    if running:
        async with Client(running, key) as there:
            yield there
        return
    async with up(given.anywhere(), drives=False, migrating=False) as node, Client(node.url, key) as here:
        yield here


async def server(given: Settings, url: str | None = None) -> str | None:
    """The server that answers; None if none does. Raises ``Failure`` if one was named and does not."""
    running = url or given.url or f"http://{given.host}:{given.port}"
    if await is_up(running):
        return running
    if url or given.url:
        raise Failure(f"No Ghostly answers at {running}.")
    return None


def api_key(given: Settings) -> str:
    """The key that was given, or the first admin's, which lies in the data directory. Raises ``Failure``."""
    if given.api_key:
        return given.api_key
    try:
        return (given.data_dir / API_KEY).read_text()
    except OSError as error:
        raise Failure(f"No API key: set GHOSTLY_API_KEY (there is none in {given.data_dir} either).") from error
