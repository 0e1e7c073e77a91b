"""What a command imports: no more than it needs to do what it was asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ghostly.cli import main
from tests.node.processes import environment

HEAVY = {"aiohttp", "asyncpg", "cryptography", "eventsourcing", "openai", "playwright", "prometheus_client"}

CALL = """
import sys
from ghostly.cli import main
main(sys.argv[1:], standalone_mode=False)
print(*{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
"""


def imported(*words: str, **settings: object) -> set[str]:
    """Those of the packages that take long to import which a command has imported."""
    command = [sys.executable, "-c", CALL, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment(**settings))
    return HEAVY & set(done.stderr.split())


@pytest.mark.parametrize("words", [(), *((name,) for name in main.commands)])
def test_who_asks_for_help_waits_for_nothing_else(words):
    assert imported(*words, "--help") == set()


@pytest.mark.asyncio(loop_scope="module")
async def test_who_asks_a_server_loads_no_browser_and_no_database(up):
    asked = imported("runs", "list", data_dir=up.directory, port=up.port)

    assert asked == {"aiohttp", "prometheus_client"}
