from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from ghostly.browser.pool import Browsers
from ghostly.browser.slot import Slot

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def crowded() -> AsyncIterator[Browsers]:
    """Two slots, both ready, and one core."""
    browsers = Browsers(executable=None, slots=2, cores=1)
    await asyncio.gather(*(slot.prepare() for slot in browsers._slots))
    yield browsers
    await browsers.close()


@pytest.fixture
def page(crowded, site, artifacts):
    return lambda: crowded.page(site.flow(), artifacts=artifacts, run="r")


def unready(browsers: Browsers) -> list[Slot]:
    return [slot for slot in browsers._slots if slot._ready is None]


async def test_no_tab_is_made_ready_where_every_core_has_a_run(crowded, page):
    async with page():
        async with page():
            pass

        assert unready(crowded) == crowded._slots


async def test_the_tabs_are_made_ready_once_the_runs_are_over(crowded, page):
    async with page(), page():
        pass
    async with asyncio.timeout(30):
        while unready(crowded):
            await asyncio.sleep(0.05)

    assert not crowded._readying._resting


async def test_a_browser_that_is_warmed_up_takes_a_core_as_a_run_does(crowded):
    first, second = crowded._slots
    await asyncio.gather(first.take(), second.take())
    crowded._readying.begun(first)
    crowded._readying.taken(second)
    crowded._readying.left(second)

    assert unready(crowded) == [second]


async def test_a_run_that_comes_first_has_its_tab_made_ready_at_once(crowded, page):
    async with page():
        async with page():
            pass
        async with page() as third:
            assert third.url == "about:blank"


async def test_a_browser_that_is_hurt_is_replaced_beside_any_number_of_runs(crowded, page):
    async with page():
        async with page():
            hurt = crowded._slots[1]
            await hurt._warm.kill()

        assert unready(crowded) == crowded._slots[:1]


async def test_nothing_is_made_ready_after_a_close(crowded, page):
    async with page(), page():
        await crowded.close()

    assert unready(crowded) == crowded._slots
