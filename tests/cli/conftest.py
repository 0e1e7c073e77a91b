"""A Ghostly that runs, for a module's commands to ask, and a shop for their flows."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio

from tests.node.processes import Up, launch
from tests.node.shops import Shop, open_shop

NUMBERS = count()


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    with open_shop() as shop:
        yield shop


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def up(reachable: Path) -> Iterator[Up]:
    up = await Up(reachable / "commands").start()
    yield up
    await up.stop()


class Command:
    """A command that was begun, and what it has printed."""

    def __init__(self, process: subprocess.Popen[bytes], file: Path) -> None:
        self.process = process
        self._file = file

    @property
    def output(self) -> str:
        return self._file.read_text()

    @property
    def run(self) -> str:
        """The run that it has told of."""
        return re.findall(r"^run +([0-9a-f-]{36})$", self.output, re.MULTILINE)[0]

    def ends(self) -> int:
        return self.process.wait(60)


@pytest.fixture
def begin(up: Up, tmp_path: Path) -> Iterator[Callable[..., Command]]:
    """Begins commands against the Ghostly that runs."""
    begun = []

    def begin(*words: str) -> Command:
        file = tmp_path / f"output-{next(NUMBERS)}"
        process = launch(list(words), file, data_dir=up.directory, port=up.port, workers=1)
        begun.append(process)
        return Command(process, file)

    yield begin
    for process in begun:
        process.kill()
        process.wait()


@pytest.fixture
def answer(begin: Callable[..., Command]) -> Callable[..., str]:
    """What a command prints that goes well."""

    def answer(*words: str) -> str:
        command = begin(*words)
        assert command.ends() == 0, command.output
        return command.output

    return answer


@pytest.fixture
def complaint(begin: Callable[..., Command]) -> Callable[..., str]:
    """What a command says that cannot do what it was told."""

    def complaint(*words: str) -> str:
        command = begin(*words)
        assert command.ends() == 2
        return command.output

    return complaint


@pytest.fixture
def flow(tmp_path: Path) -> Callable[..., str]:
    """Writes flows into files."""

    def flow(*steps: dict) -> str:
        path = tmp_path / f"flow-{next(NUMBERS)}.json"
        path.write_text(json.dumps([{"action": "goto", "url": "/"}, *steps]))
        return str(path)

    return flow
