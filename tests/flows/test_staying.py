"""A message that went by is no success by itself; what the page still shows of what was done, is."""

from __future__ import annotations

import pytest

from tests.flows.keeping import ends, nothing_kept, site

__all__ = ["nothing_kept", "site"]

pytestmark = pytest.mark.asyncio(loop_scope="module")

TOAST = """<script>function toast(text) { const it = document.createElement('p'); it.textContent = text;
    document.body.append(it); setTimeout(() => it.remove(), 4000) }
    const send = text => fetch('/save', {method: 'POST', body: text})
    const kept = fetch('/kept').then(got => got.json())</script>"""
CART = f"{TOAST}<h2>Mug</h2><button id=add>Add to cart</button> <span id=badge></span>"
ADD = "Click 'Add to cart'. See 'It is yours'."
BOOK = """<ul role=listbox aria-label=Room><li role=option onclick="room = this.textContent">Blue room</li>
    <li role=option onclick="room = this.textContent">Red room</li></ul>
    <button onclick="book()">Confirm booking</button><ul id=list></ul>"""
BOOKED = "Click 'Red room'. Click 'Confirm booking'. See 'Thank you'."
ROW = """<table><tr><td>Ana Ruiz<td>Active<td><button onclick="send('x').then(off)">Confirm</button></table>"""


def cart(add: str, shows: str) -> str:
    """A shop; ``add`` is what its button does, ``shows`` what its badge says at first."""
    return f"{CART}<script>const say = n => badge.textContent = `{shows}`; add.onclick = () => {{ {add} }}\n"


async def test_a_cart_that_the_server_keeps_is_a_success_though_the_toast_is_gone(tester):
    html = cart("send('mug').then(() => { say(1); toast('It is yours') })", "Cart (${n})")
    html += "kept.then(all => say(all.length))</script>"

    assert (await ends(tester, ADD, html))[0] == "success"


@pytest.mark.parametrize(
    ("add", "shows"),
    [
        ("toast('It is yours')", "Cart (${n})"),
        ("send('mug'); say(1); toast('It is yours')", "Cart (${n})"),
        ("localStorage.n = 1; say(1); toast('It is yours')", "Cart (${localStorage.n || 0})"),
        ("send('mug').then(() => { say(1); toast('It is yours') })", "Visits: ${n}"),
        ("send('mug').then(() => { say(1); toast('It is yours') })", "${n} viewers of this cart"),
    ],
    ids=["toast only", "never kept", "kept by the browser alone", "visits", "viewers"],
)
async def test_a_toast_beside_a_badge_that_proves_nothing_is_no_success(tester, add, shows):
    visits = "kept.then(all => say(all.length))" if "cart" in shows or "Visits" in shows else "say(0)"

    assert (await ends(tester, ADD, f"{cart(add, shows)}{visits}</script>"))[0] != "success"


@pytest.mark.parametrize(("sent", "is_kept"), [("room", True), ("'Blue room'", False), ("'?'", False)])
async def test_what_was_picked_must_be_what_the_new_entry_says(tester, sent, is_kept):
    show = (
        "function show(text) { const it = document.createElement('li'); it.textContent = text; list.append(it) }"
    )
    book = f"function book() {{ send({sent} + ' for 3'); show(room + ' for 3'); toast('Thank you') }}"
    html = f"{TOAST}{BOOK}<script>let room; {show} {book} kept.then(all => all.forEach(show))</script>"
    verdict, _ = await ends(tester, BOOKED, html)

    assert (verdict == "success") is is_kept


@pytest.mark.parametrize(("keeps", "verdict"), [("all.length", "success"), ("false", "inconclusive")])
async def test_a_row_must_still_say_what_it_said_when_the_message_came(tester, keeps, verdict):
    off = "function off() { document.querySelectorAll('td')[1].textContent = 'Inactive'; toast('Done with it') }"
    load = f"kept.then(all => {{ if ({keeps}) document.querySelectorAll('td')[1].textContent = 'Inactive' }})"
    goal = "Click 'Confirm' in the row of 'Ana Ruiz'. See 'Done with it'."

    assert (await ends(tester, goal, f"{TOAST}{ROW}<script>{off} {load}</script>"))[0] == verdict


async def test_a_switch_that_turns_when_the_server_has_answered_was_turned(tester):
    html = f"""{TOAST}<button role=switch aria-checked=false aria-label=Alerts id=it>o</button><script>
        const turn = () => {{ it.setAttribute('aria-checked', true); toast('Alerts are on') }}
        it.onclick = () => fetch('/save?wait=1', {{method: 'POST', body: 'on'}}).then(turn)</script>"""

    assert (await ends(tester, "Turn on 'Alerts'. See 'Alerts are on'.", html))[0] == "success"


async def test_the_reason_says_what_to_expect_instead(tester):
    html = cart("toast('It is yours')", "Cart (${n})") + "say(0)</script>"
    told = await tester.runs(html=html, assist={"v2": True, "goal": ADD}, defaultTimeoutMs=2_000)

    assert "Expect something that stays" in told.record["verdictReason"]


TOTALS = """<button onclick='out.hidden = false'>Show</button>
    <div id=out hidden><p>Subtotal 23.70 €</p><p>{}</p><p>Total {} €</p></div>"""


@pytest.mark.parametrize(
    ("delivery", "total", "verdict"),
    [("Delivery Free", "15.80", "fail-app-bug"), ("Delivery 5.00 €", "28.70", "inconclusive")],
)
async def test_a_total_is_the_applications_fault_only_where_its_own_lines_say_so(tester, delivery, total, verdict):
    html = TOTALS.format(delivery, total)

    assert (await ends(tester, "Click 'Show'. See 'Total 23.70 €'.", html))[0] == verdict


@pytest.mark.parametrize(("left", "verdict"), [(2, "fail-app-bug"), (3, "inconclusive")])
async def test_a_counter_is_wrong_only_where_it_counted_the_same_things_before(tester, left, verdict):
    act = f"document.querySelectorAll('li').forEach((row, i) => i < {left} || row.remove()); n.textContent = 1"
    rows = "".join(f"<li>{whom} <button>Read it</button>" for whom in ("Ana", "Ben", "Cy"))
    html = f"<p><span id=n>3</span> unread</p><button id=go>Go</button>{rows}"
    html += f"<script>go.onclick = () => {{ {act} }}</script>"

    assert (await ends(tester, "Click 'Go'. See '2 unread'.", html))[0] == verdict
