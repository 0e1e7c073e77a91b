"""What a person says of a heal is in the log and in the rows together, in one order, whoever speaks at once."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import asyncpg
import pytest
from stories import OWNER

from ghostly.domain.annotations import stream_of
from ghostly.domain.errors import HealNotFound, HealNotReviewable
from ghostly.projections import reviews
from ghostly.projections.audit import verify
from ghostly.projections.reviews import Reviewed, find_reviewed

ANA, BO = UUID("00000000-0000-4000-8000-0000000000aa"), UUID("00000000-0000-4000-8000-0000000000bb")


async def table(pool: asyncpg.Pool) -> list[str]:
    return [row[0] for row in await pool.fetch("select t::text from heal_reviews t order by 1")]


async def told(pool: asyncpg.Pool) -> list[str]:
    return [
        row[0] for row in await pool.fetch("select topic from events where kind = 'annotations' order by position")
    ]


async def until_somebody_waits(pool: asyncpg.Pool) -> None:
    while not await pool.fetchval("select true from pg_locks where relation = 'runs'::regclass and not granted"):
        await asyncio.sleep(0.01)


# ---- what counts


async def test_an_approved_selector_stands_in_for_the_lost_one(heals, healing, pool, whom):
    await heals.review(await healing(), "approved", by=ANA)

    assert await find_reviewed(pool, whom, "#save") == Reviewed(approved="#store")


async def test_a_rejected_selector_is_kept_in_mind(heals, healing, pool, whom):
    await heals.review(await healing(), "rejected", by=ANA)

    assert await find_reviewed(pool, whom, "#save") == Reviewed(rejected=("#store",))


async def test_the_last_word_on_a_selector_counts(heals, healing, pool, whom):
    heal = await healing()
    for verdict in ("approved", "rejected", "approved"):
        await heals.review(heal, verdict, by=ANA)

    assert await find_reviewed(pool, whom, "#save") == Reviewed(approved="#store")


async def test_of_several_that_were_approved_the_last_counts(heals, healing, pool, whom):
    first, second = await healing("#a"), await healing("#b")
    for heal in (first, second, first):
        await heals.review(heal, "approved", by=ANA)

    assert await find_reviewed(pool, whom, "#save") == Reviewed(approved="#a")


async def test_what_was_rejected_stays_so_when_another_is_approved(heals, healing, pool, whom):
    await heals.review(await healing("#a"), "rejected", by=ANA)
    await heals.review(await healing("#b"), "approved", by=BO)

    assert await find_reviewed(pool, whom, "#save") == Reviewed("#b", ("#a",))


async def test_what_is_said_concerns_nobody_else(heals, healing, pool, whom):
    await heals.review(await healing(), "approved", by=ANA)
    others = [whom._replace(owner=uuid4()), whom._replace(project=uuid4()), whom._replace(base_url="https://x")]

    assert [await find_reviewed(pool, other, "#save") for other in others] == [Reviewed()] * 3


async def test_a_selector_may_be_as_long_as_a_selector_may_be(heals, healing, pool, whom):
    long = "#" + "".join(f"{n:x}" for n in range(1_200))
    await heals.review(await healing(long), "approved", by=ANA)

    assert (await find_reviewed(pool, whom, "#save")).approved == long


# ---- what is refused


async def test_there_is_nothing_to_say_of_a_heal_that_is_not_there(heals):
    with pytest.raises(HealNotFound):
        await heals.review(uuid4(), "approved", by=ANA)


async def test_a_refused_review_leaves_nothing_behind(heals, healing, pool):
    heal = await healing(works=False)
    with pytest.raises(HealNotReviewable):
        await heals.review(heal, "rejected", by=ANA)

    assert (await table(pool), await told(pool)) == ([], [])


# ---- who says it


async def test_the_log_says_who_said_what_beside_the_run(heals, healing, pool):
    found = await heals.review(await healing(), "approved", by=ANA, note="renamed")
    row = await pool.fetchrow("select stream, seq, actor, topic from events where kind = 'annotations'")

    assert tuple(row) == (stream_of(found.heal.run), 1, f"user:{ANA}", "heal-approved")
    assert (found.owner, found.review.by, found.review.note) == (OWNER, str(ANA), "renamed")


async def test_a_note_is_shown_as_it_was_stored(heals, healing):
    heal = await healing()
    shown = await heals.review(heal, "approved", by=ANA, note="a\0b\ud800")

    assert (await heals.find(heal)).review == shown.review


# ---- at once


async def test_of_many_who_speak_at_once_each_is_told_once_and_the_last_counts(
    heals, other_heals, healing, pool, whom
):
    heal, verdicts = await healing(), ["approved", "rejected"] * 8
    await asyncio.gather(
        *(
            node.review(heal, verdict, by=ANA, note=str(n))
            for n, verdict in enumerate(verdicts)
            for node in [heals, other_heals][n % 2 :][:1]
        )
    )
    last = (await told(pool))[-1].removeprefix("heal-")

    assert len(await told(pool)) == 16
    assert (await find_reviewed(pool, whom, "#save")).counts(last, "#store")


async def test_who_says_the_same_at_once_has_said_it_once(heals, other_heals, healing, pool):
    heal = await healing()
    await asyncio.gather(*(node.review(heal, "rejected", by=BO) for node in (heals, other_heals) * 5))

    assert await told(pool) == ["heal-rejected"]


async def test_heals_of_one_selector_that_are_reviewed_at_once_count_in_the_order_of_the_log(
    heals, other_heals, healing, pool
):
    made = [await healing(f"#s{n % 3}") for n in range(12)]
    verdicts = ["approved", "rejected", "approved", "approved"]
    await asyncio.gather(
        *((heals, other_heals)[n % 2].review(heal, verdicts[n % 4], by=ANA) for n, heal in enumerate(made))
    )
    before = await table(pool)
    await reviews.remake(pool)

    assert await table(pool) == before


# ---- erased


async def test_of_a_review_that_was_erased_is_left_that_it_was_there(heals, healing, pool):
    heal = await healing()
    await heals.review(heal, "rejected", by=ANA, note="what nobody may read")
    await pool.execute("update events set data = null, salt = null, erased_by = 99 where kind = 'annotations'")
    before = await heals.find(heal)

    assert before.review is None
    assert (await heals.review(heal, "approved", by=ANA)).review.verdict == "approved"


# ---- anew


async def test_what_counts_can_be_made_anew_from_the_log(heals, healing, pool):
    for n, verdict in enumerate(["approved", "rejected", "rejected", "approved", "rejected"]):
        await heals.review(await healing(f"#s{n % 2}"), verdict, by=ANA)
    before = await table(pool)
    await pool.execute("update heal_reviews set approved = 'wrong', rejected = '{}'")

    assert await reviews.remake(pool) == 5
    assert await table(pool) == before


async def test_drives_do_not_wait_while_what_counts_is_made_anew(heals, healing, pool, whom):
    await heals.review(await healing(), "approved", by=ANA)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("lock table runs in access exclusive mode")  # the remaking stops in its middle
        remaking = asyncio.create_task(reviews.remake(pool))
        await until_somebody_waits(pool)
        found = await asyncio.wait_for(find_reviewed(pool, whom, "#save"), timeout=20)

    assert (found, await remaking) == (Reviewed(approved="#store"), 1)


async def test_what_is_said_beside_a_run_is_verified(heals, healing, pool):
    await heals.review(await healing(), "approved", by=ANA)
    found = await verify(pool)

    assert (found.found, found.streams, found.unfolded) == (0, 2, 0)
