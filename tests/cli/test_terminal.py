"""The same command in a real terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios

import pytest

from tests.node.processes import environment

pytestmark = pytest.mark.asyncio(loop_scope="module")

COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-9][0-9;]*m")
NOWHERE = {"action": "click", "selector": "#nowhere", "timeoutMs": 200, "label": "x" * 200}


@pytest.fixture
def seen(up):
    """What a terminal of this many columns is sent by a command."""

    def seen(*words: str, columns: int = 80, **variables: str) -> str:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        env = environment(data_dir=up.directory, port=up.port) | {"TERM": "xterm-256color"} | variables
        process = subprocess.Popen(
            [sys.executable, "-m", "ghostly", *words], stdout=theirs, stderr=theirs, env=env
        )
        os.close(theirs)
        return _read(ours, process)

    return seen


def _read(terminal: int, process: subprocess.Popen) -> str:
    sent = b""
    while chunk := _next(terminal):
        sent += chunk
    process.wait(60)
    os.close(terminal)
    return sent.decode()


def _next(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other side is gone
        return b""


async def test_a_terminal_gets_a_bar_and_colours(seen, flow, shop):
    sent = seen("run", flow(), "--base-url", shop.url)

    assert "0/1" in sent
    assert COLOUR.search(sent)
    assert sent.rfind("\x1b[?25h") > sent.rfind("\x1b[?25l")  # the cursor is back


async def test_for_a_ci_there_is_not_one_escape(seen, flow, shop):
    assert "\x1b" not in seen("run", flow(), "--base-url", shop.url, "--ci")


async def test_no_color_takes_the_colours_away(seen, flow, shop):
    assert not COLOUR.search(seen("run", flow(), "--base-url", shop.url, NO_COLOR="1"))


async def test_the_bar_fits_into_a_narrow_terminal(seen, flow, shop):
    sent = seen("run", flow(NOWHERE), "--base-url", shop.url, columns=60)
    bars = [line for line in re.split(r"[\r\n]+", sent) if "/2" in line]

    assert bars
    assert max(len(re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", bar)) for bar in bars) <= 60


async def test_an_id_in_a_list_is_whole_in_a_narrow_terminal(seen, flow, shop):
    seen("run", flow(), "--base-url", shop.url)

    assert re.search(
        r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} ", seen("runs", "list", columns=50), re.MULTILINE
    )


def plain(sent: str) -> list[str]:
    """The lines that were sent, without what moves the cursor or colours."""
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\r", "", sent).splitlines()


async def test_a_list_in_forty_columns_shows_how_each_run_stands(seen, flow, shop):
    seen("run", flow(), "--base-url", shop.url)
    [_, newest, *_] = plain(seen("runs", "list", columns=40))

    assert re.fullmatch(r"[0-9a-f-]{36}  ✓ *", newest)


async def test_a_sentence_that_does_not_fit_goes_on_where_it_began(seen, flow, shop):
    run = re.findall(r"run +([0-9a-f-]{36})", seen("run", flow(NOWHERE), "--base-url", shop.url, "--ci"))[0]
    lines = [line.rstrip() for line in plain(seen("runs", "show", run, columns=40))]

    assert f"run        {run}" in "".join(lines)  # in one piece, to be copied
    assert "           matched '#nowhere'; nearest:" in lines
