"""How far a run is counts what was said of it, and costs a run of which nothing can be said nothing."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

from stores import begin

from ghostly.projections.run_view import find_stand, find_stands

ANA = UUID("00000000-0000-4000-8000-0000000000aa")


async def test_what_was_said_counts_for_its_own_run(heals, healing, runs, pool):
    reviewed, other = [(await heals.find(await healing())).heal for _ in range(2)]
    plain = await begin(runs)
    for verdict in ("approved", "rejected"):
        await heals.review(reviewed.id, verdict, by=ANA)
    stands = await find_stands(pool, [reviewed.run, other.run, plain, uuid4()])

    assert {run: stand.annotations for run, stand in stands.items()} == {reviewed.run: 2, other.run: 0, plain: 0}


async def test_the_log_is_not_asked_about_a_run_that_healed_nothing(runs, pool):
    run = await begin(runs)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("lock table events in access exclusive mode")
        stand = await asyncio.wait_for(find_stand(pool, run), timeout=20)

    assert (stand.seq, stand.annotations) == (1, 0)
