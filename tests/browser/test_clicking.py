"""Clicks of every kind: click, double click, hover, check, uncheck."""

from __future__ import annotations

import pytest
from failing import COVER, MOVING, SHORT, fails, passes

from ghostly.browser.failures import Unanswered
from ghostly.domain.steps import Check, Click, DoubleClick, ExpectVisible, Hover, Uncheck

pytestmark = pytest.mark.asyncio(loop_scope="module")

POINTING = [Click, DoubleClick, Hover]
TICK = "<label><input id=b type=checkbox>Tick</label>"
STUBBORN = "<input id=b type=checkbox onclick='event.preventDefault()'>"
LATE = """<div id=s role=switch tabindex=0 aria-label=SMS aria-checked=false onclick="
clicks.append('clicked'); setTimeout(() => this.setAttribute('aria-checked', true), 500)">SMS</div>
<p id=clicks></p>"""
SHADOW = """<div id=host></div><script>
host.attachShadow({mode: 'open'}).innerHTML = `<button onclick="document.body.id = 'done'">In</button>`</script>"""
GOING = """<button id=b onmouseover='this.remove()'>B</button>"""
REPLACED = """<div id=box></div><script>let i = 0; setInterval(() => {
box.innerHTML = `<button id=b onclick="document.body.id = 'done'">${i++}</button>`}, 300)</script>"""


async def test_click_clicks(visit):
    page = await visit("<button onclick='this.id=\"clicked\"'>Go</button>")

    await page.perform(Click(selector="text=Go"), 1)

    assert await passes(page, ExpectVisible(selector="#clicked"))


async def test_a_double_click_is_two_clicks_and_one_double_click(visit):
    page = await visit("<button ondblclick='this.id=\"twice-\" + event.detail'>Go</button>")

    await page.perform(DoubleClick(selector="text=Go"), 1)

    assert await passes(page, ExpectVisible(selector="#twice-2"))


async def test_hovering_leaves_the_mouse_where_it_is(visit):
    style = "<style>#menu {display: none} #b:hover + #menu {display: block}</style>"
    page = await visit(style + "<p id=b>B<p id=menu>M")

    await page.perform(Hover(selector="#b"), 1)

    assert await passes(page, ExpectVisible(selector="#menu"))


@pytest.mark.parametrize("kind", [*POINTING, Check])
async def test_it_fails_when_there_is_no_such_element(visit, kind):
    page = await visit("<p>")

    told = await fails(page, kind(selector='role=button[name="Save"]', timeout_ms=SHORT))

    assert told == "Timeout 2500 ms: no element matched 'role=button[name=\"Save\"]'"


@pytest.mark.parametrize("kind", [*POINTING, Check, Uncheck])
async def test_it_says_that_the_element_is_not_visible(visit, kind):
    ticked = "checked" if kind is Uncheck else ""
    page = await visit(f"<input type=checkbox id=b {ticked} style='display:none'>")

    assert await fails(page, kind(selector="#b", timeout_ms=SHORT)) == "Timeout 2500 ms: '#b' is not visible"


@pytest.mark.parametrize("kind", [*POINTING, Check])
async def test_it_says_what_covers_the_element(visit, kind):
    page = await visit(f"<input type=checkbox id=b>{COVER}")

    assert await fails(page, kind(selector="#b", timeout_ms=SHORT)) == (
        "Timeout 2500 ms: '#b' is covered by <div id=\"top\">"
    )


@pytest.mark.parametrize("kind", [Click, DoubleClick, Check])
async def test_it_says_that_the_element_is_disabled(visit, kind):
    page = await visit("<input type=checkbox id=b disabled>")

    assert await fails(page, kind(selector="#b", timeout_ms=SHORT)) == "Timeout 2500 ms: '#b' is not enabled"


@pytest.mark.parametrize("kind", POINTING)
async def test_it_says_that_the_element_does_not_stop_moving(visit, kind):
    page = await visit(MOVING)

    told = await fails(page, kind(selector="#b", timeout_ms=6_000))  # a busy machine has few frames to judge by

    assert told == "Timeout 6000 ms: '#b' does not stop moving"


async def test_click_says_what_is_wrong_with_a_selector(visit):
    page = await visit("<p>")

    told = await fails(page, Click(selector="p["))

    assert told.startswith("'p[': Unexpected token")
    assert "Call log" not in told


