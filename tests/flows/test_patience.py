"""What comes late is waited for, where it is missing: the next control, what was to be seen, an effect."""

from __future__ import annotations

import pytest

from tests.flows import keeping
from tests.flows.conftest import Tester
from tests.flows.keeping import nothing_kept, site

__all__ = ["nothing_kept", "site"]

pytestmark = pytest.mark.asyncio(loop_scope="module")

OUT = "<p id=out></p>"
SENT = {"textIncludes": ["It was sent"]}
FILL = {"action": "fill", "selector": "#name", "value": "Nadia"}
TAB = {"action": "press", "key": "Tab"}
DIALOG = """<button onclick="setTimeout(() => { out.innerHTML = `<div role=dialog aria-modal=true aria-label=Sure>
<button onclick='out.textContent = &quot;It was sent&quot;'>Yes, send</button></div>` }, %d)">Send</button>"""
ITSELF = (
    """<label>Name <input id=name onchange="setTimeout(() => { out.textContent = 'It was sent' }, %d)"></label>"""
)


def later(what: str, milliseconds: int = 900) -> str:
    return f"setTimeout(() => {{ {what} }}, {milliseconds})"


def late(what: str, milliseconds: int = 900) -> str:
    """A button that does this after a while."""
    return f'<button onclick="{later(what, milliseconds)}">Send</button>'


async def ends(tester: Tester, goal: str, html: str, *steps, **options) -> tuple[str, str]:
    """The verdict, and why it stopped."""
    return await keeping.ends(tester, goal, html + OUT, *steps, **options)


# ---- the next control


@pytest.mark.parametrize("delay", [120, 700, 2_000])
async def test_a_dialog_that_opens_late_is_waited_for(tester, delay):
    goal = 'Click "Send". Click "Yes, send". Expect "It was sent".'

    assert await ends(tester, goal, DIALOG % delay) == ("success", "victory")


async def test_a_page_that_is_drawn_late_is_waited_for(tester):
    button = "<button onclick=\"out.textContent = 'It was sent'\">Send</button>"
    html = f"<div id=app>…</div><script>{later(f'app.innerHTML = `{button}`')}</script>"

    assert await ends(tester, 'Click "Send". Expect "It was sent".', html) == ("success", "victory")


async def test_a_button_that_is_enabled_late_is_waited_for(tester):
    does = later("send.disabled = false")
    html = f"""<label>Name <input id=name oninput="{does}"></label>
    <button id=send disabled onclick="out.textContent = 'It was sent'">Send</button>"""
    goal = 'Type "Nadia" into Name. Click "Send". Expect "It was sent".'

    assert await ends(tester, goal, html) == ("success", "victory")


async def test_what_fades_in_is_waited_for(tester):
    html = """<style>#menu { visibility: hidden; opacity: 0; transition: all .6s .4s }
    .open #menu { visibility: visible; opacity: 1 }</style>
    <button onclick="document.body.className = 'open'">Actions</button>
    <div id=menu><button onclick="out.textContent = 'It was sent'">Archive</button></div>"""
    goal = 'Click "Actions". Click "Archive". Expect "It was sent".'

    assert await ends(tester, goal, html) == ("success", "victory")


async def test_what_never_comes_is_its_authors_to_mend(tester):
    goal = 'Click "Send". Click "Yes, send".'

    assert await ends(tester, goal, late("out.textContent = 1")) == ("fail-test-broken", "no-victory-condition")


# ---- what was to be seen


@pytest.mark.parametrize("delay", [120, 700, 2_000])
async def test_what_saves_itself_has_its_time(tester, delay):
    ended = await ends(tester, "The name is another", ITSELF % delay, FILL, TAB, victory=SENT)

    assert ended == ("success", "victory")


async def test_a_plan_that_shall_be_done_whole_has_its_time_too(tester):
    ended = await ends(tester, "Another name", ITSELF % 900, FILL, TAB, victory=SENT, isFullPlan=True)

    assert ended == ("success", "victory")


async def test_an_element_that_is_to_be_seen_has_its_time(tester):
    html = f"{late('done.hidden = false')}<b id=done hidden>✓</b>"
    ended = await ends(tester, 'Click "Send"', html, victory={"selectorVisible": ["#done"]})

    assert ended == ("success", "victory")


async def test_an_address_that_is_to_be_reached_has_its_time(tester):
    html = late("location.hash = '#/done'")
    ended = await ends(tester, 'Click "Send"', html, victory={"urlIncludes": ["#/done"]})

    assert ended == ("success", "victory")


async def test_a_page_that_says_that_it_is_at_work_has_more_time(tester):
    does = later("out.textContent = 'It was sent'", 4_500)
    html = f"<button onclick=\"out.textContent = 'Sending your letter…'; {does}\">Send</button>"

    assert await ends(tester, 'Click "Send"', html, victory=SENT) == ("success", "victory")


async def test_a_crash_that_comes_late_is_seen(tester):
    html = late("fetch('/save?status=500', {method: 'POST'})")

    assert (await ends(tester, 'Click "Send"', html, victory=SENT))[0] == "fail-app-bug"


# ---- an effect


async def test_clicks_whose_effect_comes_late_are_no_standstill(tester):
    does = later("out.textContent = Number(out.textContent) + 1")
    click = {"action": "click", "selector": "text=More"}
    html = f'<button onclick="{does}">More</button>'
    ended = await ends(tester, "Three times more", html, *[click] * 3, victory={"textIncludes": ["3"]})

    assert ended == ("success", "victory")


async def test_a_page_to_which_a_click_leads_late_is_an_effect(tester):
    html = late("location = '/done'")
    tester.site.pages["/done"] = "<h1>Thank you</h1>"

    assert (await ends(tester, 'Click "Send"', html))[0] == "success"
