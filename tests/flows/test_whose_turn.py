"""Whose turn it is where a page gives up, a server says no, or a reload takes back what was entered."""

from __future__ import annotations

import pytest

from tests.flows.keeping import ends, nothing_kept, site

__all__ = ["nothing_kept", "site"]

pytestmark = pytest.mark.asyncio(loop_scope="module")

SEND = 'Fill Name with "Bo". Click "Send". Expect "It was sent".'
OUT = "<p id=out></p>"
THROWN = "console.error(new TypeError('x is null'), 'The above error occurred in the <Form> component')"


def form(does: str, out: str = OUT) -> str:
    """A name, a button that does this, and a place for what comes of it."""
    return f'<div id=app><label>Name <input id=name></label><button onclick="{does}">Send</button>{out}</div>'


def answered(status: int, said: str, method: str = "POST") -> str:
    """Asks the server, which answers so, and says so."""
    asks = f"fetch('/save?status={status}', {{method: '{method}', body: 'x'}})"
    return f"{asks}.then(() => {{ out.textContent = '{said}' }})"


# ---- a page that gives up


@pytest.mark.parametrize(
    "said", ["Something went wrong", "Sorry, this page has crashed.", "Algo ha ido mal", "Lo sentimos"]
)
async def test_a_page_that_throws_and_says_sorry_is_its_developers_turn(tester, said):
    html = form(f"{THROWN}; app.innerHTML = '<h1>{said}</h1>'")

    assert (await ends(tester, SEND, html))[0] == "fail-app-bug"


async def test_a_page_that_throws_and_goes_blank_is_its_developers_turn(tester):
    assert (await ends(tester, SEND, form(f"{THROWN}; app.innerHTML = ''")))[0] == "fail-app-bug"


@pytest.mark.parametrize(
    "does",
    [
        "app.innerHTML = '<h1>Something went wrong</h1>'",
        f"{THROWN}; out.textContent = 'Hello'",
        "console.error(new TypeError('Failed to fetch')); out.textContent = 'Something went wrong'",
        "console.error('Warning: each child should have a key'); out.textContent = 'Sorry, no'",
    ],
    ids=["nothing thrown", "no apology", "nobody answered", "a warning"],
)
async def test_less_than_that_blames_nobody(tester, does):
    assert (await ends(tester, SEND, form(does)))[0] == "inconclusive"


async def test_what_is_gone_because_the_page_crashed_is_no_success(tester):
    html = form(f"{THROWN}; app.innerHTML = '<h1>Something went wrong</h1>'", "<b>Ana</b>")
    ended = await ends(tester, 'Click "Send". "Ana" is not shown.', html)

    assert ended[0] == "fail-app-bug"


# ---- a server that says no


@pytest.mark.parametrize("status", [401, 403, 409, 422, 423])
async def test_what_a_server_turns_down_in_any_words_is_its_authors_turn(tester, status):
    html = form(answered(status, "You would have to be somebody else"), "<p id=out role=alert></p>")

    assert (await ends(tester, SEND, html))[0] == "fail-test-broken"


async def test_a_refusal_that_is_no_alert_is_one(tester):
    html = form(answered(403, "Only an owner of apollo may delete it."))

    assert (await ends(tester, SEND, html))[0] == "fail-test-broken"


async def test_a_refusal_that_the_page_itself_says_is_one(tester):
    html = form("out.textContent = 'El nombre debe tener al menos 3 letras'")

    assert (await ends(tester, SEND, html))[0] == "fail-test-broken"


async def test_who_is_told_to_come_later_has_to_do_with_the_environment(tester):
    html = form(answered(429, "Too many requests"), "<p id=out role=alert></p>")

    assert (await ends(tester, SEND, html))[0] == "inconclusive-environment"


@pytest.mark.parametrize(
    "does",
    [
        answered(404, "There is no such thing here"),
        answered(403, "Something went wrong, try again later"),
        answered(404, "A picture is missing", "GET").replace("{method: 'GET', body: 'x'}", ""),
        "out.textContent = 'You already have 2 letters'",
    ],
    ids=["not there", "own trouble", "only read", "told in passing"],
)
async def test_what_may_be_anybodys_turn_is_nobodys(tester, does):
    assert (await ends(tester, SEND, form(does)))[0] == "inconclusive"


async def test_a_question_that_cannot_be_undone_turns_nothing_down(tester):
    dialog = "<div role=dialog aria-modal=true>This cannot be undone. <button>Yes, send it</button></div>"
    html = form(f"out.innerHTML = `{dialog}`")

    assert (await ends(tester, SEND, html))[0] == "inconclusive"


# ---- what a reload takes back

PRICE = 'Click "Edit". Fill Price with "79". Click "Save". Expect "€79.00".'
CELL = """<table><tr><td>Shelf<td>12<td id=cell><tr><td>Bench<td>3<td>€189.00</table><p id=state></p><script>
const show = price => {
  cell.innerHTML = `€${Number(price).toFixed(2)} <button>Edit</button>`
  cell.lastChild.onclick = () => edit(price)
}
const edit = price => {
  cell.innerHTML = `<label>Price <input value="${price}"></label><button>Save</button>`
  cell.lastChild.onclick = () => { show(cell.querySelector('input').value); SAVED }
}
show(START)</script>"""


def cell(saved: str, start: str = "64") -> str:
    return CELL.replace("SAVED", saved).replace("START", start)


async def test_an_edit_that_is_forgotten_is_its_developers_turn(tester):
    html = cell("fetch('/save?status=200', {method: 'PATCH', body: '79'}); state.textContent = 'Saved'")

    assert await ends(tester, PRICE, html) == ("fail-app-bug", "blocked-by-app-error")


