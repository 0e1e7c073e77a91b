from __future__ import annotations

import base64
import html
import json
from urllib.parse import unquote, unquote_plus

import pytest

from tests.flows.conftest import SECRETS

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOTO = {"action": "goto", "url": "/"}
# Everything that is typed comes back at once: as text, in an attribute, in a link, in the address.
ECHO = """<input id=box><input id=pw type=password><input id=code autocomplete=one-time-code><input id=api_key>
<label for=pw>Word</label><p id=out></p><a id=link>link</a><script>document.oninput = ({target}) => {
out.textContent = target.value; out.title = target.value; link.href = '/x?q=' + encodeURIComponent(target.value);
link.setAttribute('aria-label', target.value);
history.replaceState(0, '', '/?q=' + encodeURIComponent(target.value));
}</script>"""
LATE = {"action": "waitForSelector", "selector": "nav", "state": "attached"}
NOWHERE = {"action": "click", "selector": "#nowhere", "timeoutMs": 300}
EVERYTHING = {"captureA11yAfterEachStep": True, "captureScreenshotAfterEachStep": True, "html": ECHO}
NASTY = 'p@ss "wörd"/é+&<b>\\n=100%'


def readings(text: str) -> set[str]:
    """The text, and what it means to whoever undoes the encodings of addresses, JSON and HTML."""
    plain = {text, text.replace("\\\\", "\\").replace('\\"', '"')}
    return plain | {undo(each) for undo in (unquote, unquote_plus, html.unescape) for each in plain}


def is_in(secret: str, text: str) -> bool:
    escaped = json.dumps(secret)[1:-1]
    encoded = {secret.encode().hex(), base64.b64encode(secret.encode()).decode().rstrip("=")}
    return any(form in reading for reading in readings(text) for form in {secret, escaped, *encoded})


async def traces(tester, secret: str) -> list[str]:
    """Where the secret is found: tables, and files of runs."""
    pool, found = tester.up.store.pool, []
    for (table,) in await pool.fetch("select relname from pg_stat_user_tables"):
        rows = await pool.fetch(f"select t::text, to_json(t)::text from {table} t")
        found += [table] if is_in(secret, "\n".join(f"{row[0]}\n{row[1]}" for row in rows)) else []
    files = [path for path in tester.artifacts.rglob("*") if path.is_file()]
    return found + [path.name for path in files if is_in(secret, path.read_bytes().decode("utf-8", "replace"))]


WAYS = {
    "by its step": {"selector": "#box", "secret": True},
    "by a password field": {"selector": "#pw"},
    "by a password field's label": {"selector": "text=Word"},
    "by a one-time code's field": {"selector": "#code"},
    "by a telltale selector": {"selector": "#api_key"},
}


@pytest.mark.parametrize("way", WAYS)
async def test_a_literal_that_is_known_as_a_secret_is_stored_nowhere(tester, way):
    secret = f"{way} {NASTY}"
    told = await tester.runs(GOTO, {"action": "fill", "value": secret, **WAYS[way]}, NOWHERE, **EVERYTHING)

    assert [step["ok"] for step in told.record["steps"]] == [True, True, False]
    assert await traces(tester, secret) == []


@pytest.mark.parametrize("name", SECRETS)
async def test_a_secret_that_is_known_by_name_is_stored_nowhere(tester, name):
    typed = {"action": "fill", "selector": "#box", "value": f"$secret:{name}"}
    told = await tester.runs(GOTO, typed, NOWHERE, **EVERYTHING)

    assert [step["ok"] for step in told.record["steps"]] == [True, True, False]
    assert await traces(tester, SECRETS[name]) == []


async def test_a_secret_that_is_known_by_name_is_typed(tester):
    seen = {"action": "waitForSelector", "selector": f"text={SECRETS['PLAIN']}"}
    told = await tester.runs(
        GOTO, {"action": "fill", "selector": "#box", "value": "$secret:PLAIN"}, seen, **EVERYTHING
    )

    assert told.record["status"] == "pass"


async def test_the_log_shows_the_reference_and_not_what_it_means(tester):
    told = await tester.runs(GOTO, {"action": "fill", "selector": "#box", "value": "$secret:CARD"}, **EVERYTHING)

    assert told.payloads("step-passed")[1]["step"]["value"] == "$secret:CARD"


