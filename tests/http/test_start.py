from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from tests.http.shared import *  # noqa: F403 -- the fixtures

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOTO = {"action": "goto", "url": "/"}


async def refused(caller, **changes) -> list[str]:
    answer = await caller.asks_for(**changes)
    assert (answer.status, answer.code) == (400, "validation_error")
    return answer.places


async def test_a_run_that_was_started_is_told_by_its_id(ana):
    answer = await ana.asks_for()

    assert (answer.status, answer.json) == (202, {"ok": True, "id": answer.json["id"], "status": "running"})


async def test_a_run_can_be_read_at_once_on_another_node(ana, serving, calling):
    other = await calling(await serving(), ana.headers["X-Api-Key"])

    assert (await other.record(await ana.starts()))["phase"] == "queued"


async def test_every_documented_field_is_known(ana):
    options = ["headless", "captureA11yAfterEachStep", "captureScreenshotAfterEachStep", "recordVideoOnFailure"]
    answer = await ana.asks_for(
        **dict.fromkeys(options, True), recordTrace=False, labels=["gpu"], artifactsDir="x"
    )

    assert answer.status == 202


async def test_a_project_may_be_named_by_its_id(ana):
    [project] = (await ana.get("/v1/projects")).json
    run = await ana.starts(project=project["id"])

    assert (await ana.record(run))["project"] == project["id"]


async def test_what_the_caller_sent_comes_back_in_the_record(ana):
    sent = {"tags": ["a", "b"], "metadata": {"n": [1, None]}, "trigger": "ci", "batchId": "b", "contextId": "c"}
    record = await ana.record(await ana.starts(**sent))

    assert sent.items() <= record.items()


async def test_what_a_planner_said_comes_back_without_its_config(ana):
    said = {"goal": "Buy", "model": "m", "generatedAt": "2026-01-01T00:00:00.000Z", "promptVersion": "1"}
    record = await ana.record(await ana.starts(assisted={**said, "assistConfig": {"victory": 1}}))

    assert record["assisted"] == said


async def test_a_plan_fills_what_the_top_level_leaves_out(ana):
    plan = {"contextId": "of the plan", "steps": [GOTO], "codeHints": {"a": 1}, "artifactsDir": "/etc"}
    record = await ana.record(await ana.starts(plan=plan, contextId="of the top level"))

    assert (record["contextId"], record["artifactsDir"]) == ("of the top level", "/etc")


async def test_all_may_be_in_the_plan_but_the_project(ana):
    plan = {"baseUrl": "http://127.0.0.1:9", "steps": [GOTO], "headless": True, "defaultTimeoutMs": 5000}
    answer = await ana.post("/v1/run", {"project": "default", "plan": plan, "assisted": None, "codeHints": None})

    assert answer.status == 202


async def test_a_goal_that_shall_be_pursued_is_told_in_the_record_with_who_plans(ana):
    assisted = (await ana.record(await ana.starts(steps=[], assist={"v2": True, "goal": "Buy"})))["assisted"]

    assert (assisted["goal"], assisted["model"], assisted["promptVersion"]) == ("Buy", "offline", "offline-1")
    assert assisted["assistConfig"]["maxHorizons"] == 12


async def test_what_a_record_shows_of_a_goal_can_be_posted_back(ana):
    assisted = (await ana.record(await ana.starts(steps=[], assist={"v2": True, "goal": "Buy"})))["assisted"]

    assert (await ana.asks_for(assisted=assisted)).status == 202


@pytest.mark.parametrize("assist", [{}, {"v2": True}, {"goal": ""}, {"goal": 7}, {"goal": "x" * 2001}])
async def test_assistance_needs_a_goal(ana, assist):
    assert await refused(ana, steps=[], assist=assist) == ["assist.goal"]


async def test_assistance_without_steps_needs_all_else(ana):
    assert await refused(ana, steps=[], assist={"goal": "Buy"}, baseUrl="nowhere") == ["baseUrl"]


async def test_assistance_may_bring_a_first_plan_that_must_be_right(ana):
    assert await refused(ana, steps=[GOTO] * 26, assist={"goal": "Buy"}) == ["steps"]


async def test_what_is_null_is_left_out_where_the_plan_says_it(ana):
    plan = {"contextId": "of the plan", "headless": True}
    record = await ana.record(await ana.starts(plan=plan, contextId=None, headless=None))

    assert record["contextId"] == "of the plan"


