"""The edge of every command: settings in, a sentence and an exit code out.

Here as in all modules of commands, what takes long to import is imported by the function that needs it: to be told
of an option takes no browser.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ghostly.cli.screen import harmless, say_on_first_start
from ghostly.domain.errors import Obstacle
from ghostly.settings import SettingError, Settings, load, unknown
from ghostly.vital import Broke

if TYPE_CHECKING:
    from ghostly.http.client import Client

logger = logging.getLogger("ghostly.settings")

T = TypeVar("T")
Command = TypeVar("Command", bound=Callable[..., Any])

_BEGIN = "start `ghostly up` first, or say where one is with --url"

COULD_NOT = 2
BROKE = 70
INTERRUPTED = 130


class Failure(click.ClickException):
    """A sentence that says what went wrong and the way out; exit code 2."""

    exit_code = COULD_NOT

    def format_message(self) -> str:
        """The sentence; what a server or a page has said in it gives the terminal no orders."""
        return harmless(self.message)


class Breakdown(Failure):
    """Something of ours broke, and the log has its traceback; exit code 70."""

    exit_code = BROKE


class Interrupted(click.exceptions.Exit):
    """Somebody pressed Ctrl-C, or sent SIGTERM; what was begun has been put away."""

    def __init__(self) -> None:
        super().__init__(INTERRUPTED)


def settings(quiet: bool = False, **flags: Any) -> Settings:
    """The settings, flags first; logs begin as they say. Raises ``Failure``."""
    from ghostly import telemetry

    try:
        loaded = load(**flags)
    except SettingError as error:
        raise Failure(f"{error}.") from error
    telemetry.configure(loaded.log, telemetry.QUIET if quiet else telemetry.NORMAL)
    for name in unknown():
        logger.warning("%s is no setting: is it written wrongly?", name)
    return loaded


def execute(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end; put away what was begun after Ctrl-C or SIGTERM. Raises ``Failure``, ``Interrupted``."""
    try:
        return asyncio.run(_interruptible(work))
    except Broke as broke:
        raise Breakdown(str(broke)) from broke
    except Obstacle as obstacle:
        raise Failure(str(obstacle)) from obstacle
    except SettingError as error:
        raise Failure(f"{error}.") from error
    except BrokenPipeError:  # nobody reads any more what is printed: nothing that somebody should be told
        raise
    except OSError as error:
        raise refused(error) from error
    except (KeyboardInterrupt, asyncio.CancelledError) as interruption:
        raise Interrupted from interruption


def refused(error: OSError, what: str | None = None) -> Failure:
    """The sentence for what the system refused; ``what`` that was, where the error does not know."""
    about, why = what or error.filename, error.strerror or str(error)
    return Failure(f"{about}: {why}." if about else f"{why}.")


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
    async with _somewhere(given, running) as where, speaking(where, api_key(given)) as there:
        yield there


@asynccontextmanager
async def onlooker(given: Settings, url: str | None = None) -> AsyncIterator[Client]:
    """The same for whoever only looks or cancels: nothing is driven here, and no database is made or changed."""
    running = await server(given, url)
    if running is None and not given.api_key and not given.key_file.exists():  # where nothing was ever run
        raise Failure(f"No Ghostly answers at {given.address}, and none has run in {given.data_dir}: {_BEGIN}.")
    key = api_key(given)
    async with _somewhere(given, running, drives=False, migrating=False) as where, speaking(where, key) as there:
        yield there


@asynccontextmanager
async def _somewhere(given: Settings, running: str | None, **parts: bool) -> AsyncIterator[str]:
    """Where the server is that runs, or the one that runs in this process as long as this lasts."""
    if running:
        yield running
        return
    from ghostly.node import up

    async with up(given.alone(), **parts) as node:
        say_on_first_start(node.credentials, given.key_file)
        yield node.url


def speaking(url: str, key: str) -> Client:
    """A client that speaks to this server with this key."""
    from ghostly.http.client import Client

    return Client(url, key)


async def server(given: Settings, url: str | None = None) -> str | None:
    """The server that answers; None if none does. Raises ``Failure`` if one was named and does not."""
    from ghostly.http.client import is_up

    running = url or given.url or given.address
    if await is_up(running):
        return running
    if url or given.url:
        hint = (
            "" if running.startswith(("http://", "https://")) else ": an address begins with http:// or https://"
        )
        raise Failure(f"No Ghostly answers at {running}{hint}.")
    return None


def api_key(given: Settings) -> str:
    """The key that was given, or the first admin's, which lies in the data directory. Raises ``Failure``."""
    try:
        return (given.api_key or given.key_file.read_text()).strip()
    except OSError as error:
        raise Failure(f"No API key: set GHOSTLY_API_KEY (there is none in {given.data_dir} either).") from error
