"""What a node needs: settings on the test's database, and a shop to visit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ghostly.settings import Settings
from tests.node.shops import Shop, open_shop


@pytest.fixture
def settings(dsn: str, tmp_path: Path) -> Settings:
    return Settings(database_url=dsn, data_dir=tmp_path, port=0, workers=1, settle_after_s=1)


@pytest.fixture
def shop() -> Iterator[Shop]:
    with open_shop() as shop:
        yield shop
