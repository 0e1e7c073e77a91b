"""What a person gives as a plan, on a real page: others go on where it ends or fails, unless it is whole."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOAL = 'Click "Begin". Click "Send". Expect "It was sent".'
HTML = """<button onclick="more.hidden = false">Begin</button>
<div id=more hidden><button onclick="out.textContent = 'It was sent'">Send</button></div><p id=out></p>"""
BEGIN = {"action": "click", "selector": "text=Begin"}
NOWHERE = {"action": "click", "selector": "#zzz", "timeoutMs": 300}
SENT = {"textIncludes": ["It was sent"]}


async def runs(tester, *steps, goal=GOAL, **options):
    assist = {"v2": True, "goal": goal, **options}
    return await tester.runs(*steps, html=HTML, assist=assist, defaultTimeoutMs=2_000)


def planned(told) -> list[str]:
    return [plan["source"] for plan in told.payloads("steps-planned")]


@pytest.mark.parametrize("options", [{}, {"victory": SENT}], ids=["judged", "checked"])
async def test_a_run_of_a_draft_goes_on_where_the_draft_ends(tester, options):
    tester.site.pages["/"] = HTML
    body = {"project": "default", "baseUrl": tester.site.url, "goal": GOAL, "mode": "v2"}
    draft = (await tester.client._ask("POST", "/v1/plan", json=body))["draft"]["steps"]
    told = await runs(tester, *draft, **options)

    assert len(draft) == 1
    assert told.record["verdict"] == "success"


async def test_a_given_plan_that_fails_is_planned_anew_and_the_record_says_so(tester):
    told = await runs(tester, NOWHERE, victory=SENT)

    assert told.record["verdict"] == "success"
    assert planned(told)[:2] == ["input", "replan"]
    assert "#zzz" in told.payloads("steps-planned")[1]["replannedFromError"]


async def test_a_whole_plan_that_fails_is_its_authors_to_mend(tester):
    told = await runs(tester, NOWHERE, victory=SENT, isFullPlan=True)

    assert (told.record["verdict"], planned(told)) == ("fail-test-broken", ["input"])


async def test_a_plan_that_fails_is_its_authors_to_mend_where_the_goal_says_no_way(tester):
    told = await runs(tester, NOWHERE, goal="It is sent", victory=SENT)

    assert (told.record["verdict"], planned(told)) == ("fail-test-broken", ["input"])


async def test_another_way_that_does_not_show_what_the_plan_wanted_to_see_is_no_success(tester):
    paid = {"action": "expectText", "text": "It was paid", "timeoutMs": 300}
    told = await runs(tester, NOWHERE, paid)

    assert planned(told)[-1] == "input"
    assert told.record["verdict"] != "success"
