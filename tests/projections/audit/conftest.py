"""A log with three runs in it, of which the one between is over."""

from __future__ import annotations

import pytest
from written import door, driven, finished


@pytest.fixture
async def runs(dsn, pool):
    async with door(dsn, pool) as opened:
        yield opened


@pytest.fixture
async def run(runs):
    """A finished run of eight events, between two others."""
    await finished(runs)
    between = await finished(runs)
    await driven(runs)
    return between
