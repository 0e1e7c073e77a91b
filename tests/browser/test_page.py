from __future__ import annotations

import asyncio
import hashlib
from time import monotonic

import pytest

from ghostly.browser.failures import StepError
from ghostly.browser.pool import Browsers
from ghostly.domain.redaction import Redactor
from ghostly.domain.steps import Click, Fill, Goto, Snapshot, WaitForSelector

pytestmark = pytest.mark.asyncio(loop_scope="module")

THREE = "<button onclick='this.id = \"first\"'>B</button><button>B</button><button>B</button>"
FILLED_BLACK = "<input id=pin value=1234 style='position:fixed;inset:0;width:100%;height:100%;background:#000'>"

SECRET_FIELDS = [
    "<input class=f type=password>",
    "<input class=f autocomplete='section-a current-password'>",
    "<input class=f autocomplete=one-time-code>",
    "<input class=f autocomplete='billing CC-NUMBER'>",
    "<label class=f>PIN <input type=password></label>",
]
PLAIN = ["<input class=f>", "<textarea class=f autocomplete=street-address></textarea>", "<p class=f>x</p>"]


async def fails(page, step, index=1) -> str:
    with pytest.raises(StepError) as failure:
        await page.perform(step, index)
    return str(failure.value)


async def test_an_ambiguous_selector_uses_the_first_element_and_says_so(visit):
    page = await visit(THREE)

    done = await page.perform(Click(selector="button"), 1)

    assert done.note == "selector matched 3 elements; used the first"
    await page.perform(WaitForSelector(selector="#first"), 2)


async def test_waiting_with_an_ambiguous_selector_says_so_too(visit):
    page = await visit(THREE)

    done = await page.perform(WaitForSelector(selector="button"), 1)

    assert done.note == "selector matched 3 elements; used the first"


async def test_an_ambiguous_selector_whose_first_element_cannot_be_clicked_fails_and_says_both(visit):
    page = await visit("<button disabled>B</button><button>B</button>")

    told = await fails(page, Click(selector="button", timeout_ms=2_000))

    assert told == "Timeout 2000 ms: 'button' is not enabled (selector matched 2 elements; used the first)"


async def test_a_step_that_does_what_it_should_has_nothing_to_tell(visit):
    page = await visit("<button>B</button>")

    done = await page.perform(Click(selector="button"), 1)

    assert (done.note, done.screenshot, done.a11y) == (None, None, None)


async def test_a_redirect_to_another_origin_fails_the_goto_and_is_left_at_once(visit):
    page = await visit("")

    told = await fails(page, Goto(url="/elsewhere"))

    assert told.startswith("left the origin http://127.0.0.1:")
    assert page._page.url == "about:blank"


async def test_a_click_that_leads_to_another_origin_fails(visit, site):
    page = await visit("<a href=/elsewhere>away</a>")

    assert "left the origin" in await fails(page, Click(selector="a"))


async def test_a_page_that_went_away_by_itself_is_not_touched(visit):
    page = await visit("<script>setTimeout(() => location = '/elsewhere', 100)</script>")
    async with asyncio.timeout(30):
        while "elsewhere" not in page._page.url and "localhost" not in page._page.url:
            await asyncio.sleep(0.05)

    assert "left the origin" in await fails(page, Click(selector="body"))


async def test_a_goto_to_another_origin_is_not_even_tried(visit):
    page = await visit("<p id=here>")

    assert "not on the origin" in await fails(page, Goto(url="http://localhost:1/"))
    await page.perform(WaitForSelector(selector="#here", state="attached"), 2)


async def test_files_and_browser_pages_are_on_another_origin(visit):
    page = await visit("")

    assert "not on the origin" in await fails(page, Goto(url="file:///etc/passwd"))
    assert "not on the origin" in await fails(page, Goto(url="chrome://version"))


async def test_an_origin_that_is_allowed_is_not_another_one(site, artifacts):
    allowed = site.url.replace("127.0.0.1", "localhost").rstrip("/")
    browsers = Browsers(executable=None, slots=1, allowed_origins=frozenset({allowed}))
    async with browsers.page(site.flow(), artifacts=artifacts, run="r") as page:
        assert (await page.perform(Goto(url="/elsewhere"), 0)).note is None
    await browsers.close()


async def test_a_click_that_leads_nowhere_fails(visit, deaf_port):
    page = await visit(f"<a href=http://127.0.0.1:{deaf_port}/>dead</a>")

    told = await fails(page, Click(selector="a"))

    assert told == "the page led to an address that could not be loaded"


async def test_dialogs_are_answered_and_told(visit):
    page = await visit("<button onclick='alert(1); this.id = confirm(\"sure?\")'>B</button>")

    done = await page.perform(Click(selector="button"), 1)

    assert done.note == "answered 2 dialogs: alert '1' …"
    await page.perform(WaitForSelector(selector="#false"), 2)


