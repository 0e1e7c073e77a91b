"""What commands write on: terminals of any width, pipes, logs of a CI."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from ghostly.accounts import Credentials

WIDE = 160

# What a page says may hold orders to the terminal; nothing of that may reach it.
_ORDERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def screen(*, plain: bool = False, stderr: bool = False) -> Console:
    """Where to write: in colour with live bars in a terminal; plain lines if told so, or where it is none."""
    console = Console(highlight=False, emoji=False, stderr=stderr)
    if not plain and console.is_terminal:
        return console
    return Console(
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


def safe(text: Any) -> str:
    """The text so that it can be printed: no orders to the terminal, no markup."""
    return escape(_ORDERS.sub("\N{REPLACEMENT CHARACTER}", str(text)))


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
