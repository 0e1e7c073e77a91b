"""The commands."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any

import click

from ghostly import __version__
from ghostly.cli.doctor import doctor
from ghostly.cli.edge import INTERRUPTED, refused
from ghostly.cli.heals import heal
from ghostly.cli.history import log, rebuild_command, verify_command
from ghostly.cli.looking import cancel, runs, trace, watch
from ghostly.cli.nodes import serve, up, worker
from ghostly.cli.running import demo, run

COMMANDS = {
    "Run flows": (demo, run, watch, runs, cancel, trace, heal),
    "Serve": (up, serve, worker, doctor),
    "Look at the log": (log, verify_command, rebuild_command),
}

UNHEARD = 141
"""The exit code of a program that was printing when nobody read any more, as shells give it."""


def _be_silent() -> None:
    # As Python's documentation has it: or the rest of what was printed makes an error of its own.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def _speaking() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        _be_silent()
        raise click.exceptions.Exit(UNHEARD) from error
    except OSError as error:  # what a command does with files and servers it tells itself; this is its output
        _be_silent()
        raise refused(error, "What is to be printed cannot be written") from error
    except KeyboardInterrupt as error:
        raise click.exceptions.Exit(INTERRUPTED) from error


class _Group(click.Group):
    def make_context(self, *words: Any, **more: Any) -> click.Context:
        with _speaking():
            return super().make_context(*words, **more)

    def invoke(self, ctx: click.Context) -> Any:
        with _speaking():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl([(str(each.name), each.get_short_help_str(70)) for each in commands])


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="ghostly")
def main() -> None:
    """Run browser tests, watch them live, and keep every event of theirs in an append-only log.

    Begin with `ghostly demo`; then `ghostly up`, and `ghostly run FLOW.json` in another terminal. Every command
    has examples in its --help. Settings are GHOSTLY_… in the environment or in a file .env; flags go over them.
    """
    atexit.register(gc.freeze)  # else Python looks through all there is once more, half a second long, at the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that knows no ✓ is shown another sign, no error


for _commands in COMMANDS.values():
    for _command in _commands:
        main.add_command(_command)
