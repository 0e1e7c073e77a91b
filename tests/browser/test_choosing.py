"""Choosing options, and scrolling."""

from __future__ import annotations

import pytest
from failing import SHORT, fails, passes, says

from ghostly.domain.steps import ExpectText, ExpectVisible, Scroll, SelectOption

pytestmark = pytest.mark.asyncio(loop_scope="module")

COLOURS = "<option value=r>Red</option><option value=g>Dark\n green</option><option value=b disabled>Blue</option>"
ONE = f"<select id=s><option>none</option>{COLOURS}</select>"
MANY = f"<select id=s multiple>{COLOURS}<option selected>Old</option></select>"
ECHO = "<p id=o></p><script>s.onchange = () => o.textContent = [...s.selectedOptions].map(e => e.value)</script>"
LATE = "<select id=s></select><script>setTimeout(() => s.innerHTML = '<option>Red</option>', 300)</script>"
LONG = "<p style='height:5000px'>top<p id=low>low"
BOX = "<div id=box style='height:100px;overflow:auto'><p style='height:900px'>in<b id=b>b</b></div>"
APP = f"<body style='margin:0'><div id=box style='height:100vh;overflow:auto'>{LONG}</div>"


# ---- selectOption


@pytest.mark.parametrize(("value", "chosen"), [("r", "r"), ("Red", "r"), ("Dark green", "g"), (["g"], "g")])
async def test_an_option_is_chosen_by_its_value_or_its_label(visit, value, chosen):
    page = await visit(ONE + ECHO)

    await page.perform(SelectOption(selector="#s", value=value), 1)

    assert await passes(page, ExpectText(selector="#o", text=chosen))


async def test_exactly_the_options_that_are_named_are_chosen(visit):
    page = await visit(MANY + ECHO)

    await page.perform(SelectOption(selector="#s", value=["Red", "g", "r"]), 1)

    assert await passes(page, ExpectText(selector="#o", text="r,g"))


async def test_an_option_is_chosen_by_the_label_of_its_list(visit):
    page = await visit(f"<label>Colour {ONE}</label>{ECHO}")

    await page.perform(SelectOption(selector="label", value="Red"), 1)

    assert await passes(page, ExpectText(selector="#o", text="r"))


async def test_an_option_that_appears_late_is_waited_for(visit):
    page = await visit(LATE)

    assert await passes(page, SelectOption(selector="#s", value="Red"))


async def test_an_option_that_is_missing_is_told_with_those_that_are_there(visit):
    page = await visit(ONE)

    told = await fails(page, SelectOption(selector="#s", value="Yellow", timeout_ms=SHORT))

    options = "'none', 'Red', 'Dark green', 'Blue'"
    assert told == f"Timeout 2500 ms: '#s' has no option 'Yellow'; its options: {options}"


async def test_an_option_that_is_disabled_cannot_be_chosen(visit):
    page = await visit(ONE)

    told = await fails(page, SelectOption(selector="#s", value="Blue", timeout_ms=SHORT))

    assert told == "Timeout 2500 ms: '#s' has that option, but it is not enabled"


async def test_two_options_where_one_can_be_chosen_fail(visit):
    page = await visit(ONE)

    told = await fails(page, SelectOption(selector="#s", value=["Red", "g"]))

    assert told == "'#s' did not take the choice: 'g'"


async def test_a_choice_that_the_page_takes_back_fails(visit):
    page = await visit(ONE + "<script>s.onchange = () => s.value = 'none'</script>")

    assert "did not take the choice" in await fails(page, SelectOption(selector="#s", value="Red"))


async def test_a_choice_that_leads_to_another_document_passes(visit):
    page = await visit(ONE + "<script>s.onchange = () => location = '/next'</script>")

    assert await passes(page, SelectOption(selector="#s", value="Red"))


async def test_a_choice_after_which_the_list_is_replaced_passes(visit):
    page = await visit(ONE + "<script>s.onchange = () => s.outerHTML = '<select id=s></select>'</script>")

    assert await passes(page, SelectOption(selector="#s", value="Red"))


