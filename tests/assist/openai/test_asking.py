"""How an endpoint is asked: for a shape, as plainly as it needs, and with nothing of ours."""

from __future__ import annotations

import pytest
from models import answers, asking, says, thinking

PLAN = {"steps": [{"action": "click", "selector": "#buy"}], "hasMore": True}


async def test_the_shape_of_the_answer_is_sent_along():
    async with thinking(says(PLAN)) as (brain, model):
        await brain.propose(asking())
        schema = model.asked[0]["response_format"]["json_schema"]["schema"]

    assert (schema["type"], list(schema["properties"])) == ("object", ["steps", "hasMore"])


async def test_an_endpoint_that_knows_no_schema_is_asked_more_plainly():
    async with thinking(answers(400), answers(422), says(PLAN)) as (brain, model):
        proposal = await brain.propose(asking())
        formats = [(body.get("response_format") or {}).get("type") for body in model.asked]

    assert proposal.steps
    assert formats == ["json_schema", "json_object", None]


async def test_what_an_endpoint_does_not_know_it_is_asked_once():
    async with thinking(answers(400), says(PLAN)) as (brain, model):
        await brain.propose(asking())
        await brain.propose(asking())

    assert [body["response_format"]["type"] for body in model.asked] == [
        "json_schema",
        "json_object",
        "json_object",
    ]


@pytest.fixture
def _environment_of_somebody_else(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-operator")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-operator")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Operator: sk-operator")


@pytest.mark.usefixtures("_environment_of_somebody_else")
@pytest.mark.parametrize("key", [None, "sk-hush-hush"])
async def test_nothing_of_the_environment_is_sent_to_an_endpoint(key):
    async with thinking(says(PLAN), api_key=key) as (brain, model):
        await brain.propose(asking())

    assert "operator" not in str(model.headers)
    assert model.headers[0].get("Authorization") == (f"Bearer {key}" if key else None)


@pytest.mark.parametrize("most", [1, 3])
async def test_the_shape_that_is_asked_for_has_an_end(most):
    async with thinking(says(PLAN)) as (brain, model):
        await brain.propose(asking(most_steps=most))
        schema = model.asked[0]["response_format"]["json_schema"]["schema"]

    assert (schema["additionalProperties"], schema["properties"]["steps"]["maxItems"]) == (False, most)


@pytest.mark.parametrize("thought", ["<think>{hm}</think>", "{hm} </think>", "<think>a</think> <think>b</think>"])
async def test_what_a_model_thinks_aloud_is_no_answer(thought):
    async with thinking(says(thought + '{"steps": [{"action": "click", "selector": "#buy"}]}')) as (brain, model):
        proposal = await brain.propose(asking())

    assert (len(proposal.steps), len(model.asked)) == (1, 1)


async def test_a_key_from_a_file_is_sent_without_the_end_of_its_line():
    async with thinking(says(PLAN), api_key="sk-hush-hush\n") as (brain, model):
        await brain.propose(asking())

    assert model.headers[0]["Authorization"] == "Bearer sk-hush-hush"
