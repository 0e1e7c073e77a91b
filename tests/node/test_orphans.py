"""A node is killed in the middle of a run that is filmed; after the next start nothing of it is left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from tests.node.processes import Up, alive, reached, until, words
from tests.node.shops import open_shop

pytestmark = pytest.mark.asyncio(loop_scope="module")

WAITS = {"action": "waitForSelector", "selector": "#nowhere", "timeoutMs": 60_000}
FILMED = {"recordVideoOnFailure": True, "recordTrace": True}
WITHIN_S = 15
KINDS = {"run-driver", "--ghostly-owner", "ffmpeg"}


@dataclass(frozen=True)
class Left:
    """What there was while the run went on, and what of it was there after the next start."""

    processes: set[psutil.Process]
    kinds: set[str]
    scratch: set[Path]
    living: set[psutil.Process]
    lying: set[Path]


@pytest.fixture(scope="module")
def temporary(reachable: Path) -> Iterator[Path]:
    """Where the node puts what it needs for a while."""
    directory = reachable / "t"
    directory.mkdir()
    directory.chmod(0o777)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(directory))
        yield directory


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def left(reachable: Path, temporary: Path) -> Left:
    up = await Up(reachable / "orphans").start()
    with open_shop() as shop:
        async with up.client() as client:
            run = await client.start(shop.flow(WAITS) | FILMED)
            await reached(client, run, 5)
            with suppress(TimeoutError):
                await until(lambda: kinds(up) == KINDS, WITHIN_S)
            found = Left(browsing(up), kinds(up), lying(temporary), set(), set())
            await up.kill()
            await up.start()
            with suppress(TimeoutError):  # the tests say what is left
                await until(lambda: not alive(found.processes) and not found.scratch & lying(temporary), WITHIN_S)
    after = Left(found.processes, found.kinds, found.scratch, alive(found.processes), lying(temporary))
    await up.stop()
    return after


def browsing(up: Up) -> set[psutil.Process]:
    """The driver, the browsers, and what they started."""
    return {process for process in up.family() if not any("postgres" in word for word in words(process)[:1])}


def kinds(up: Up) -> set[str]:
    said = [" ".join(words(process)) for process in browsing(up)]
    return {kind for kind in KINDS if any(kind in words for words in said)}


def lying(temporary: Path) -> set[Path]:
    return {path for path in temporary.iterdir() if path.name.startswith(("ghostly-scratch-", "playwright"))}


async def test_there_was_something_to_leave_behind(left):
    assert left.kinds == KINDS
    assert left.scratch


async def test_no_process_of_a_killed_node_outlives_the_next_start(left):
    assert left.living == set()


async def test_no_file_of_a_killed_node_outlives_the_next_start(left):
    assert not left.scratch & left.lying