@pytest.mark.parametrize(
    ("html", "why"),
    [
        (ONE.replace("id=s", "id=s disabled"), "Timeout 2500 ms: '#s' is not enabled"),
        (ONE.replace("id=s", "id=s hidden"), "Timeout 2500 ms: '#s' is not visible"),
        ("<p id=s>x", "'#s': Element is not a <select> element"),
        ("<p>x", "Timeout 2500 ms: no element matched '#s'"),
    ],
)
async def test_where_nothing_can_be_chosen_the_step_says_why(visit, html, why):
    page = await visit(html)

    assert await fails(page, SelectOption(selector="#s", value="Red", timeout_ms=SHORT)) == why


async def test_the_first_of_several_lists_is_used_and_the_note_says_so(visit):
    page = await visit(ONE + ONE)

    done = await page.perform(SelectOption(selector="select", value="Red"), 1)

    assert done.note == "selector matched 2 elements; used the first"


# ---- scroll


async def scrolls(page, step, *, where="document.scrollingElement") -> tuple[float, str | None]:
    done = await page.perform(step, 1)
    return await page._page.evaluate(f"{where}.scrollTop"), done.note


async def test_an_element_is_brought_into_view(visit):
    page = await visit(LONG)

    top, note = await scrolls(page, Scroll(selector="#low"))

    assert (top > 4_000, note) == (True, None)


async def test_an_element_that_is_in_view_moves_nothing_and_the_note_says_so(visit):
    page = await visit("<p id=p>x")

    assert await scrolls(page, Scroll(selector="#p")) == (0, "nothing moved: it was in view")


async def test_the_page_is_scrolled_by_pixels_and_back(visit):
    page = await visit(LONG)

    assert await scrolls(page, Scroll(y=700)) == (700, None)
    assert await scrolls(page, Scroll(y=-200)) == (500, None)


async def test_a_page_at_its_end_moves_no_further_and_the_note_says_so(visit):
    page = await visit(LONG)
    await page.perform(Scroll(y=1_000_000), 1)

    assert (await scrolls(page, Scroll(y=10)))[1] == "nothing moved: it is at its end, or does not scroll"


async def test_what_fills_the_page_is_scrolled_in_its_place(visit):
    page = await visit(APP)

    assert await scrolls(page, Scroll(y=300), where="box") == (300, None)


@pytest.mark.parametrize("selector", ["#box", "#b"])
async def test_what_an_element_lies_in_is_scrolled(visit, selector):
    page = await visit(BOX)

    assert await scrolls(page, Scroll(selector=selector, y=50), where="box") == (50, None)


async def test_a_page_that_scrolls_smoothly_is_there_at_once(visit):
    page = await visit(f"<style>html {{ scroll-behavior: smooth }}</style>{LONG}")

    assert await scrolls(page, Scroll(y=700)) == (700, None)


async def test_scrolling_is_heard_by_the_page(visit):
    page = await visit(f"{LONG}<script>onscroll = () => document.body.id = 'heard'</script>")

    await page.perform(Scroll(y=10), 1)

    assert await passes(page, ExpectVisible(selector="#heard"))


@pytest.mark.parametrize(
    ("step", "html", "why"),
    [
        (Scroll(selector="#p", timeout_ms=SHORT), "<p>x", "Timeout 2500 ms: no element matched '#p'"),
        (Scroll(selector="#p", y=1, timeout_ms=SHORT), "<p>x", "Timeout 2500 ms: no element matched '#p'"),
        (Scroll(selector="#p", timeout_ms=SHORT), "<p id=p hidden>x", "Timeout 2500 ms: '#p' is not visible"),
    ],
)
async def test_there_must_be_something_to_scroll_to(visit, step, html, why):
    page = await visit(html)

    assert await fails(page, step) == why


@pytest.mark.parametrize("step", [Scroll(y=1, timeout_ms=500), Scroll(selector="#f", timeout_ms=500)])
async def test_a_page_that_hangs_does_not_scroll(hanging, step):
    assert "the page does not answer" in await says(hanging, step)
