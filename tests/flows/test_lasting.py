"""What a page shows and does not keep is no success; what it keeps late, or is asked for late, is one."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from tests.flows.keeping import SAVE, ends, nothing_kept, site, todos

__all__ = ["nothing_kept", "site"]

pytestmark = pytest.mark.asyncio(loop_scope="module")

PROMISED_S = 5
DELETE = "Click 'Delete'. Verify that 'Ana' is not shown."


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


async def test_what_is_not_to_be_seen_on_a_page_that_is_not_there_proves_nothing(tester):
    assert (await ends(tester, "Go to /nowhere. 'Error' is not visible.", "<p>here"))[0] == "inconclusive"


async def test_a_page_that_asks_who_is_there_when_it_is_loaded_again_lost_nothing(tester):
    again = "if (sessionStorage.been) document.body.innerHTML = '<input type=password>'; sessionStorage.been = 1"

    assert (await ends(tester, SAVE, todos("show(text.value)", again)))[0] == "inconclusive"


async def test_what_a_plan_does_must_last_where_nothing_says_how_victory_is_known(tester):
    html = todos("show(text.value); location.hash = 'done'")

    assert (await ends(tester, 'Type "Buy milk" into "New to-do". Click "Add".', html))[0] == "fail-app-bug"


@pytest.mark.parametrize(("name", "verdict"), [("Remove", "inconclusive"), ("Remove filter", "success")])
async def test_what_is_only_removed_may_come_back_and_a_filter_need_not_be_kept(tester, name, verdict):
    html = f"<button onclick='entry.remove()'>{name}</button><p id=entry>Red"

    assert (await ends(tester, f"Click '{name}'. 'Red' is not visible.", html))[0] == verdict


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
