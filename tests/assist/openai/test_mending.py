"""A model may point at a control of the page, and at nothing else."""

from __future__ import annotations

import pytest
from models import BUY, NAME, SHOP, answers, says, thinking
from msgspec.structs import replace

from ghostly.assist.brain import Lost, NoRepair, Repair
from ghostly.domain.steps import Click, ExpectText, Fill, Goto

LOST = Lost(step=Click(selector="#bye", label="the order"), error="no element matched", goal="buy it")


async def mended(reply, lost=LOST, seen=SHOP) -> Repair | NoRepair | None:
    async with thinking(reply) as (brain, _):
        return await brain.repair(lost, seen)


async def test_a_control_that_the_model_points_at_takes_the_place_of_the_lost_one():
    repair = await mended(says({"selector": "#buy", "rationale": "only its id was renamed"}))

    assert repair.step == Click(selector="#buy", label="the order")
    assert (repair.rationale, repair.control) == ("only its id was renamed", BUY)


async def test_what_is_typed_stays_what_it_was():
    lost = replace(LOST, step=Fill(selector="#nom", value="$secret:NAME"))

    assert (await mended(says({"selector": "#name", "value": "evil"}), lost)).step.value == "$secret:NAME"


@pytest.mark.parametrize("selector", ["#else", "body", "text=Buy", "", "#buy >> nth=0", "#name", "#bye"])
async def test_what_is_not_such_a_control_of_the_page_is_no_repair(selector):
    lost = replace(LOST, step=Click(selector="#bye"), fingerprint=BUY)

    assert isinstance(await mended(says({"selector": selector}), lost), NoRepair)


@pytest.mark.parametrize("change", [{"alike": 1}, {"enabled": False}, {"visible": False}])
async def test_a_control_that_cannot_surely_be_meant_is_no_repair(change):
    seen = replace(SHOP, controls=(replace(BUY, **change), NAME))

    assert isinstance(await mended(says({"selector": "#buy"}), seen=seen), NoRepair)


async def test_a_control_that_a_person_rejected_is_no_repair():
    assert isinstance(await mended(says({"selector": "#buy"}), replace(LOST, rejected=("#buy",))), NoRepair)


async def test_a_model_that_is_in_doubt_says_why():
    none = await mended(says({"selector": None, "rationale": "two are equally good"}))

    assert none == NoRepair(reason="two are equally good", usage=none.usage)


@pytest.mark.parametrize("reply", [says("#buy"), says({}), says({"selector": 7}), answers(500)])
async def test_an_answer_that_cannot_be_used_repairs_nothing(reply):
    none = await mended(reply)

    assert isinstance(none, NoRepair)
    assert none.usage["error"] == none.reason


@pytest.mark.parametrize(
    "step", [Goto(url="/"), ExpectText(text="Saved"), ExpectText(text="Saved", selector="#buy")]
)
async def test_what_has_no_control_is_not_asked_about(step):
    async with thinking(says({"selector": "#buy"})) as (brain, model):
        repair = await brain.repair(replace(LOST, step=step), SHOP)

    assert (repair, model.asked) == (None, [])


async def test_how_the_control_looked_before_is_told():
    async with thinking(says({"selector": "#buy"})) as (brain, model):
        await brain.repair(
            replace(LOST, fingerprint=replace(BUY, test_id="buy-now", path="html/body/button")), SHOP
        )

    assert '"test_id":"buy-now"' in model.words


@pytest.mark.parametrize("lost", [replace(BUY, name="Subscribe"), None], ids=["it worked before", "it never did"])
async def test_what_takes_back_what_the_lost_one_did_is_no_repair(lost):
    step, seen = Click(selector="text=Subscribe"), replace(SHOP, controls=(replace(BUY, name="Unsubscribe"),))

    repair = await mended(says({"selector": "#buy"}), replace(LOST, step=step, fingerprint=lost), seen)

    assert isinstance(repair, NoRepair)
