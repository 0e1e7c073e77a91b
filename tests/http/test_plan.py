"""POST /v1/plan on a node that drives no browsers: a model may plan without looking, rules may not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from models import answers, model, never, says

from ghostly import node

GOAL = {"project": "default", "baseUrl": "http://127.0.0.1:9/", "goal": "buy a lantern"}
BUY = {"action": "click", "selector": "text=Buy"}


async def planned(caller, *replies, **changes):
    async with model(*replies) as server:
        settings = {"providerId": "custom", "model": "tiny", "baseUrl": server.url}
        await caller.ask("PUT", "/v1/settings/llm", json=settings)
        return await caller.post("/v1/plan", GOAL | changes)


async def test_a_model_plans_without_looking(ana):
    answer = (await planned(ana, says({"steps": [BUY]}))).json

    assert (answer["ok"], answer["mode"], "observer" in answer) == (True, "v1", False)
    assert answer["draft"] == {"baseUrl": GOAL["baseUrl"], "steps": [BUY]}


async def test_a_plan_says_who_made_it(ana):
    meta = (await planned(ana, says({"steps": [BUY]}))).json["meta"]

    assert meta.pop("generatedAt").endswith("Z")
    assert meta == {"goal": "buy a lantern", "model": "tiny", "promptVersion": "strategist-1"}


async def test_what_was_planned_can_be_started(ana):
    plan = (await planned(ana, says({"steps": [BUY]}))).json
    body = {"project": "default", **plan["draft"], "assisted": plan["meta"]}

    assert (await ana.post("/v1/run", body)).status == 202


async def test_there_is_room_for_a_goto_before_a_plan(ana):
    steps = (await planned(ana, says({"steps": [BUY] * 40}))).json["draft"]["steps"]

    assert len(steps) == 24


@pytest.mark.parametrize("reply", [says("no"), answers(500), answers(401), says({"steps": [{"action": "fly"}]})])
async def test_a_model_that_is_of_no_use_is_named(ana, reply):
    answer = await planned(ana, reply)

    assert (answer.status, answer.code, answer.places) == (502, "llm_failed", ["model"])


async def test_a_model_that_does_not_answer_in_time_is_named(serving, settings, service, calling, ana):
    hasty = node._brains(replace(settings, llm_timeout_s=0.5), service.parts.people)
    caller = await calling(await serving(brains=hasty), "gly_ana")

    assert (await planned(caller, never)).code == "llm_timeout"


@pytest.mark.parametrize("mode", ["v1", "v2"])
async def test_rules_cannot_plan_where_there_is_no_browser(ana, mode):
    answer = await ana.post("/v1/plan", GOAL | {"mode": mode})

    assert (answer.status, answer.code) == (503, "browser_unavailable")


async def test_a_model_cannot_look_where_there_is_no_browser(ana):
    assert (await planned(ana, says({"steps": [BUY]}), mode="v2")).code == "browser_unavailable"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"project": "other"}, "project"),
        ({"baseUrl": "shop"}, "baseUrl"),
        ({"baseUrl": "http://ana:pw@shop/"}, "baseUrl"),
        ({"goal": ""}, "goal"),
        ({"goal": "x" * 2001}, "goal"),
        ({"mode": "v3"}, "mode"),
    ],
)
async def test_what_is_wrong_with_the_request_is_named(ana, changes, place):
    answer = await ana.post("/v1/plan", GOAL | changes)

    assert (answer.code, answer.places[0]) == ("validation_error", place)


async def test_who_may_only_read_plans_nothing(reader):
    assert (await reader.post("/v1/plan", GOAL)).code == "forbidden"
