"""What a node needs: settings on the test's database, and a shop to visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import psutil
import pytest

from ghostly.settings import Settings
from tests.node.processes import Up, postgres
from tests.node.shops import Shop, open_shop

DIRECTORIES = count()


@pytest.fixture
def settings(dsn: str, tmp_path: Path) -> Settings:
    return Settings(database_url=dsn, data_dir=tmp_path, port=0, workers=1, settle_after_s=1)


@pytest.fixture
def shop() -> Iterator[Shop]:
    with open_shop() as shop:
        yield shop


@pytest.fixture
def make(reachable: Path) -> Iterator[Callable[..., Up]]:
    """Makes processes on a data directory of the test's own; none outlives it."""
    directory, made = reachable / f"made-{next(DIRECTORIES)}", []

    def make(command: str = "up", **settings: object) -> Up:
        made.append(Up(directory, command=command, **settings))
        return made[-1]

    yield make
    for each in made:
        each.process.kill()
        each.process.wait()
    for process in postgres(directory):
        with suppress(psutil.Error):
            process.kill()
