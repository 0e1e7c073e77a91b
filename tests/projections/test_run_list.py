from __future__ import annotations

from uuid import UUID

import pytest
from stores import begin
from stories import OWNER, PROJECT

from ghostly.projections.run_list import Query, Wanted, list_runs


@pytest.fixture
async def five(runs) -> list[UUID]:
    """Five runs, the newest first; all but the newest have a tag."""
    return [await begin(runs, tags=["a"] if n < 4 else [], contextId=f"c{n}") for n in range(5)][::-1]


async def listed(pool, limit: int, looked_at: int, **filters) -> list[list[UUID]]:
    """The ids of each page, one page after the other."""
    pages, after = [], None
    while True:
        page = await list_runs(pool, Wanted(owner=OWNER, after=after, **filters), limit, looked_at)
        pages.append([run["id"] for run in page.items])
        if page.next is None:
            return pages
        after = page.next


async def test_a_page_without_a_filter_shows_as_many_as_it_may(pool, five):
    assert await listed(pool, 2, 1) == [five[:2], five[2:4], five[4:]]


async def test_a_filter_that_leads_is_not_looked_for(pool, five):
    assert await listed(pool, 3, 1, tag="a") == [five[1:4], five[4:]]


async def test_a_page_looks_only_so_far_and_the_next_goes_on_there(pool, five):
    assert await listed(pool, 5, 2, q="shop") == [five[:2], five[2:4], five[4:]]


async def test_a_page_may_be_empty_although_there_are_more(pool, five):
    assert await listed(pool, 5, 2, tag="a", q="nowhere") == [[], [], []]


async def test_a_filter_that_does_not_lead_is_looked_for_among_those_that_do(pool, five):
    assert await listed(pool, 5, 5, tag="a", context_id="c1") == [[five[3]]]


async def test_the_last_run_that_was_looked_at_may_end_the_list(pool, five):
    assert await listed(pool, 1, 5, q="shop") == [[run] for run in five]


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"project": PROJECT},
        {"status": "running"},
        {"verdict": "success"},
        {"healed": True},
        {"context_id": "c1"},
    ],
)
async def test_a_list_is_read_in_order_and_never_sorted(pool, five, filters):
    query = Query(Wanted(owner=OWNER, **filters), 50, 20_000)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("set local enable_seqscan = off; set local enable_bitmapscan = off")
        plan = "\n".join(row[0] for row in await connection.fetch(f"explain {query.page}", *query.arguments))

    assert "Sort" not in plan