async def test_what_is_in_an_open_shadow_root_is_clicked(visit):
    page = await visit(SHADOW)

    await page.perform(Click(selector="text=In"), 1)

    assert await passes(page, ExpectVisible(selector="#done"))


async def test_what_is_in_a_frame_is_not_found_by_a_selector_of_the_page(visit):
    page = await visit("<iframe srcdoc='<button id=b>B</button>'></iframe>")

    assert "no element matched '#b'" in await fails(page, Click(selector="#b", timeout_ms=SHORT))


async def test_what_is_in_a_frame_is_clicked_by_a_selector_that_enters_it(visit):
    page = await visit(
        "<iframe srcdoc='<button onclick=\"parent.document.body.id = `done`\">B</button>'></iframe>"
    )

    await page.perform(Click(selector="iframe >> internal:control=enter-frame >> text=B"), 1)

    assert await passes(page, ExpectVisible(selector="#done"))


async def test_an_element_that_goes_away_under_the_mouse_was_not_clicked(visit):
    page = await visit(GOING)

    assert "Timeout" in await fails(page, Click(selector="#b", timeout_ms=SHORT))


async def test_an_element_that_is_replaced_again_and_again_is_clicked_all_the_same(visit):
    page = await visit(REPLACED)

    await page.perform(Click(selector="#b"), 1)

    assert await passes(page, ExpectVisible(selector="#done"))


# ---- check, uncheck


@pytest.mark.parametrize("selector", ["#b", "text=Tick"])
async def test_check_ticks_and_uncheck_clears(visit, selector):
    page = await visit(TICK)

    await page.perform(Check(selector=selector), 1)
    assert await passes(page, ExpectVisible(selector="#b:checked"))
    await page.perform(Uncheck(selector=selector), 2)
    assert await passes(page, ExpectVisible(selector="#b:not(:checked)"))


async def test_what_is_ticked_stays_ticked(visit):
    page = await visit("<input id=b type=checkbox checked onclick='document.body.id = \"clicked\"'>")

    await page.perform(Check(selector="#b"), 1)

    assert await passes(page, ExpectVisible(selector="body:not(#clicked) #b:checked"))


async def test_check_chooses_a_radio_button(visit):
    page = await visit("<input type=radio name=r id=a checked><input type=radio name=r id=b>")

    await page.perform(Check(selector="#b"), 1)

    assert await passes(page, ExpectVisible(selector="#b:checked"))


async def test_a_switch_that_turns_only_later_is_waited_for_and_clicked_once(visit):
    page = await visit(LATE)

    await page.perform(Check(selector="#s"), 1)

    assert await passes(page, ExpectVisible(selector="text=/^clicked$/"))


async def test_a_box_that_was_clicked_in_vain_may_have_had_its_effect(visit):
    page = await visit(STUBBORN)

    with pytest.raises(Unanswered):
        await page.perform(Check(selector="#b", timeout_ms=800), 1)


@pytest.mark.parametrize("kind", [Check, Uncheck])
async def test_a_box_that_does_not_take_the_click_fails(visit, kind):
    page = await visit(STUBBORN.replace("id=b", "id=b checked" if kind is Uncheck else "id=b"))
    told = await fails(page, kind(selector="#b", timeout_ms=800))

    assert told == "'#b': Clicking the checkbox did not change its state"


@pytest.mark.parametrize("kind", [Check, Uncheck])
async def test_what_cannot_be_ticked_fails(visit, kind):
    page = await visit("<button id=b>B</button>")

    assert await fails(page, kind(selector="#b")) == "'#b': Not a checkbox or radio button"


async def test_a_radio_button_cannot_be_cleared(visit):
    page = await visit("<input id=b type=radio checked>")

    assert "Cannot uncheck radio button" in await fails(page, Uncheck(selector="#b"))


@pytest.mark.parametrize("kind", [DoubleClick, Hover, Check, Uncheck])
async def test_an_ambiguous_selector_is_told(visit, kind):
    page = await visit("<input type=checkbox><input type=checkbox>")

    done = await page.perform(kind(selector="input"), 1)

    assert done.note == "selector matched 2 elements; used the first"
