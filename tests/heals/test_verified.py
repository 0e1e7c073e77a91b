"""What people said of heals is proved: what they said, and what counts because of it."""

from __future__ import annotations

from uuid import UUID

import pytest
from stories import OWNER
from written import tamper

from ghostly.projections.audit import verify

ANA = UUID("00000000-0000-4000-8000-0000000000aa")
VERDICTS = ["approved", "rejected", "rejected", "approved", "rejected", "approved", "approved", "rejected"]


@pytest.fixture
async def heal(heals, healing):
    """A heal that was approved."""
    made = await healing()
    await heals.review(made, "approved", by=ANA)
    return made


@pytest.mark.parametrize("last", range(1, len(VERDICTS) + 1))
async def test_what_counts_is_what_was_said(heals, healing, pool, last):
    for n, verdict in enumerate(VERDICTS[:last]):
        await heals.review(await healing(f"#s{n % 3}"), verdict, by=ANA)

    assert (await verify(pool)).found == 0


@pytest.mark.parametrize(
    "wreck",
    [
        "update heal_reviews set approved = '#pay'",
        "update heal_reviews set rejected = '{#pay}'",
        "update heal_reviews set project = gen_random_uuid()",
        "delete from heal_reviews",
        "insert into heal_reviews select owner, project, 'k', base_url, '#other', '#pay', '{}' from heal_reviews",
    ],
)
async def test_what_nobody_said_of_a_selector_is_found(heal, pool, wreck):
    await pool.execute(wreck)
    differences = (await verify(pool)).differences

    assert {(each.kind, each.stream) for each in differences} == {("account", OWNER)}
    assert "row in heal_reviews for '#" in differences[0].what


async def test_what_was_erased_cannot_be_told_anew(heal, pool):
    await pool.execute("update events set data = null, salt = null, erased_by = 99 where kind = 'annotations'")

    assert (await verify(pool)).unfolded == 1


async def test_a_run_is_checked_with_what_was_said_of_it(heals, heal, pool):
    run = (await heals.find(heal)).heal.run
    sound = await verify(pool, run_id=run)
    await tamper(pool, "update events set actor = 'user:eve' where kind = 'annotations'")

    assert (sound.streams, sound.found) == (2, 0)
    assert [each.kind for each in (await verify(pool, run_id=run)).differences] == ["annotations"]
