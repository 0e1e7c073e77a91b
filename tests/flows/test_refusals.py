"""What a page or its browser turns down, and what Ghostly turns down, is blamed on nobody else."""

from __future__ import annotations

import pytest

from tests.flows.conftest import SECRETS

pytestmark = pytest.mark.asyncio(loop_scope="module")

SENT = "event.preventDefault(); out.textContent = 'Welcome'"
MAIL = "<label>Email <input id=mail type=email required></label>"
AGREE = "<label><input id=agree type=checkbox required> I agree</label>"
JOIN = "Fill Email with '{}'. Click 'Join'. Expect 'Welcome'."


def form(*fields: str, does: str = SENT, more: str = "") -> str:
    return f'<form {more} onsubmit="{does}">{"".join(fields)}<button>Join</button></form><p id=out></p>'


async def ends(tester, goal: str, html: str, **options) -> tuple[str, str]:
    """The verdict, and why."""
    told = await tester.runs(html=html, assist={"v2": True, "goal": goal, **options}, defaultTimeoutMs=1_500)
    return told.record["verdict"], told.record["verdictReason"]


# ---- what the form does not take


async def test_what_the_browser_does_not_send_for_the_goals_data_is_its_authors_turn(tester):
    verdict, why = await ends(tester, JOIN.format("ana"), form(MAIL))

    assert verdict == "fail-test-broken"
    assert "'Email'" in why
    assert "include an '@'" in why


async def test_what_the_goal_leaves_out_is_its_authors_turn(tester):
    verdict, why = await ends(tester, JOIN.format("ana@example.org"), form(MAIL, AGREE))

    assert verdict == "fail-test-broken"
    assert "'I agree'" in why


async def test_a_refusal_in_spanish_is_told_in_its_words(tester):
    field = "<label>Correo <input id=c aria-errormessage=e></label><p id=e hidden>Falta la arroba</p>"
    does = "event.preventDefault(); c.setAttribute('aria-invalid', true); e.hidden = false"
    goal = "Rellena Correo con 'ana'. Pulsa 'Join'. Verifica que aparece 'Hola'."
    verdict, why = await ends(tester, goal, form(field, does=does))

    assert verdict == "fail-test-broken"
    assert "'Falta la arroba'" in why


async def test_the_refusal_that_is_cited_is_in_the_log(tester):
    told = await tester.runs(
        html=form(MAIL), assist={"v2": True, "goal": JOIN.format("ana")}, defaultTimeoutMs=1_500
    )
    (given,) = told.payloads("verdict-given")

    assert any(line.startswith("The page refuses 'Email': ") for line in given["evidence"])


async def test_what_the_form_takes_in_the_end_is_a_success(tester):
    goal = f"Click 'Join'. {JOIN.format('ana@example.org')}"

    assert (await ends(tester, goal, form(MAIL)))[0] == "success"


@pytest.mark.parametrize(
    "page",
    [
        form(MAIL, does="event.preventDefault(); mail.value = ''; mail.focus()"),
        form(MAIL, does="event.preventDefault(); this.reset(); mail.focus()"),
        form(MAIL, does="event.preventDefault(); mail.value = 'x'; mail.focus()"),
        form(MAIL, does="event.preventDefault()") + f"<form>{AGREE}</form>",
        form(MAIL, AGREE, does="event.preventDefault()", more="novalidate"),
    ],
    ids=["emptied", "reset", "changed", "another form", "not held back"],
)
async def test_a_form_that_went_is_no_refusal(tester, page):
    assert (await ends(tester, JOIN.format("ana@example.org"), page))[0] == "inconclusive"


async def test_a_test_that_wants_to_be_refused_is_not_blamed_for_its_data(tester):
    goal = "Fill Email with 'ana'. Click 'Join'. Expect 'Email is invalid'."

    assert (await ends(tester, goal, form(MAIL)))[0] == "inconclusive"


# ---- an expectation of the refusal


async def test_what_only_the_browsers_bubble_says_is_not_shown_by_the_page(tester):
    verdict, why = await ends(tester, "Click 'Join'. Expect 'Please fill out this field'.", form(MAIL))

    assert verdict == "fail-agent-lost"
    assert "where Ghostly cannot check" in why


async def test_a_refusal_that_the_page_shows_is_what_was_expected(tester):
    shows = "<p id=e hidden>Email is required</p><script>mail.oninvalid = () => e.hidden = false</script>"
    goal = "Click 'Join'. Verify that 'Email is required' is shown."

    assert (await ends(tester, goal, form(MAIL) + shows))[0] == "success"


# ---- what Ghostly answers no to

DELETE = "<p id=row>Ana</p><button onclick=\"confirm('Delete Ana?') && row.remove()\">Delete</button>"