async def test_a_record_can_be_posted_back(ana):
    said = {
        "goal": "Buy",
        "model": None,
        "generatedAt": "2026-01-01T00:00:00.000Z",
        "assistConfig": {"maxHorizons": 3},
    }
    record = await ana.record(await ana.starts(assisted=said, labels=["gpu"]))
    again = await ana.record(await ana.starts(assisted=record["assisted"], labels=record["labels"]))

    assert (again["assisted"], again["labels"]) == (record["assisted"], ["gpu"])


async def test_the_exact_place_of_what_is_wrong_is_named(ana):
    elsewhere = {"action": "goto", "url": "https://elsewhere.example/"}

    assert await refused(ana, steps=[GOTO, GOTO, GOTO, elsewhere]) == ["steps[3].url"]


async def test_every_place_is_named(ana):
    late = {"action": "click", "selector": "#a", "timeoutMs": 120_001}

    assert await refused(ana, baseUrl="/", defaultTimeoutMs=0, steps=[late]) == [
        "baseUrl",
        "defaultTimeoutMs",
        "steps[0].timeoutMs",
    ]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"surprise": 1}, "surprise"),
        ({"project": 7}, "project"),
        ({"project": "unknown"}, "project"),
        ({"steps": []}, "steps"),
        ({"steps": [GOTO] * 26}, "steps"),
        ({"steps": [{"action": "dance"}]}, "steps[0].action"),
        ({"steps": [{"url": "/"}]}, "steps[0].action"),
        ({"steps": [GOTO, {"action": "click"}]}, "steps[1].selector"),
        ({"steps": [{"action": "click", "selector": ""}]}, "steps[0].selector"),
        ({"steps": [{**GOTO, "surprise": 1}]}, "steps[0].surprise"),
        ({"steps": [{**GOTO, "timeoutMs": 0}]}, "steps[0].timeoutMs"),
        ({"steps": [{"action": "fill", "selector": "#a", "value": "[REDACTED]"}]}, "steps[0].value"),
        ({"baseUrl": "shop.example"}, "baseUrl"),
        ({"baseUrl": "ftp://shop.example:21/"}, "baseUrl"),
        ({"baseUrl": "javascript:alert(1)"}, "baseUrl"),
        ({"baseUrl": "http://[::1"}, "baseUrl"),
        ({"defaultTimeoutMs": 120_001}, "defaultTimeoutMs"),
        ({"headless": "yes"}, "headless"),
        ({"contextId": "x" * 257}, "contextId"),
        ({"tags": ["x"] * 33}, "tags"),
        ({"tags": ["fine", "x" * 65]}, "tags[1]"),
        ({"trigger": "moon"}, "trigger"),
        ({"metadata": []}, "metadata"),
        ({"metadata": {"a": "x" * 16 * 1024}}, "metadata"),
        ({"assisted": {"goal": "g", "surprise": 1}}, "assisted.surprise"),
        ({"assisted": {"goal": "g", "model": "x" * 257}}, "assisted.model"),
        ({"artifactsDir": "x" * 4097}, "artifactsDir"),
        ({"assist": {"goal": "Open http://ana:secret@shop/"}}, "assist.goal"),
        ({"assisted": {"goal": "Open http://ana:secret@shop/"}}, "assisted.goal"),
        ({"labels": [""]}, "labels[0]"),
        ({"plan": []}, "plan"),
    ],
)
async def test_what_is_out_of_range_is_named(ana, changes, place):
    assert await refused(ana, **changes) == [place]


async def test_metadata_may_have_16_kib_of_json(ana):
    assert (await ana.asks_for(metadata={"a": "x" * (16 * 1024 - 8)})).status == 202


async def test_the_project_of_somebody_else_is_an_unknown_one(ana, bo):
    [theirs] = (await bo.get("/v1/projects")).json

    assert await refused(ana, project=theirs["id"]) == ["project"]


async def test_a_flow_that_does_not_fit_into_an_event_is_refused(ana):
    wide = {"action": "waitForSelector", "selector": "é" * 4096, "label": "é" * 256}
    wider = {"action": "selectOption", "selector": "#a", "value": ["x" * 4096] * 100}

    assert (await ana.asks_for(steps=[wide] * 25)).status == 202
    assert await refused(ana, steps=[wider]) == ["steps"]


async def test_a_refused_run_leaves_nothing_behind(ana):
    before = (await ana.get("/v1/runs")).text
    await refused(ana, steps=[])

    assert (await ana.get("/v1/runs")).text == before


async def test_clients_who_hang_up_break_nothing(ana, service):
    async def hangs_up(after: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(after):
                await ana.asks_for()

    await asyncio.gather(*(hangs_up(n / 2000) for n in range(60)))
    answers = await asyncio.gather(*(ana.asks_for() for _ in range(20)))

    assert {answer.status for answer in answers} == {202}
