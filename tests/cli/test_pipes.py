"""What is printed where nobody reads any more, or where not every sign is known."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.node.processes import environment, reached

pytestmark = pytest.mark.asyncio(loop_scope="module")

LATE = {"action": "waitForSelector", "selector": "#late", "timeoutMs": 60_000}
WAITS = {"action": "waitForSelector", "selector": "#nowhere", "timeoutMs": 60_000}


@pytest.fixture
def reads_one_line(up):
    """What somebody reads who leaves after a line, and does something; the exit code; what is said beside it."""

    def reads(*words: str, then: Callable[[], object] = int) -> tuple[str, int, str]:
        env, pipe = environment(data_dir=up.directory, port=up.port), subprocess.PIPE
        process = subprocess.Popen([sys.executable, "-m", "ghostly", *words], stdout=pipe, stderr=pipe, env=env)
        line = process.stdout.readline().decode()
        process.stdout.close()
        then()
        _, said = process.communicate(timeout=60)
        return line, process.returncode, said.decode()

    return reads


async def test_a_run_that_nobody_reads_of_any_more_is_cancelled(reads_one_line, up, flow, shop):
    steps = flow({"action": "goto", "url": "/late"}, LATE, WAITS)
    line, code, said = reads_one_line("run", steps, "--base-url", shop.url, then=shop.gate.set)

    assert (code, said) == (141, "")
    async with up.client() as client:
        assert (await client.record(line.split()[1]))["cancelRequestedAt"]


@pytest.mark.parametrize(
    "words", [("runs", "list"), ("runs", "list", "--json"), ("verify",), ("--help",), ("log", "-h")]
)
async def test_where_nothing_can_be_printed_that_is_said_in_one_sentence(up, words):
    env, pipe = environment(data_dir=up.directory, port=up.port), subprocess.PIPE
    with Path("/dev/full").open("wb") as full:
        process = subprocess.Popen([sys.executable, "-m", "ghostly", *words], stdout=full, stderr=pipe, env=env)
        said = process.communicate(timeout=60)[1].decode()

    assert process.returncode == 2
    assert said == "Error: What is to be printed cannot be written: No space left on device.\n"


async def test_a_log_that_is_read_in_part_is_no_error(reads_one_line, up, shop):
    async with up.client() as client:
        run = await client.start(shop.flow(*[{"action": "goto", "url": "/"}] * 20))
        await reached(client, run, 40)
    line, code, said = reads_one_line("log", run)

    assert line.startswith('{"seq":1,')
    assert (code in {0, 141}, said) == (True, "")  # 0 if the pipe took all of it


async def test_where_not_every_sign_is_known_others_are_shown(begin, flow, shop, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    command = begin("run", flow(), "--base-url", shop.url)

    assert command.ends() == 0
    assert re.search(r"\? goto '/' \d+ ms", command.output)
