from __future__ import annotations

from time import monotonic
from typing import get_args

import pytest
from failing import SHORT, fails, says

from ghostly.browser.actions import ACTIONS
from ghostly.browser.failures import TargetUnreachable
from ghostly.domain.steps import AnyStep, Click, Fill, Goto, Press, Snapshot, WaitForSelector

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_every_step_has_its_action():
    assert set(ACTIONS) == set(get_args(AnyStep))


async def test_goto_opens_an_address_relative_to_the_base_url(visit):
    page = await visit("<p>hello")

    done = await page.perform(Goto(url="/deep/down?x=1"), 1)

    assert done.note is None


async def test_goto_tells_an_error_status_and_does_not_fail(visit):
    page = await visit("")

    assert (await page.perform(Goto(url="missing"), 1)).note == "HTTP 404 Not Found"


async def test_goto_fails_in_time_when_nothing_answers(visit):
    page = await visit("")

    told = await fails(page, Goto(url="/silent", timeout_ms=SHORT))

    assert told.startswith("Timeout 2500 ms: 'http://127.0.0.1:")
    assert told.endswith("/silent' did not finish loading")


async def test_goto_says_that_a_download_is_no_page(visit):
    page = await visit("")

    assert (await fails(page, Goto(url="/file"))).endswith("/file' is a download and not a page")


async def test_goto_gives_up_on_redirects_without_end(visit):
    page = await visit("")

    assert (await fails(page, Goto(url="/round"))).endswith("(ERR_TOO_MANY_REDIRECTS)")


async def test_a_refused_connection_is_an_unreachable_target(browsers, site, artifacts, deaf_port):
    flow = site.flow(base_url=f"http://127.0.0.1:{deaf_port}/")
    async with browsers.page(flow, artifacts=artifacts, run="r") as page:
        with pytest.raises(TargetUnreachable, match="cannot be reached: the connection was refused"):
            await page.perform(Goto(url="/"), 0)


async def test_a_connection_that_is_cut_is_an_unreachable_target(visit):
    page = await visit("")

    with pytest.raises(TargetUnreachable, match="without an answer"):
        await page.perform(Goto(url="/cut"), 1)


async def test_a_name_that_does_not_exist_is_an_unreachable_target(browsers, site, artifacts):
    flow = site.flow(base_url="http://nowhere.invalid/")
    async with browsers.page(flow, artifacts=artifacts, run="r") as page:
        with pytest.raises(TargetUnreachable, match="its name is not known"):
            await page.perform(Goto(url="/"), 0)


async def test_fill_replaces_what_the_field_holds(visit):
    page = await visit("<input id=name value=old oninput='echo.id = \"is-\" + this.value'><p id=echo>x")

    await page.perform(Fill(selector="#name", value="ana"), 1)

    assert (await page.perform(WaitForSelector(selector="#is-ana"), 2)).note is None


async def test_fill_fails_where_nothing_can_be_typed_and_does_not_repeat_the_value(visit):
    page = await visit("<p id=p>x")

    told = await fails(page, Fill(selector="#p", value="hunter2"))

    assert told.startswith("'#p': Element is not an <input>")
    assert "hunter2" not in told


async def test_fill_fails_on_a_field_that_is_read_only_and_does_not_tell_what_it_holds(visit):
    page = await visit("<input id=i readonly value=hunter2>")

    told = await fails(page, Fill(selector="#i", value="x", timeout_ms=SHORT))

    assert told == "Timeout 2500 ms: '#i' is not editable"


async def test_press_presses_the_key_on_the_element(visit):
    page = await visit("<input id=name onkeydown='this.id = event.key'>")

    await page.perform(Press(key="Enter", selector="#name"), 1)

    assert (await page.perform(WaitForSelector(selector="#Enter"), 2)).note is None


async def test_press_without_a_selector_goes_where_the_focus_is(visit):
    page = await visit("<input id=name onkeydown='this.id = event.key'>")
    await page.perform(Click(selector="#name"), 1)

    await page.perform(Press(key="Tab"), 2)

    assert (await page.perform(WaitForSelector(selector="#Tab"), 3)).note is None


@pytest.mark.parametrize("selector", [None, "#name"])
async def test_press_fails_on_a_key_that_does_not_exist(visit, selector):
    page = await visit("<input id=name>")

    assert (await fails(page, Press(key="Foo", selector=selector))).endswith('Unknown key: "Foo"')


async def test_press_fails_when_there_is_no_such_element(visit):
    page = await visit("<p>")

    told = await fails(page, Press(key="a", selector="#none", timeout_ms=SHORT))

    assert told == "Timeout 2500 ms: no element matched '#none'"


@pytest.mark.parametrize(
    ("state", "html"),
    [
        ("visible", "<p id=p hidden>x</p><script>setTimeout(() => p.hidden = false, 50)</script>"),
        ("hidden", "<p id=p>x</p><script>setTimeout(() => p.hidden = true, 50)</script>"),
        ("attached", "<script>setTimeout(() => document.body.innerHTML = '<i id=p>', 50)</script>"),
        ("detached", "<p id=p>x</p><script>setTimeout(() => p.remove(), 50)</script>"),
    ],
)
async def test_wait_for_selector_waits_until_the_state_is_there(visit, state, html):
    page = await visit(html)

    assert (await page.perform(WaitForSelector(selector="#p", state=state), 1)).note is None


@pytest.mark.parametrize(
    ("state", "html", "why"),
    [
        ("visible", "<p id=p hidden>x", "'#p' is hidden"),
        ("hidden", "<p id=p>x", "'#p' is visible"),
        ("attached", "<p>x", "no element matched '#p'"),
        ("detached", "<p id=p hidden>x", "'#p' is hidden"),
    ],
)
async def test_wait_for_selector_says_how_the_element_stood_at_the_end(visit, state, html, why):
    page = await visit(html)

    told = await fails(page, WaitForSelector(selector="#p", state=state, timeout_ms=SHORT))

    assert told == f"Timeout 2500 ms: {why}"


async def test_snapshot_tells_the_accessibility_tree(visit):
    page = await visit("<h1>Shop</h1><button>Buy</button>")

    assert (await page.perform(Snapshot(), 1)).a11y == '- heading "Shop" [level=1]\n- button "Buy"'


async def test_snapshot_fails_on_a_page_that_hangs(hanging):
    assert "the page does not answer" in await says(hanging, Snapshot(timeout_ms=SHORT))


async def test_a_field_that_does_not_appear_costs_its_time_once(visit):
    page = await visit("<p>")
    began = monotonic()
    await page.is_secret_field("#none", 3_000)

    told = await fails(page, Fill(selector="#none", value="x", timeout_ms=3_000))

    assert told == "Timeout 3000 ms: no element matched '#none'"
    assert monotonic() - began < 5.9


async def test_a_field_that_appears_late_is_still_filled_in_time(visit):
    page = await visit("<p>x<script>setTimeout(() => document.body.innerHTML = '<input id=f>', 600)</script>")
    await page.is_secret_field("#f", 10_000)

    assert (await page.perform(Fill(selector="#f", value="x", timeout_ms=10_000), 1)).note is None


async def test_a_snapshot_tells_no_password_that_stands_in_a_field(visit):
    page = await visit(
        "<label>User <input value=ana></label><label>Word <input type=password value=hunter-two></label>"
    )

    tree = (await page.perform(Snapshot(), 1)).a11y

    assert "ana" in tree
    assert "Word" in tree
    assert "hunter-two" not in tree