async def test_a_secret_that_nobody_gave_fails_its_step(tester):
    told = await tester.runs(
        GOTO, {"action": "fill", "selector": "#box", "value": "$secret:NOBODYS"}, **EVERYTHING
    )

    assert told.record["error"] == "no secret is named NOBODYS"


async def test_a_value_that_is_no_secret_is_shown(tester):
    told = await tester.runs(GOTO, {"action": "fill", "selector": "#box", "value": "an open word"}, **EVERYTHING)

    assert told.payloads("step-passed")[1]["step"]["value"] == "an open word"


async def test_what_is_no_secret_is_found_by_the_same_search(tester):
    open_word = f"open {NASTY}"
    await tester.runs(GOTO, {"action": "fill", "selector": "#box", "value": open_word}, **EVERYTHING)

    assert set(await traces(tester, open_word)) == {"events"}


async def test_a_form_that_sends_a_secret_in_its_address_gives_nothing_away(tester, site):
    secret = "send*me~(now)!'\" ñ|{}^"
    elsewhere = site.url.replace("127.0.0.1", "localhost")
    page = f"<form action='{elsewhere}/sink'><input name=q><button>Send</button></form>"
    typed = {"action": "fill", "selector": "input", "value": secret, "secret": True}
    told = await tester.runs(GOTO, typed, {"action": "click", "selector": "button"}, NOWHERE, html=page)

    assert "left the origin" in told.record["error"]
    assert await traces(tester, secret) == []


TELLING = {
    "what text there is": {"action": "expectText", "text": "nothing of the kind"},
    "what text the element has": {"action": "expectText", "selector": "#out", "text": "nothing of the kind"},
    "which address it is": {"action": "expectUrl", "url": "/nothing"},
    "what is near": {"action": "click", "selector": "#lin"},
    "which options there are": {"action": "selectOption", "selector": "#list", "value": "nothing"},
}
ECHO_AS_OPTION = ECHO.replace("<a id", "<select id=list></select><a id").replace(
    "link.setAttribute", "list.innerHTML = ''; list.append(new Option(target.value)); link.setAttribute"
)


@pytest.mark.parametrize("telling", TELLING)
async def test_a_failure_that_tells_what_is_there_gives_no_part_of_a_secret_away(tester, telling):
    secret = f"opensesame {telling} {NASTY}" + "sesame " * 20
    typed = {"action": "fill", "selector": "#box", "value": secret, "secret": True}
    failing = TELLING[telling] | {"timeoutMs": 500}
    told = await tester.runs(GOTO, typed, failing, **(EVERYTHING | {"html": ECHO_AS_OPTION}))

    assert "[REDACTED]" in told.record["error"]
    assert "sesame" not in told.record["error"]
    assert await traces(tester, secret) == []


async def test_what_a_queued_run_will_type_is_kept_encrypted_until_it_ended(tester):
    hanging = {"action": "waitForSelector", "selector": "#nowhere", "timeoutMs": 60_000}
    secret = "typed only at the end"
    run = await tester.starts(GOTO, hanging, {"action": "fill", "selector": "#box", "value": secret}, **EVERYTHING)
    await tester.reached(run, 5)
    kept = await tester.up.store.pool.fetchval("select count(*) from run_inputs")
    early = await traces(tester, secret)
    await tester.client.cancel(run)
    await tester.ended(run)

    assert (kept, early) == (1, [])
    assert await tester.up.store.pool.fetchval("select count(*) from run_inputs") == 0
    assert await traces(tester, secret) == []


async def test_whoever_watches_live_hears_no_secret(tester):
    secret = f"live {NASTY}"
    run = await tester.starts(GOTO, {"action": "fill", "selector": "#pw", "value": secret}, NOWHERE, **EVERYTHING)
    told = json.dumps([message.data async for message in tester.client.follow(run)])

    assert not is_in(secret, told)


async def test_what_is_logged_holds_no_secret(tester, caplog):
    secret = f"logged {NASTY}"
    await tester.runs(GOTO, {"action": "fill", "selector": "#pw", "value": secret}, NOWHERE, **EVERYTHING)

    assert not is_in(secret, caplog.text)


async def test_the_time_of_a_step_whose_secret_is_missing_is_its_own(tester):
    late = "<script>setTimeout(() => document.body.append(document.createElement('nav')), 900)</script>"
    types = {"action": "fill", "selector": "#box", "value": "$secret:NOBODYS"}
    _, waited, failed = (await tester.runs(GOTO, LATE, types, html=late)).record["steps"]

    assert failed["durationMs"] < waited["durationMs"]