async def test_an_edit_that_is_kept_is_a_success(tester):
    html = cell("localStorage.price = 79", "localStorage.price ?? 64")

    assert await ends(tester, PRICE, html) == ("success", "victory")


async def test_an_edit_that_was_refused_was_not_lost_by_the_application(tester):
    html = cell("fetch('/save?status=403', {method: 'PATCH', body: '79'})")

    assert (await ends(tester, PRICE, html))[0] == "inconclusive"


async def test_a_greeting_that_is_gone_is_no_edit(tester):
    html = form("out.textContent = 'Thank you, ' + name.value", "<p id=out>Send us a message</p>")
    goal = 'Fill Name with "Boris". Click "Create".'
    ended = await ends(tester, goal, html.replace(">Send<", ">Create<"), victory={"textIncludes": ["Thank you"]})

    assert ended[0] == "inconclusive"


async def test_what_saves_itself_after_a_while_is_not_cut_off_by_the_reload(tester):
    html = """<h1 id=title></h1><label>Title <input id=name></label><script>let waiting
    title.textContent = localStorage.title ?? ''
    document.querySelector('input').oninput = event => { title.textContent = event.target.value
      clearTimeout(waiting)
      waiting = setTimeout(() => { localStorage.title = title.textContent }, 1_000) }</script>"""

    assert await ends(tester, 'Change Title to "Soup". Expect "Soup".', html) == ("success", "victory")


PHONE = 'Fill Phone with "600112233". Click "Save". Expect "600 112 233".'


def phone(saved: str) -> str:
    return f"""<p id=now></p><label>Phone <input id=typed></label><button onclick="show(typed.value);
    localStorage.phone = {saved}">Save</button><script>const show = digits => {{
    now.textContent = digits.replace(/([0-9]{{3}})(?=[0-9])/g, '$1 ') }}
    show(localStorage.phone ?? '')</script>"""


async def test_a_number_that_loses_a_digit_is_its_developers_turn(tester):
    ended = await ends(tester, PHONE, phone("typed.value.slice(0, -1)"))

    assert ended == ("fail-app-bug", "blocked-by-app-error")


async def test_a_number_that_is_kept_is_a_success(tester):
    assert (await ends(tester, PHONE, phone("typed.value")))[0] == "success"


async def test_a_number_that_is_masked_lost_nothing(tester):
    saved = "'**** ' + typed.value.slice(-3)"

    assert (await ends(tester, PHONE, phone(saved)))[0] == "inconclusive"


# ---- what is said beside a field


async def test_the_message_beside_a_field_is_cited_though_nothing_ties_it_to_the_field(tester):
    html = """<div class=item><label>Code <input id=code></label><div class=form-error id=said></div></div>
    <label>Name <input></label><button onclick="code.setAttribute('aria-invalid', true);
    said.textContent = 'Five figures, please'">Send</button>"""
    told = await tester.runs(
        html=html, assist={"v2": True, "goal": 'Fill Code with "12". Click "Send". Expect "Sent".'}
    )

    assert "'Code'" in told.record["verdictReason"]
    assert "'Five figures, please'" in told.record["verdictReason"]


# ---- a field that cannot be changed

NUMBER = 'Fill Number with "K-2". Click "Save". Expect "K-2 is saved".'
SAVES = """<button onclick="out.textContent = 'Done'">Save</button><p id=out></p>"""


def numbered(field: str, beside: str = "") -> str:
    return f"<label>Number {field}</label> <small>{beside}</small><label>Name <input></label>{SAVES}"


@pytest.mark.parametrize(
    ("field", "beside"),
    [
        ("<input value=K-1 disabled>", ""),
        ("<input value=K-1 readonly>", ""),
        ("<input disabled>", "It cannot be changed."),
        ("<input value=K-1 disabled>", "No se puede modificar. <input type=checkbox aria-label=News>"),
    ],
    ids=["disabled", "read only", "empty, and told", "told, though something may be chosen"],
)
async def test_a_field_that_nothing_opens_is_its_authors_turn(tester, field, beside):
    assert (await ends(tester, NUMBER, numbered(field, beside)))[0] == "fail-test-broken"


@pytest.mark.parametrize(
    ("field", "beside"),
    [
        ("<input disabled>", ""),
        ("<input value=K-1 disabled>", "It cannot be changed yet. <button>Edit</button>"),
        ("<input value=K-1 disabled>", "<button>✎</button>"),
        ("<input value=K-1 disabled>", "<label><input type=checkbox> Another</label>"),
        ("<input value=K-1 disabled>", "<select aria-label=Kind><option>Given<option>Own</select>"),
        ("<input value=2026-12-01 readonly>", ""),
        ("<input value=K-1 readonly placeholder=Select>", ""),
        ("<input value=K-2 disabled>", ""),
    ],
    ids=["empty", "an edit", "a pencil", "a checkbox", "a choice", "a date", "a list", "as it shall be"],
)
async def test_a_field_that_something_may_open_is_ours(tester, field, beside):
    assert (await ends(tester, NUMBER, numbered(field, beside)))[0] == "fail-agent-lost"


async def test_a_field_that_was_open_before_is_ours(tester):
    html = numbered("<input value=K-1 id=n>") + "<button onclick='n.disabled = true'>Check it</button>"

    assert (await ends(tester, f'Click "Check it". {NUMBER}', html))[0] == "fail-agent-lost"


async def test_a_button_that_cannot_be_used_is_ours(tester):
    html = f"<button disabled>Go</button>{SAVES}"

    assert (await ends(tester, 'Click "Go". Expect "Gone".', html))[0] == "fail-agent-lost"
