from __future__ import annotations

import sys
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from ghostly.browser.failures import BrowserGone
from ghostly.browser.pool import Browsers
from ghostly.domain.steps import Click, ExpectText, Goto

MOST = 512

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds what a process gets"),
]

TAKES_ALL = "for (const kept = [];;) { kept.push(new Uint8Array(4e6).fill(1)); got.textContent = kept.length * 4 }"
BUILDS_ALL = "for (;;) document.body.append('x'.repeat(1e4) + Math.random())"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bounded() -> AsyncIterator[Browsers]:
    browsers = Browsers(executable=None, slots=1, page_memory=MOST * 2**20)
    yield browsers
    await browsers.close()


@pytest.fixture
def eating(bounded, site, artifacts):
    def eating(script: str):
        site.html = f'<a onclick="{script}">eat</a><p id=got>0'
        return bounded.page(site.flow(default_timeout_ms=20_000), artifacts=artifacts, run="r")

    return eating


async def test_a_script_gets_no_more_memory_than_a_page_may_have(eating):
    async with eating(TAKES_ALL) as page:
        await page.perform(Goto(url="/"), 0)
        await page.perform(Click(selector="a"), 1)

        assert 100 < int(await page._page.inner_text("#got")) < MOST


async def test_a_page_that_grows_beyond_it_is_ended_and_the_run_says_so(eating):
    async with eating(BUILDS_ALL) as page:
        await page.perform(Goto(url="/"), 0)

        with pytest.raises(BrowserGone, match="crashed"):
            await page.perform(Click(selector="a"), 1)


async def test_the_next_run_has_what_it_needs(eating):
    async with eating("got.textContent = 'enough'") as page:
        for index, step in enumerate((Goto(url="/"), Click(selector="a"), ExpectText(text="enough"))):
            done = await page.perform(step, index)

    assert done.note is None