async def test_a_secret_in_a_dialog_is_masked_before_the_message_is_cut(visit):
    page = await visit("<button onclick='alert(`${`-`.repeat(75)}the secret`)'>B</button>")

    done = await page.perform(Click(selector="button"), 1, Redactor(["the secret"]).text)

    assert done.note == f"answered a dialog: alert '{'-' * 75}[RED…'"


async def test_a_page_may_not_hold_a_run_back_by_asking_on_leaving(visit):
    page = await visit("<body onclick='1'><script>onbeforeunload = event => event.preventDefault()</script>B")
    await page.perform(Click(selector="body"), 1)

    done = await page.perform(Goto(url="/other"), 2)

    assert done.note == "answered a dialog: beforeunload ''"


async def test_an_alert_loop_fails_its_step_in_time(visit):
    page = await visit("<button onclick='for (;;) alert(1)'>B</button>", default_timeout_ms=30_000)
    start = monotonic()

    told = await fails(page, Click(selector="button", timeout_ms=1_000))

    assert "dialogs: alert '1'" in told
    assert monotonic() - start < 10


async def test_a_page_that_hangs_is_told_from_one_that_lacks_the_element(hanging):
    told = await fails(hanging, Click(selector="button", timeout_ms=1_000))

    assert told == "Timeout 1000 ms: the page does not answer; a script may keep it busy"


async def test_an_element_that_there_was_no_time_to_look_for_is_not_said_to_be_missing(visit):
    page = await visit("<button>B</button>")

    told = await fails(page, Click(selector="button", timeout_ms=1))

    assert told == "Timeout 1 ms: 'button' was not ready in time"


async def test_what_is_waited_for_to_go_is_not_said_to_be_missing(visit):
    busy = "for (const end = Date.now() + 900; Date.now() < end;);"
    page = await visit(f"<script>function busy() {{ {busy} }}</script>")
    await page._page.evaluate("() => { setTimeout(busy) }")

    told = await fails(page, WaitForSelector(selector="#none", state="detached", timeout_ms=300))

    assert told == "Timeout 300 ms: the page does not answer; a script may keep it busy"


async def test_a_screenshot_is_kept_where_its_artifact_says(visit, artifacts):
    page = await visit("<h1>Shop", capture_screenshot_after_each_step=True)

    shot = (await page.perform(Click(selector="h1"), 3)).screenshot

    png = (artifacts / "step-03.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    assert (shot.path, shot.size, shot.content_type) == ("./artifacts/run-1/step-03.png", len(png), "image/png")
    assert shot.sha256 == hashlib.sha256(png).hexdigest()


async def test_nothing_is_written_unless_it_was_asked_for(visit, artifacts):
    page = await visit("<h1>Shop")

    await page.perform(Snapshot(), 1)

    assert not artifacts.exists()


async def test_a_disk_that_refuses_does_not_fail_the_step(visit, artifacts):
    artifacts.write_text("a file where the directory should be")
    page = await visit("<h1>Shop", capture_screenshot_after_each_step=True)

    assert (await page.perform(Click(selector="h1"), 1)).note == "no screenshot could be taken"


async def test_a11y_is_captured_after_each_step_when_asked_for(visit):
    page = await visit("<h1>Shop", capture_a11y_after_each_step=True)

    assert (await page.perform(Click(selector="h1"), 1)).a11y == '- heading "Shop" [level=1]'


async def test_a_masked_field_is_not_in_the_screenshots(visit, artifacts):
    page = await visit(FILLED_BLACK)
    plain = await page.failure_screenshot(1)

    await page.hide("#pin")
    masked = await page.failure_screenshot(2)

    assert masked.sha256 != plain.sha256
    assert masked.size < plain.size  # one colour is all that is left


async def test_a_screenshot_of_a_page_that_hangs_is_given_up_in_time(hanging):
    start = monotonic()

    assert await hanging.failure_screenshot(1) is None
    assert monotonic() - start < 4


async def test_a_field_for_secrets_is_known_by_what_it_asks_for(visit):
    page = await visit("".join(SECRET_FIELDS))

    for number in range(len(SECRET_FIELDS)):
        assert await page.is_secret_field(f":nth-match(.f, {number + 1})", 5_000), SECRET_FIELDS[number]


async def test_other_elements_are_not_fields_for_secrets(visit):
    page = await visit("".join(PLAIN))

    for number in range(len(PLAIN)):
        assert not await page.is_secret_field(f":nth-match(.f, {number + 1})", 5_000), PLAIN[number]


async def test_a_field_that_appears_in_time_is_looked_at(visit):
    page = await visit("<script>setTimeout(() => document.body.innerHTML = '<input id=f>', 300)</script>")

    assert not await page.is_secret_field("#f", 10_000)


async def test_a_field_that_does_not_appear_is_taken_for_secret(visit):
    page = await visit("<p>")

    assert await page.is_secret_field("#f", 300)


async def test_a_field_on_a_page_that_hangs_is_taken_for_secret(hanging):
    assert await hanging.is_secret_field("#f", 500)


async def test_what_is_typed_is_in_no_failure(visit):
    page = await visit("<input id=f type=number>")

    assert "hunter2" not in await fails(page, Fill(selector="#f", value="hunter2"))
