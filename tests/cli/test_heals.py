"""Looking at heals, and saying whether they were right, in a terminal."""

from __future__ import annotations

import json

import pytest

from tests.node.processes import told

pytestmark = pytest.mark.asyncio(loop_scope="module")

LOST = {"action": "click", "selector": "#save-order", "timeoutMs": 500}


async def pursues(up, where: str) -> dict:
    """A run whose step has lost its button, at an address of its own: what is said there is said nowhere else."""
    victory = {"textIncludes": ["store"], "revalidate": False}
    assist = {"v2": True, "goal": "An order is kept", "victory": victory}
    async with up.client() as client:
        run = await client.start({"project": "default", "baseUrl": where, "steps": [LOST], "assist": assist})
        await told(client, run)
        return await client.record(run)


@pytest.fixture
def where(shop, request) -> str:
    return f"{shop.url}/renamed?{request.node.name}"


async def test_a_run_names_its_heals_and_how_to_review_them(answer, up, where):
    record = await pursues(up, where)

    assert f"ghostly heal approve {record['steps'][0]['healId']}" in answer("runs", "show", record["id"])


async def test_a_heal_is_shown_with_what_was_lost_and_what_took_its_place(answer, up, where):
    [step] = (await pursues(up, where))["steps"]
    shown = answer("heal", "show", step["healId"])

    assert "lost       click '#save-order'\ntried      click '#store'\n" in shown
    assert "review     none yet" in shown


async def test_a_heal_is_rejected_for_a_reason(answer, up, where):
    [step] = (await pursues(up, where))["steps"]
    said = answer("heal", "reject", step["healId"], "--note", "the other button")

    assert said == f"heal {step['healId']} is rejected: '#store' is not used for '#save-order' again\n"
    assert "the other button" in answer("heal", "show", step["healId"])


async def test_a_heal_is_approved_and_the_next_run_says_so(answer, up, where):
    [step] = (await pursues(up, where))["steps"]
    answer("heal", "approve", step["healId"])
    after = await pursues(up, where)

    assert "approved in place of '#save-order'" in answer("runs", "show", after["id"])


async def test_what_is_said_of_a_heal_is_json_for_programs(answer, up, where):
    [step] = (await pursues(up, where))["steps"]
    said = json.loads(answer("heal", "approve", step["healId"], "--json"))

    assert (said["id"], said["review"]["verdict"]) == (step["healId"], "approved")
    assert json.loads(answer("heal", "show", step["healId"], "--json")) == said


@pytest.mark.parametrize("words", [("show",), ("approve",), ("reject", "--note", "x")], ids=lambda words: words[0])
async def test_a_heal_that_is_none_is_said_so(complaint, words):
    verb, *more = words

    assert complaint("heal", verb, "../runs", *more) == "Error: There is no such heal, or it is not yours.\n"


async def test_what_was_said_counts_anew_after_a_rebuild(answer, up, where):
    [step] = (await pursues(up, where))["steps"]
    answer("heal", "reject", step["healId"])

    assert "reviews of heals were counted anew" in answer("rebuild")
    assert (await pursues(up, where))["status"] == "fail"
