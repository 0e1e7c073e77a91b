"""What is remembered helps where it can be read, and holds up no run where it cannot."""

from __future__ import annotations

from uuid import uuid4

import pytest

from ghostly.database.pool import open_pool
from ghostly.domain.steps import Click
from ghostly.projections.lessons import subject
from ghostly.worker.memories import RunMemory


@pytest.fixture
async def away(dsn) -> RunMemory:
    """A memory whose database cannot be asked any more."""
    pool = await open_pool(dsn, size=1)
    await pool.close()
    return RunMemory(pool, subject(uuid4(), uuid4(), "http://app.test"), "Log in.")


async def test_a_pursuit_goes_on_without_what_cannot_be_recalled(away):
    assert await away.recall() is None


async def test_a_step_is_mended_without_the_fingerprint_that_cannot_be_read(away):
    assert await away.fingerprint(Click(selector="#save")) is None
