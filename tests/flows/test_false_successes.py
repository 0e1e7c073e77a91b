"""Pages that look as if a goal had been reached, and goals that a page fulfils without being changed."""

from __future__ import annotations

import pytest

from tests.flows.keeping import ends, nothing_kept, site, todos

__all__ = ["nothing_kept", "site"]

pytestmark = pytest.mark.asyncio(loop_scope="module")


# ---- what was typed, and what nobody sees


async def test_what_was_typed_into_an_editor_proves_nothing(tester):
    html = "<div contenteditable role=textbox aria-label=Note style='min-height: 2em'></div>"

    assert (await ends(tester, "Type 'Buy milk' into Note. Expect 'Buy milk'.", html))[0] == "inconclusive"


@pytest.mark.parametrize(
    "hidden",
    [
        "position: fixed; bottom: 0; transform: translateY(200%)",
        "position: absolute; left: -9999px",
        "position: absolute; transform: scale(0)",
        "height: 0; overflow: hidden",
        "opacity: 0",
        "visibility: hidden",
    ],
)
async def test_a_message_that_waits_where_nobody_sees_it_is_not_shown(tester, hidden):
    html = f"<button>Send</button><p style='{hidden}'>Message sent</p>"

    assert (await ends(tester, "Click 'Send'. Expect 'Message sent'.", html))[0] != "success"


async def test_a_text_that_css_writes_in_capitals_is_shown(tester):
    html = (
        "<button onclick='out.hidden = false'>Send</button><p id=out hidden style='text-transform: uppercase'>Sent"
    )

    assert (await ends(tester, "Click 'Send'. Expect 'Sent'.", html))[0] == "success"


# ---- what is nearly what was expected


@pytest.mark.parametrize(
    ("expected", "shown"),
    [
        ("'1 item'", "11 items"),
        ("'Total: 3'", "Total: 30"),
        ("'Saved'", "Not Saved"),
        ("'results'", "No results"),
        ("saved", "You have unsaved changes"),
        ("order saved", "order not saved"),
    ],
)
async def test_what_says_something_else_is_not_what_was_expected(tester, expected, shown):
    html = f"<button onclick='out.textContent = `{shown}`'>Go</button><p id=out></p>"

    assert (await ends(tester, f"Click 'Go'. See {expected}.", html))[0] != "success"


async def test_who_is_sent_to_log_in_first_is_not_where_he_wanted_to_be(tester, site):
    site.pages["/login"] = "<input type=password aria-label=Password>"
    html = "<a href='/login?next=/cart'>Cart</a>"

    assert (await ends(tester, "Click 'Cart'. I should be on /cart.", html))[0] == "fail-test-broken"


@pytest.mark.parametrize("there", ["<input type=password aria-label=Password>", None])
async def test_a_page_that_nobody_wanted_is_no_effect(tester, site, there):
    if there:
        site.pages["/account"] = there
    html = "<a href='/account'>Orders</a>"

    assert (await ends(tester, "Click 'Orders'.", html))[0] == "inconclusive"


# ---- what was there from the beginning


async def test_what_was_there_from_the_beginning_proves_nothing_of_a_click_without_effect(tester):
    assert await ends(tester, "Click 'Send'. See 'Welcome'.", "<h1>Welcome</h1><button>Send</button>") == (
        "inconclusive",
        "stalled",
    )


async def test_what_was_there_from_the_beginning_and_still_is_does_no_harm(tester):
    html = "<h1>Welcome</h1><button onclick='this.append(`ed`)'>Pack</button>"

    assert (await ends(tester, "Click 'Pack'. See 'Welcome'.", html))[0] == "success"


async def test_what_a_page_draws_late_is_not_the_effect_of_the_first_step(tester, site):
    site.pages["/slow"] = "x"
    late = "fetch('/kept?wait=0.5').then(() => document.body.append('Orders'))"
    html = f"<input id=name><button>Send</button><script>{late}</script>"
    steps = {"action": "fill", "selector": "#name", "value": "Ana"}, {"action": "click", "selector": "#nowhere"}
    victory = {"textIncludes": ["Orders"]}
    told = await tester.runs(*steps, html=html, assist={"v2": True, "goal": "x", "victory": victory},
                             defaultTimeoutMs=500)  # fmt: skip

    assert told.record["verdict"] != "success"


# ---- whose fault it is


async def test_a_request_that_nobody_answered_is_the_environments(tester):
    add = "fetch('/cut')"

    assert (await ends(tester, "Click 'Add'. See 'Sent'.", todos(add)))[0] == "inconclusive-environment"


async def test_a_link_that_was_followed_is_not_one_that_led_nowhere(tester, site):
    site.pages["/new"] = "<a id=there href='/old'>Help</a>"
    site.pages["/old"] = "<script>location.replace('/new')</script>"

    assert (await ends(tester, "Click 'Help'. See 'Opening hours'.", "<a id=there href='/old'>Help</a>"))[0] != (
        "fail-agent-lost"
    )
