"""Pages that look as if a goal had been reached, and goals that a page fulfils without being changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from aiohttp import web

from tests.flows.conftest import Site, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

PROMISED_S = 5
SAVE = 'Type "Buy milk" into "New to-do". Click "Add". Expect "Buy milk".'
DELETE = "Click 'Delete'. Verify that 'Ana' is not shown."
TODO = "<label>New to-do <input id=text></label><button onclick='add()'>Add</button><ul id=list></ul>"


class Shop(Site):
    """Keeps what is posted to /save, and answers after ``wait`` seconds, with that ``status``."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[str] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(float(request.query.get("wait", 0)))
        match request.path:
            case "/kept":
                return web.json_response(self.kept)
            case "/cut":
                assert request.transport
                request.transport.abort()
            case "/save":
                return await self._save(request, int(request.query.get("status", 200)))
        return await super().answer(request)

    async def _save(self, request: web.Request, status: int) -> web.Response:
        if status == 200:
            self.kept.append(await request.text())
        return web.Response(status=status)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    site = Shop()
    async with serving(site, "*"):
        yield site


@pytest.fixture(autouse=True)
def nothing_kept(site: Site) -> None:
    site.kept.clear()


def todos(add: str, load: str = "") -> str:
    """A to-do list; ``add`` is what its button does, ``load`` what the page does at first."""
    show = "function show(text) { const entry = document.createElement('li'); entry.textContent = text; "
    return f"{TODO}<script>{show}list.append(entry) }} function add() {{ {add} }} {load}</script>"


async def ends(tester, goal: str, html: str, **options: Any) -> tuple[str, str]:
    told = await tester.runs(html=html, assist={"v2": True, "goal": goal, **options}, defaultTimeoutMs=2_000)
    return told.record["verdict"], told.record["stopReason"]


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


# ---- what does not last


async def test_a_message_beside_a_late_error_of_the_server_is_no_success(tester):
    add = "document.body.append('Sent'); fetch('/save?wait=0.7&status=500', {method: 'POST'})"

    assert (await ends(tester, "Click 'Add'. See 'Sent'.", todos(add)))[0] == "fail-app-bug"


async def test_an_error_of_the_server_counts_also_behind_an_exception(tester):
    add = "fetch('/save?status=500', {method: 'POST'}); setTimeout(() => document.body.append('Sent'), 300); x.y"

    assert (await ends(tester, "Click 'Add'. See 'Sent'.", todos(add)))[0] == "fail-app-bug"


async def test_a_page_that_shows_success_and_then_goes_away_is_no_success(tester, site):
    site.pages["/sorry"] = "Something went wrong"
    go = "fetch('/kept?wait=0.4').then(() => location.href = '/sorry')"

    assert (await ends(tester, "Click 'Add'. See 'Sent'.", todos(f"document.body.append('Sent'); {go}")))[0] == (
        "inconclusive"
    )


async def test_a_save_that_takes_its_time_is_not_cut_off_by_the_reload(tester):
    add = "show(text.value); fetch('/save?wait=0.7', {method: 'POST', body: text.value})"
    load = "fetch('/kept').then(got => got.json()).then(all => all.forEach(show))"

    assert (await ends(tester, SAVE, todos(add, load)))[0] == "success"


async def test_what_is_drawn_late_after_a_reload_is_waited_for(tester):
    add = "show(text.value); fetch('/save', {method: 'POST', body: text.value})"
    load = "fetch('/kept?wait=1').then(got => got.json()).then(all => all.forEach(show))"

    assert (await ends(tester, SAVE, todos(add, load)))[0] == "success"


async def test_an_entry_that_only_the_page_knows_is_no_success_behind_a_fragment(tester):
    html = todos("show(text.value)", "history.replaceState(null, '', '#/list')")

    assert (await ends(tester, SAVE, html))[0] == "fail-app-bug"


async def test_what_the_application_turned_down_was_not_lost_by_it(tester):
    add = "show(`${text.value} is not a valid name`)"

    assert (await ends(tester, SAVE, todos(add)))[0] not in {"success", "fail-app-bug"}


@pytest.mark.parametrize(("keeps", "verdict"), [("", "fail-app-bug"), ("localStorage.gone = 1", "success")])
async def test_what_was_deleted_must_be_gone_after_a_reload_as_well(tester, keeps, verdict):
    html = f"""<button onclick='{keeps}; entry.remove()'>Delete</button><p id=entry>Ana</p>
        <script>if (localStorage.gone) entry.remove()</script>"""

    assert (await ends(tester, DELETE, html))[0] == verdict