@pytest.mark.parametrize(
    "goal",
    [
        "Click 'Delete'. Verify that 'Ana' is not shown.",
        "Haz clic en 'Delete'. Comprueba que no aparece 'Ana'.",
        "Click 'Delete'. Expect 'Deleted'.",
        "Click 'Delete'.",
    ],
)
async def test_what_was_not_done_because_we_said_no_is_our_turn(tester, goal):
    verdict, why = await ends(tester, goal, DELETE)

    assert verdict == "fail-agent-lost"
    assert "'Delete Ana?'" in why
    assert "answered no" in why


async def test_the_step_that_was_answered_with_no_is_what_the_ruling_rests_on(tester):
    told = await tester.runs(
        html=DELETE, assist={"v2": True, "goal": "Click 'Delete'. Expect 'Deleted'."}, defaultTimeoutMs=1_500
    )
    clicked = next(event.seq for event in told.events if event.topic == "step-passed")

    assert clicked in told.record["verdictEvidence"]


async def test_what_was_not_saved_because_we_said_no_is_not_the_applications_fault(tester):
    does = "out.textContent = note.value; if (confirm('Keep?')) localStorage.kept = note.value"
    page = f'<label>Note <input id=note></label><button onclick="{does}">Save</button><p id=out></p>'

    assert (await ends(tester, "Fill Note with 'Milk'. Click 'Save'. Expect 'Milk'.", page))[
        0
    ] == "fail-agent-lost"


async def test_a_goal_that_is_reached_all_the_same_is_a_success(tester):
    page = "<button onclick=\"confirm('News?'); out.textContent = 'Sent'\">Send</button><p id=out></p>"

    assert (await ends(tester, "Click 'Send'. Expect 'Sent'.", page))[0] == "success"


async def test_a_question_before_the_last_step_is_no_excuse(tester):
    page = "<button onclick=\"confirm('News?')\">Hello</button><button>Send</button>"

    assert (await ends(tester, "Click 'Hello'. Click 'Send'. Expect 'Sent'.", page))[0] == "inconclusive"


async def test_what_merely_tells_is_no_question(tester):
    page = "<button onclick=\"alert('confirm')\">Send</button>"

    assert (await ends(tester, "Click 'Send'. Expect 'Sent'.", page))[0] == "inconclusive"


async def test_a_secret_that_the_browser_quotes_stays_one(tester):
    told = await tester.runs(
        html=form(MAIL), assist={"v2": True, "goal": JOIN.format("$secret:PLAIN")}, defaultTimeoutMs=1_500
    )

    assert told.record["verdict"] == "fail-test-broken"
    assert not any(SECRETS["PLAIN"] in event.data for event in told.events)


# ---- what is there and hidden

SEND = "<button onclick='out.textContent = `Enviada`'>Enviar factura</button>"
PULSA = "Pulsa el botón \"Enviar factura\". Verifica que aparece 'Enviada'."
HIDDEN = {
    "details": f"<details><summary>Opciones</summary>{SEND}</details>",
    "panel": f"<button aria-expanded=false aria-controls=p>Opciones</button><div id=p hidden>{SEND}</div>",
    "menu": f"<button aria-haspopup=menu>Opciones</button><div style='display:none'><i>{SEND}</i></div>",
    "tab": f"<b role=tab tabindex=0 id=t>Opciones</b><p aria-labelledby=t style='visibility:hidden'>{SEND}",
}


@pytest.mark.parametrize("html", HIDDEN.values(), ids=HIDDEN)
async def test_what_is_there_but_hidden_is_not_said_to_be_missing(tester, html):
    verdict, why = await ends(tester, PULSA, f"{html}<p id=out></p>")

    assert verdict == "fail-agent-lost"
    assert "hidden; it may be behind 'Opciones'" in why


async def test_what_nothing_opens_is_said_to_be_hidden(tester):
    verdict, why = await ends(tester, PULSA, f"<div hidden>{SEND}</div><p id=out></p>")

    assert verdict == "fail-agent-lost"
    assert "'Enviar factura' is on the page, but hidden" in why


@pytest.mark.parametrize(
    "html",
    [
        f"<template>{SEND}</template>",
        "<p hidden>Enviar factura</p>",
        "<div hidden><a href=/x>Enviar factura</a></div>",
        "<div hidden><button>Enviar factura nueva</button></div>",
    ],
    ids=["template", "text", "another kind", "another name"],
)
async def test_what_is_hidden_and_not_what_is_named_is_the_authors_turn(tester, html):
    assert (await ends(tester, PULSA, f"{html}<p id=out></p>"))[0] == "fail-test-broken"


async def test_a_text_in_a_closed_panel_is_not_shown(tester):
    html = f"{SEND.replace('out.', 'x.')}<i id=x></i><details><summary>Más</summary>Lista</details>"

    assert (await ends(tester, PULSA.replace("'Enviada'", "'Lista'"), html))[0] != "success"
