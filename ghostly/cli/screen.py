"""What commands write on: terminals of any width, pipes, logs of a CI."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from ghostly.accounts import Credentials

WIDE = 160

# What a page says may hold orders to the terminal; nothing of that may reach it.
_ORDERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class _Screen(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command what is to be done when nobody reads any more."""
        raise BrokenPipeError


def screen(*, plain: bool = False, stderr: bool = False) -> Console:
    """Where to write: in colour with live bars in a terminal; plain lines if told so, or where it is none."""
    console = _Screen(highlight=False, emoji=False, stderr=stderr)
    if not plain and console.is_terminal:
        return console
    return _Screen(
        highlight=False,
        emoji=False,
        stderr=stderr,
        soft_wrap=True,
        force_terminal=False,
        force_interactive=False,
        color_system=None,
        width=WIDE,
    )


console = screen()
notes = screen(stderr=True)


def say(on: Console, text: str, indent: int) -> None:
    """Print the lines; in a terminal, what does not fit goes on beneath, so many columns in.

    A word alone is left to the terminal to break: an id can then be copied whole.
    """
    for line in map(Text.from_markup, text.split("\n")):
        if not on.is_terminal or " " not in line.plain[indent:]:
            on.print(line, soft_wrap=True)
        else:
            on.print(_hanging(line, indent))


def _hanging(line: Text, indent: int) -> Table:
    table = Table.grid()
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(line[:indent], line[indent:])
    return table


def safe(text: Any) -> str:
    """The text so that it can be printed: no orders to the terminal, no lines of its own, no markup."""
    return escape(harmless(text))


def harmless(text: Any) -> str:
    """The text without orders to the terminal, and in one line: what a page says begins none, as ours do."""
    return _ORDERS.sub("\N{REPLACEMENT CHARACTER}", " ".join(str(text).splitlines()).expandtabs(1))


def print_json(value: Any) -> None:
    """Print the value as a line of JSON, for programs."""
    print_line(msgspec.json.encode(value))


def print_line(encoded: bytes) -> None:
    """Print JSON; what a terminal would take for an order is escaped, which means the same to a program."""
    line = _ORDERS.sub(lambda order: f"\\u{ord(order[0]):04x}", encoded.decode())
    sys.stdout.buffer.write(line.encode() + b"\n")
    sys.stdout.buffer.flush()


def introduce(credentials: Credentials, key_file: Path, on: Console = console) -> None:
    """Tell the first admin's credentials, which nobody can tell again."""
    on.print(f"  e-mail    {safe(credentials.email)}")
    if credentials.password:
        on.print(f"  password  {credentials.password}")
    on.print(f"  API key   {credentials.api_key}")
    on.print(f"[dim]  shown once; the key is also in {safe(key_file)}[/]")


def say_on_first_start(credentials: Credentials | None, key_file: Path) -> None:
    """Tell them beside what the command prints, if they were made just now."""
    if credentials:
        notes.print("this is the first start; an admin was made:")
        introduce(credentials, key_file, notes)
