"""Expectations of text: what is read on a page, and what is said where it does not stand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count
from time import monotonic

import pytest
import pytest_asyncio
from failing import LITTLE, fails, late, passes, says

from ghostly.browser.page import Page
from ghostly.browser.pool import Browsers
from ghostly.domain.steps import ExpectText, Goto
from tests.browser.conftest import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")


NUMBERS = count()


def shadow(html: str, light: str = "") -> str:
    return f"<div id=host>{light}</div><script>host.attachShadow({{mode: 'open'}}).innerHTML = `{html}`</script>"


SEEN = {
    "plainly": "<p>Hello Ana",
    "over white space": "<p>Hello\n\n  \t Ana",
    "over a space that does not break": "<p>Hello&nbsp;Ana",
    "over elements": "<p><b>Hel</b>lo <i>Ana</i>",
    "over blocks": "<div>Hello</div><div>Ana</div>",
    "over a line break": "<p>Hello<br>Ana",
    "over cells": "<table><tr><td>Hello<td>Ana</table>",
    "over a soft hyphen": "<p>Hel&shy;lo Ana",
    "in capitals by CSS": "<p style='text-transform:uppercase'>Hello Ana",
    "capitalised by CSS": "<p style='text-transform:capitalize'>hello ana",
    "in a shadow root": shadow("<p>Hello Ana"),
    "in a slot": shadow("<p>Hello <slot></slot>", "Ana"),
    "in a frame": "<iframe srcdoc='Hello Ana'></iframe>",
    "in a frame of a frame": "<iframe srcdoc='<iframe srcdoc=\"Hello Ana\"></iframe>'></iframe>",
    "in a frame of a shadow root": shadow("<iframe srcdoc='Hello Ana'></iframe>"),
    "on a button of a form": "<input type=submit value='Hello Ana'>",
    "as the option that is chosen": "<select><option>x<option selected>Hello Ana</select>",
    "in open details": "<details open>Hello Ana",
    "shown again in what is hidden": "<p style='visibility:hidden'><b style='visibility:visible'>Hello Ana",
    "in what has no box": "<p style='display:contents'>Hello Ana",
    "far below": "<p style='margin-top:9000px'>Hello Ana",
}
UNSEEN = {
    "in another case": "<p>hello ana",
    "without the space": "<p>HelloAna",
    "not displayed": "<p style='display:none'>Hello Ana",
    "hidden by its attribute": "<p hidden>Hello Ana",
    "invisible": "<p style='visibility:hidden'>Hello Ana",
    "transparent": "<p style='opacity:0'><b>Hello Ana",
    "in closed details": "<details><summary>More</summary>Hello Ana",
    "in closed details' element": "<details><summary>More</summary><p>Hello Ana",
    "folded to nothing": "<div style='height:0;overflow:hidden'>Hello Ana",
    "clipped away": "<div style='position:absolute;clip-path:inset(50%)'>Hello Ana",
    "without size": "<p style='font-size:0'>Hello Ana",
    "in a script": "<script>'Hello Ana'</script>",
    "in a style": "<style>/* Hello Ana */</style>",
    "in a template": "<template>Hello Ana</template>",
    "in a comment": "<!-- Hello Ana -->",
    "in an attribute": "<p title='Hello Ana'>x",
    "typed into a field": "<input value='Hello Ana'>",
    "an option that is not chosen": "<select><option>x<option>Hello Ana</select>",
    "in a hidden frame": "<iframe style='display:none' srcdoc='Hello Ana'></iframe>",
    "hidden in a frame": "<iframe srcdoc='<p hidden>Hello Ana'></iframe>",
    "in the title": "<title>Hello Ana</title>",
    "light, where a shadow is": shadow("<p>x", "Hello Ana"),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(browsers: Browsers, site: Site, tmp_path_factory) -> AsyncIterator[Page]:
    """A page for all that is only read: one of its own takes most of such a test."""
    artifacts = tmp_path_factory.mktemp("artifacts")
    async with browsers.page(site.flow(), artifacts=artifacts, run="run-1") as page:
        yield page


@pytest.fixture
def shown(shared: Page, site: Site) -> Callable[[str], Awaitable[Page]]:
    """Loads the given HTML, each time from an address of which the browser can remember nothing."""

    async def shown(html: str) -> Page:
        site.html = html
        await shared.perform(Goto(url=f"/page-{next(NUMBERS)}", timeout_ms=30_000), 0)
        return shared

    return shown


@pytest.mark.parametrize("where", SEEN)
async def test_text_that_is_seen_is_found(shown, where):
    page = await shown(SEEN[where])

    assert await passes(page, ExpectText(text="Hello Ana" if "capitals" not in where else "HELLO ANA"))


@pytest.mark.parametrize("where", UNSEEN)
async def test_text_that_is_not_seen_is_not_found(shown, where):
    page = await shown(UNSEEN[where])

    assert "does not show 'Hello Ana'" in await fails(page, ExpectText(text="Hello Ana", timeout_ms=LITTLE))


async def test_text_in_capitals_by_css_is_found_as_it_is_written_too(visit):
    page = await visit(SEEN["in capitals by CSS"])

    assert await passes(page, ExpectText(text="Hello Ana"))


async def test_white_space_of_the_expected_text_is_collapsed_too(visit):
    page = await visit("<p>Hello Ana")

    assert await passes(page, ExpectText(text="  Hello\n Ana "))


async def test_text_that_appears_late_is_waited_for(visit):
    page = await visit(late("p.textContent = 'Hello'"))

    assert await passes(page, ExpectText(text="Hello"))


async def test_text_that_appears_late_in_an_element_that_appears_late_is_waited_for(visit):
    page = await visit(late("p.innerHTML = '<b id=late></b>'; setTimeout(() => late.textContent = 'Hello', 200)"))

    assert await passes(page, ExpectText(selector="#late", text="Hello"))


async def test_text_is_waited_for_while_the_page_goes_elsewhere(visit, site):
    page = await visit("<script>setTimeout(() => location = '/next', 300)</script>")
    site.html = "<p>Arrived"

    assert await passes(page, ExpectText(text="Arrived"))


async def test_text_in_an_element_counts_there_only(visit):
    page = await visit("<p id=a>Hello</p><p id=b>Bye</p>")

    assert await passes(page, ExpectText(selector="#b", text="Bye"))
    assert await fails(page, ExpectText(selector="#b", text="Hello", timeout_ms=LITTLE)) == (
        "Timeout 1000 ms: '#b' does not show 'Hello'; there stands 'Bye'"
    )


async def test_a_frame_in_an_element_belongs_to_it_and_others_do_not(visit):
    page = await visit("<p id=a><iframe srcdoc='Hello'></iframe></p><p id=b>x")

    assert await passes(page, ExpectText(selector="#a", text="Hello"))
    assert await passes(page, ExpectText(selector="iframe", text="Hello"))
    assert "does not show" in await fails(page, ExpectText(selector="#b", text="Hello", timeout_ms=LITTLE))


async def test_what_a_field_holds_is_its_text_when_it_is_asked_for_and_is_not_told(visit):
    page = await visit("<input id=i value='Hello Ana'>")

    assert await passes(page, ExpectText(selector="#i", text="Hello"))
    told = await fails(page, ExpectText(selector="#i", text="Bye", timeout_ms=LITTLE))
    assert told == "Timeout 1000 ms: '#i' does not show 'Bye', but something else"


async def test_what_a_password_field_holds_is_no_text(visit):
    page = await visit("<input id=i type=password value='Hello'>")

    assert "does not show" in await fails(page, ExpectText(selector="#i", text="Hello", timeout_ms=LITTLE))


async def test_an_element_that_is_hidden_is_said_to_be(visit):
    page = await visit("<p id=p hidden>Hello")

    told = await fails(page, ExpectText(selector="#p", text="Hello", timeout_ms=1_500))

    assert told.startswith("Timeout 1500 ms: '#p' is hidden")


async def test_an_element_that_is_missing_is_said_to_be(visit):
    page = await visit("<p>")

    told = await fails(page, ExpectText(selector="#none", text="Hello", timeout_ms=LITTLE))

    assert told == "Timeout 1000 ms: no element matched '#none'"


async def test_the_first_of_several_elements_is_read_and_the_note_says_so(visit):
    page = await visit("<p>Hello<p>Bye")

    done = await page.perform(ExpectText(selector="p", text="Hello"), 1)

    assert done.note == "selector matched 2 elements; used the first"


async def test_the_nearest_lines_are_told_of_a_long_page(visit):
    page = await visit("<p>Total: 10 euros</p>" + "<p>another line of the page</p>" * 20)

    told = await fails(page, ExpectText(text="Total: 12 euros", timeout_ms=LITTLE))

    assert told == "Timeout 1000 ms: the page does not show 'Total: 12 euros'; nearest: 'Total: 10 euros'"


async def test_the_beginning_is_told_of_a_page_without_anything_near(visit):
    page = await visit("<p>zzz</p>" * 100)

    told = await fails(page, ExpectText(text="Hello", timeout_ms=LITTLE))

    assert "; the text there begins with 'zzz zzz" in told
    assert len(told) < 600


async def test_an_empty_page_is_said_to_be(visit):
    page = await visit("")

    assert (await fails(page, ExpectText(text="Hello", timeout_ms=LITTLE))).endswith("; no text stands there")


async def test_what_a_page_writes_for_a_terminal_is_not_passed_on(visit):
    page = await visit("<p>a\x1b[31mred\x07\u202eb")

    assert "there stands 'ared b'" in await fails(page, ExpectText(text="Hello", timeout_ms=LITTLE))


async def test_a_secret_is_taken_out_before_the_text_is_cut(visit):
    page = await visit(f"<p>{'x' * 110} opensesame{'y' * 100}")

    with pytest.raises(Exception, match="begins with") as failure:
        await page.perform(
            ExpectText(text="Hello", timeout_ms=LITTLE), 1, lambda text: text.replace("opensesame", "[REDACTED]")
        )
    assert "opens" not in str(failure.value)


async def test_a_page_that_hangs_shows_nothing_in_time(hanging):
    began = monotonic()

    assert "the page does not answer" in await says(hanging, ExpectText(text="B", timeout_ms=1_000))
    assert monotonic() - began < 10


async def test_a_page_of_many_elements_is_read(visit):
    page = await visit("<p>one of many</p>" * 20_000 + "<p>the last")

    assert await passes(page, ExpectText(text="the last", timeout_ms=20_000))


async def test_a_page_that_is_nested_deep_is_read(visit):
    nest = "for (let i = 0; i < 5000; i++) e = e.appendChild(document.createElement('b'))"
    page = await visit(f"<p><script>let e = document.body; {nest}; e.textContent = 'deep down'</script>")

    assert await passes(page, ExpectText(text="deep down", timeout_ms=20_000))