def settings(
    role: str = "switch", name: str = "Email alerts", does: str = "", load: str = "", more: str = ""
) -> str:
    """A setting, which is off at first, and a button that saves it; ``does`` is what turning it on does."""
    turn = f"this.setAttribute('aria-checked', true); {does}"
    saves = "out.textContent = 'Saved'"
    return f"""{more}<div role={role} aria-checked=false tabindex=0 aria-label='{name}' onclick="{turn}">x</div>
        <button onclick="{saves}">Save</button><p id=out></p><script>
        const setting = document.querySelector('[aria-checked]'); {load}</script>"""


TURN_ON = "Turn on the 'Email alerts' switch. Click 'Save'. Expect 'Saved'."
KEEPS = "localStorage.on = 1"
KEPT = "setTimeout(() => localStorage.on && setting.setAttribute('aria-checked', true), 300)"


@pytest.mark.parametrize("role", ["switch", "checkbox"])
async def test_a_setting_that_is_as_before_after_a_reload_was_lost_by_the_application(tester, role):
    assert (await ends(tester, TURN_ON.replace("switch", role), settings(role)))[0] == "fail-app-bug"


async def test_a_setting_that_is_lost_beside_a_text_that_lasts_is_no_success(tester):
    html = settings(load="out.textContent = 'Saved'")

    assert (await ends(tester, TURN_ON, html))[0] == "fail-app-bug"


async def test_a_setting_that_is_drawn_late_after_a_reload_is_waited_for(tester):
    html = settings(does=KEEPS, load=f"{KEPT}; if (localStorage.on) out.textContent = 'Saved'")

    assert (await ends(tester, TURN_ON, html))[0] == "success"


async def test_a_message_that_a_reload_takes_away_beside_a_setting_that_lasts_blames_nobody(tester):
    assert (await ends(tester, TURN_ON, settings(does=KEEPS, load=KEPT)))[0] == "inconclusive"


@pytest.mark.parametrize(
    ("goal", "html"),
    [
        (TURN_ON.replace("Email alerts", "Dark mode"), settings(name="Dark mode")),
        (f"Fill Name with 'Ana'. {TURN_ON}", settings(more="<label>Name <input></label>")),
        (TURN_ON.replace("Save'", "Submit'"), settings("checkbox").replace(">Save<", ">Submit<")),
        (f"Click 'Add'. {TURN_ON}", settings(more="<button>Add</button>")),
    ],
    ids=["a view", "a new entry", "a form that is sent", "something was added"],
)
async def test_what_may_have_been_no_setting_that_is_kept_blames_nobody(tester, goal, html):
    assert (await ends(tester, goal, html))[0] == "inconclusive"


async def test_what_is_not_to_be_seen_on_a_page_that_is_not_there_proves_nothing(tester):
    assert (await ends(tester, "Go to /nowhere. 'Error' is not visible.", "<p>here"))[0] == "inconclusive"


async def test_a_page_that_asks_who_is_there_when_it_is_loaded_again_lost_nothing(tester):
    again = "if (sessionStorage.been) document.body.innerHTML = '<input type=password>'; sessionStorage.been = 1"

    assert (await ends(tester, SAVE, todos("show(text.value)", again)))[0] == "inconclusive"


async def test_what_a_plan_does_must_last_where_nothing_says_how_victory_is_known(tester):
    html = todos("show(text.value); location.hash = 'done'")

    assert (await ends(tester, 'Type "Buy milk" into "New to-do". Click "Add".', html))[0] == "fail-app-bug"


async def test_a_filter_that_a_reload_resets_is_nobodys_fault(tester):
    html = "<button onclick='entry.remove()'>Remove filter</button><p id=entry>Red"

    assert (await ends(tester, "Click 'Remove filter'. 'Red' is not visible.", html))[0] == "inconclusive"


async def test_a_field_that_still_holds_what_was_typed_proves_no_save(tester):
    html = "<label>Name <input></label><button>Save</button>"
    goal = "Fill Name with Ana. Click Save. The Name field contains 'Ana'."

    assert (await ends(tester, goal, html))[0] == "inconclusive"


async def test_a_run_that_waits_for_an_answer_is_cancelled_within_five_seconds(tester):
    add = "document.body.append('Sent'); fetch('/save?wait=60', {method: 'POST'})"
    options = {"assist": {"v2": True, "goal": "Click 'Add'. See 'Sent'."}, "defaultTimeoutMs": 2_000}
    run = await tester.starts(html=todos(add), **options)
    async with asyncio.timeout(30):
        while not any(event.topic == "victory-checked" for event in await tester.up.store.log.read(UUID(run))):
            await asyncio.sleep(0.05)
    await tester.client.cancel(run)

    async with asyncio.timeout(PROMISED_S):
        assert (await tester.ended(run)).record["stopReason"] == "cancelled"


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
