"""A page is looked at where its scripts do not reach; without such a place, all the same."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")

BREAKING = [
    "Map = null",
    "Array.prototype.map = () => 1",
    "window.getComputedStyle = null",
    "JSON.stringify = null",
]
LYING = "Object.defineProperty(document, 'title', {get() { window.asked = true; return 'lie' }})"
SAVE = "<button>Save</button>"


async def names(observer) -> list[str]:
    return [control.name for control in (await observer.look(50)).controls]


@pytest.mark.parametrize("script", BREAKING)
async def test_what_a_page_overwrites_blinds_nobody(observe, script):
    assert await names(await observe(f"{SAVE}<script>{script}</script>")) == ["Save"]


async def test_a_page_can_neither_lie_to_a_look_nor_notice_it(observe):
    observer = await observe(f"{SAVE}<script>{LYING}</script>")

    assert (await observer.look(50)).title == "t"
    assert await observer._page.evaluate("window.asked") is None


async def test_each_document_is_looked_at_with_its_own_eyes(observe):
    observer = await observe(SAVE)
    seen = [await names(observer) for _ in range(2)]
    await observer._page.goto("about:blank")
    await observer._page.set_content("<button>Send</button>")

    assert [*seen, await names(observer)] == [["Save"], ["Save"], ["Send"]]


async def test_where_no_world_is_ours_the_page_is_seen_in_its_own(observe):
    observer = await observe(SAVE)
    await (await observer._world._opening).detach()

    assert await names(observer) == ["Save"]
    assert (await observer.rest()) is None
