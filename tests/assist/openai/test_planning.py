"""What a model plans is proposed, and nothing that it says besides."""

from __future__ import annotations

import pytest
from models import asking, says, thinking

from ghostly.assist.brain import Proposal
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import Click

CLICK = {"action": "click", "selector": "#buy"}
PLAN = {"steps": [CLICK], "hasMore": True}


async def proposed(*replies, situation=None, **endpoint) -> Proposal:
    async with thinking(*replies, **endpoint) as (brain, _):
        return await brain.propose(situation or asking())


async def test_what_the_model_plans_is_proposed():
    proposal = await proposed(says(PLAN))

    assert (proposal.steps, proposal.has_more) == ((Click(selector="#buy"),), True)


@pytest.mark.parametrize("text", ["```json\n{}\n```", "<think>{maybe}</think>{}", "Here it is: {} Good luck!"])
async def test_what_stands_around_the_answer_does_no_harm(text):
    proposal = await proposed(says(text.replace("{}", '{"steps": [{"action": "click", "selector": "#buy"}]}')))

    assert proposal.steps == (Click(selector="#buy"),)


async def test_never_more_is_proposed_than_was_asked_for():
    proposal = await proposed(says({"steps": [CLICK] * 9}), situation=asking(most_steps=2))

    assert (len(proposal.steps), proposal.has_more) == (2, True)


async def test_what_it_cost_is_known():
    usage = (await proposed(says(PLAN))).usage

    assert usage.pop("latencyMs") >= 0
    assert list(usage.values()) == ["strategist", "tiny", "strategist-1", 11, 7]


async def test_an_endpoint_that_counts_no_tokens_is_no_trouble():
    assert "inputTokens" not in (await proposed(says(PLAN, tokens=None))).usage


async def test_a_model_never_says_how_victory_is_known():
    proposal = await proposed(
        says({"steps": [CLICK], "victory": {"textIncludes": ["Shop"]}, "unclear": "all of it"})
    )

    assert (proposal.victory, proposal.unclear) == (None, None)


async def test_what_the_goal_itself_expects_is_the_victory():
    proposal = await proposed(says(PLAN), situation=asking('click "Buy". Expect to see "Saved"'))

    assert proposal.victory == Victory(text_includes=("Saved",), must_all=True)
