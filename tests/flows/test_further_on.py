"""Whose turn it is where what a goal names is not to be found: the page may have more than it shows."""

from __future__ import annotations

import pytest

from tests.flows.keeping import ends, site

__all__ = ["site"]

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLAY = 'Click "Play episode 57". Expect "Now playing".'
LIST = """<ul id=list STYLE></ul>AFTER<script>let last = 0; const more = most => {
  for (const end = Math.min(last + 20, most); last < end;) { last++
    const entry = `<li style="height: 60px">Episode ${last} <button>Play ${last}</button>`
    list.insertAdjacentHTML('beforeend', entry) } }
more(20); DOES</script>"""
HOLDS = "style='height: 300px; overflow: auto'"


def episodes(does: str = "", style: str = "", after: str = "") -> str:
    return LIST.replace("STYLE", style).replace("AFTER", after).replace("DOES", does)


@pytest.mark.parametrize(
    "html",
    [
        episodes("onscroll = () => setTimeout(() => more(40), 200)"),
        episodes("list.onscroll = () => more(40)", HOLDS),
        episodes(after="<button>Load more</button>"),
        episodes(after="<a href='?page=2'>Next page</a>"),
        episodes(after="<a href='?page=1'>1</a> <a href='?page=2'>2</a> <a href='?page=2'>Siguiente</a>"),
    ],
    ids=["the page grows", "a list grows", "load more", "the next page", "pages"],
)
async def test_what_may_be_further_on_is_ours(tester, html):
    assert (await ends(tester, PLAY, html))[0] == "fail-agent-lost"


@pytest.mark.parametrize(
    "html",
    [
        episodes(),
        episodes(style=HOLDS),
        episodes("onscroll = () => { up.hidden = false }", after="<button id=up hidden>Top</button>"),
        episodes(after="<button>Next</button>"),
    ],
    ids=["a long page", "a long list", "a way back to the top", "a next step"],
)
async def test_what_is_on_no_part_of_the_page_is_its_authors_turn(tester, html):
    assert (await ends(tester, PLAY, html))[0] == "fail-test-broken"
