"""Heals of before anybody could say anything of them: they stay as they were, and are sound."""

from __future__ import annotations

from functools import partial

import pytest
from stores import another_node, begin
from stories import STEP, WORKER

from ghostly.database.migrations import migrate, packaged
from ghostly.database.pool import open_pool
from ghostly.domain.events import HealingAttempted, StepFailed, StepPassed
from ghostly.domain.run import Run, say
from ghostly.projections import reviews
from ghostly.projections.audit import verify
from ghostly.projections.rebuild import rebuild
from ghostly.projections.relearning import relearn
from ghostly.projections.run_view import find_stand

HEALED = [
    say(StepFailed, index=0, step=STEP, duration_ms=1, error="gone"),
    say(HealingAttempted, index=0, heal_id="d41d8cd98f00b204", step=STEP, rationale="renamed"),
    say(StepPassed, index=0, step=STEP, duration_ms=1, healed=True),
]


@pytest.fixture
async def older(empty_dsn):
    """A database of before with two runs that healed a step alike, brought to today's schema; and one of them."""
    pool = await open_pool(empty_dsn, size=4)
    await migrate(pool, packaged()[:9])
    async with another_node(empty_dsn) as (_, runs):
        for run in (made := [await begin(runs), await begin(runs)]):
            await runs.decide(run, partial(Run.assign, worker=WORKER))
            await runs.decide(run, partial(Run.report, worker=WORKER, facts=HEALED))
    await migrate(pool)
    yield pool, made[0]
    await pool.close()


async def test_a_log_with_heals_of_before_is_sound(older):
    pool, run = older
    stand = await find_stand(pool, run)

    assert (await verify(pool)).found == 0
    assert (stand.healed, stand.annotations) == (True, 0)


async def test_nothing_is_to_be_made_anew_of_heals_of_before(older):
    pool, _ = older

    assert (await rebuild(pool)).written == 0
    assert ((await relearn(pool)).runs, await reviews.remake(pool)) == (0, 0)
