"""What is under way is waited for, what never ends is not; what nobody answered is told."""

from __future__ import annotations

import asyncio
from time import monotonic

import pytest

from ghostly.browser.observer.traffic import READS_S, WRITES_S
from ghostly.domain.steps import Goto

pytestmark = pytest.mark.asyncio(loop_scope="module")

LATE = "fetch('/').then(() => setTimeout(() => document.body.append('late'), 50))"
GIVEN_UP = "const on = new AbortController(); fetch('/silent', {signal: on.signal}); on.abort()"
POLLS = "setInterval(() => fetch('/'), 20)"
HIDDEN = [
    "position: fixed; transform: translateX(200vw)",
    "position: fixed; top: -100px",
    "position: absolute; left: -9999px",
    "position: absolute; transform: scale(0)",
]
SHOWN = [
    "position: fixed; bottom: 0",
    "position: absolute; top: 5000px",
    "position: relative; left: -1px",
    "transform: scale(0.5)",
]


async def rested(observe, script: str) -> tuple[str, float]:
    observer = await observe(f"<body><script>{script}</script>")
    began = monotonic()
    await observer.rest()
    waited = monotonic() - began
    return (await observer.look(50)).text, waited


async def test_what_an_answer_leads_to_is_seen_after_a_rest(observe):
    assert (await rested(observe, LATE))[0] == "late"


@pytest.mark.parametrize(("script", "most"), [(POLLS, READS_S), ("fetch('/silent')", READS_S)])
async def test_what_never_ends_is_not_waited_for(observe, script, most):
    assert (await rested(observe, script))[1] < most + 5


async def test_a_page_that_always_writes_is_not_waited_for_for_ever(observe):
    script = "setInterval(() => fetch('/', {method: 'POST'}), 20)"

    assert (await rested(observe, script))[1] < WRITES_S + 10


async def test_a_page_that_went_is_not_waited_for(observe):
    observer = await observe("<script>fetch('/silent', {method: 'POST'})</script>")
    await observer._page.close()

    assert await asyncio.wait_for(observer.rest(), WRITES_S / 2) is None


async def test_a_request_that_nobody_answered_is_told(observe, site):
    observer = await observe("<script>fetch('/cut').catch(() => 0)</script>")
    await observer.rest()
    told = [error for error in (await observer.look(50)).errors if error.kind == "request"]

    assert [(error.text, error.url, error.severity) for error in told] == [
        ("GET fetch got no answer: net::ERR_EMPTY_RESPONSE", f"{site.url}cut", "warning")
    ]


@pytest.mark.parametrize("script", [GIVEN_UP, "new Image().src = '/cut'"])
async def test_what_the_page_gave_up_or_does_not_need_is_not_told(observe, script):
    observer = await observe(f"<script>{script}</script>")
    await observer.rest()

    assert not [error for error in (await observer.look(50)).errors if error.kind == "request"]


async def test_who_says_that_nobody_answered_is_not_to_be_blamed(observe):
    observer = await observe("<script>fetch('/cut')</script>")
    await observer.rest()

    assert (await observer.look(50)).blocking is None


async def test_nor_is_who_says_so_later(observe):
    observer = await observe("<script>fetch('/cut').catch(why => { onclick = () => { throw why } })</script>")
    await observer.rest()
    await observer.look(50)
    await observer._page.mouse.click(1, 1)

    assert [error.severity for error in (await observer.look(50)).errors] == ["warning"]


async def test_who_asks_where_it_may_not_is_to_be_blamed(observe):
    observer = await observe("<script>fetch('http://localhost:1/%zz', {mode: 'same-origin'})</script>")
    await observer.rest()

    assert (await observer.look(50)).blocking.text.startswith("TypeError: Failed to fetch")


@pytest.mark.parametrize("style", HIDDEN)
async def test_what_stands_beyond_every_edge_is_not_shown(observe, style):
    observer = await observe(f"<p>here</p><p style='{style}'>beyond</p>")

    assert (await observer.look(50)).text == "here"


@pytest.mark.parametrize("style", SHOWN)
async def test_what_can_be_scrolled_to_is_shown(observe, style):
    observer = await observe(f"<p>here</p><p style='{style}'>there</p>")

    assert (await observer.look(50)).text.splitlines() == ["here", "there"]


async def test_what_is_typed_into_an_editor_is_not_what_the_page_shows(observe):
    observer = await observe("<p>here</p><div contenteditable>typed</div><div contenteditable=false>told</div>")

    assert (await observer.look(50)).text.splitlines() == ["here", "told"]


async def test_what_css_writes_in_capitals_is_told_as_it_is_written_too(observe):
    seen = await (await observe("<p style='text-transform: uppercase'>Saved</p>")).look(50)

    assert (seen.text, seen.written) == ("SAVED", "Saved")


@pytest.mark.parametrize(("selector", "hides"), [("#no", True), ("#hid", True), ("p", False), ("p[[", False)])
async def test_what_is_hidden_is_known_for_sure_or_not_at_all(observe, selector, hides):
    observer = await observe("<p id=hid hidden>a</p><p>b</p>")

    assert await observer.hides(selector) is hides


async def test_what_is_seen_in_a_frame_is_not_hidden(observe):
    observer = await observe("<iframe srcdoc='<p class=inner>Error</p>'></iframe>")

    assert not await observer.hides(".inner")


async def test_to_go_where_one_is_loads_the_page_anew_also_behind_a_fragment(visit, site):
    page = await visit("<p>first")
    await page.perform(Goto(url="/#there"), 1)
    site.html = "<p>second"
    await page.perform(Goto(url="/#there"), 2)

    assert "second" in await page._page.content()
