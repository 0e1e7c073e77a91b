"""An answer that cannot be used, or never comes, is no plan and no trouble."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from models import answers, asking, endless, never, says, sends, thinking

from ghostly.assist.brain import Proposal

PLAN = {"steps": [{"action": "click", "selector": "#buy"}], "hasMore": True}
KEY = "sk-hush-hush-0123456789"


async def proposed(*replies, **endpoint) -> Proposal:
    async with thinking(*replies, **endpoint) as (brain, _):
        return await brain.propose(asking())


@pytest.mark.parametrize(
    "reply",
    [
        says("I am sorry, I cannot do that."),
        says("{not json"),
        says(None, refusal="I will not"),
        says(""),
        says({"steps": [{"action": "explode", "selector": "#buy"}]}),
        says({"steps": [{"action": "click"}]}),
        says({"steps": "all of them"}),
        says("[" * 100_000),
        says("{" * 30_000 + "}" * 30_000),
        says("x" * 300_000),
        sends(b"<html>Bad gateway</html>", "text/html"),
        sends(b'{"choices": []}'),
        sends(b'{"choices": [{"message": {"content": 7}}]}'),
        sends(b"\xff\xfe"),
        sends(b"not packed", **{"Content-Encoding": "br"}),
        endless,
        answers(401),
        answers(404),
        answers(500),
        answers(302, Location="http://169.254.169.254/v1/chat/completions"),
    ],
)
async def test_an_answer_that_cannot_be_used_is_no_plan(reply):
    proposal = await proposed(reply)

    assert (proposal.steps, proposal.has_more) == ((), False)
    assert proposal.usage["error"]


async def test_a_wrong_answer_is_shown_to_the_model_once():
    async with thinking(says({"steps": "all"}), says(PLAN)) as (brain, model):
        proposal = await brain.propose(asking())

    assert proposal.steps
    assert "Expected `array`" in model.asked[1]["messages"][-1]["content"]
    assert (proposal.usage["retries"], proposal.usage["inputTokens"]) == (1, 22)


async def test_two_wrong_answers_are_enough():
    async with thinking(says("no")) as (brain, model):
        await brain.propose(asking())

    assert len(model.asked) == 2


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_who_is_busy_is_asked_again_once(status):
    proposal = await proposed(answers(status, **{"Retry-After": "0"}), says(PLAN))

    assert proposal.steps
    assert proposal.usage["retries"] == 1


async def test_a_key_that_is_refused_is_not_tried_twice():
    async with thinking(answers(401)) as (brain, model):
        await brain.propose(asking())

    assert len(model.asked) == 1


async def test_an_error_that_repeats_the_key_does_not_put_it_into_the_log():
    usage = (await proposed(answers(401, {"error": {"message": "Incorrect API key: sk-hush-hush"}}))).usage

    assert "hush" not in str(usage)
    assert "401" in usage["error"]


async def test_a_model_that_says_nothing_is_not_waited_for():
    proposal = await proposed(never, patience_s=0.3)

    assert proposal.steps == ()
    assert proposal.usage["error"] == "the model did not answer within 0.3 s"


async def test_an_endpoint_that_is_not_there_is_no_plan():
    proposal = await proposed(says(PLAN), base_url="http://127.0.0.1:9/v1")

    assert proposal.steps == ()
    assert "cannot be asked" in proposal.usage["error"]


@pytest.mark.parametrize("url", ["http://[", "no url", "ftp://127.0.0.1/", "http://\0/"])
async def test_an_address_that_is_none_is_no_plan(url):
    assert (await proposed(says(PLAN), base_url=url)).steps == ()


async def test_who_is_cancelled_while_the_model_thinks_stops_at_once():
    async with thinking(never) as (brain, model):
        asked = asyncio.create_task(brain.propose(asking()))
        while not model.asked:
            await asyncio.sleep(0.01)
        asked.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.wait_for(asked, 15)  # sooner than the model is given up

    assert asked.cancelled()


@pytest.mark.parametrize("key", ["sk-hush\nhush", "sk-hush-clé"])
async def test_a_key_that_cannot_be_sent_is_in_no_reason(key):
    usage = (await proposed(says(PLAN), api_key=key)).usage

    assert usage["error"] == "the endpoint cannot be asked: its key must be printable ASCII"


@pytest.mark.parametrize("answer", [{"steps": [{"action": KEY}]}, {"steps": [PLAN["steps"][0] | {"label": KEY}]}])
async def test_an_endpoint_that_repeats_the_key_as_an_answer_does_not_put_it_into_the_log(answer):
    proposal = await proposed(says(answer), api_key=KEY)

    assert KEY not in str(proposal)
    assert "[REDACTED]" in str(proposal)


async def test_a_key_that_is_a_word_is_left_in_what_a_model_says():
    proposal = await proposed(says(PLAN), api_key="buy")

    assert proposal.steps[0].selector == "#buy"


async def test_a_model_that_stops_before_it_said_anything_says_why():
    body = b'{"choices": [{"finish_reason": "length", "message": {"content": null}}]}'

    assert (await proposed(sends(body))).usage["error"] == "the model said nothing, and stopped for: length"
