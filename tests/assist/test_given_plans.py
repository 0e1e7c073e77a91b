"""A given plan is a beginning, unless it is whole; what it wants to see is looked for in any case."""

from __future__ import annotations

import pytest
from scenes import DONE, OTHER, SAVE, Scene, Script, page, pursued

from ghostly.assist.brain import Proposal, Ruling
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import ExpectText, Fill, SelectOption

THERE = ExpectText(text="there")
HIDDEN = Victory(selector_hidden=("Ana",))
ANOTHER = Proposal(steps=(OTHER,))


def planned(scene) -> list[str]:
    return [fact["source"] for fact in scene.facts("StepsPlanned")]


def goes_on(_):
    return Ruling(verdict=None, confidence="low", reasoning="not yet")


# ---- a step that fails


async def test_a_given_plan_that_fails_is_planned_anew():
    scene = Scene([page(), page("Done")], failing={"#save"})
    outcome = await pursued(scene, Script([ANOTHER]), plan=(SAVE,))

    assert outcome.verdict == "success"
    assert planned(scene) == ["input", "replan"]
    assert scene.facts("StepsPlanned")[1]["replanned_from_error"] == "no element matched"


async def test_a_given_plan_is_planned_anew_once():
    scene = Scene([page()], failing={"#save", "#other"})
    script = Script([ANOTHER, ANOTHER])
    outcome = await pursued(scene, script, plan=(SAVE,))

    assert (len(script.asked), outcome.stop_reason) == (1, "healing-exhausted")


async def test_what_is_left_of_a_given_plan_that_failed_is_not_done():
    scene = Scene([page(), page("Done")], failing={"#save"})
    await pursued(scene, Script([ANOTHER]), plan=(SAVE, Fill(selector="#name", value="Ana")))

    assert scene.done == [SAVE, OTHER]


async def test_a_whole_plan_is_not_planned_anew():
    scene, script = Scene([page()], failing={"#save"}), Script([ANOTHER])
    outcome = await pursued(scene, script, plan=(SAVE,), is_full_plan=True)

    assert outcome.stop_reason == "healing-exhausted"
    assert script.asked == []


@pytest.mark.parametrize(("first", "victory"), [("Done", DONE), ("Ana", HIDDEN)])
async def test_nobody_looks_for_another_way_where_any_would_do(first, victory):
    scene, script = Scene([page(first)], failing={"#save"}), Script([ANOTHER])
    await pursued(scene, script, plan=(SAVE,), victory=victory)

    assert script.asked == []


async def test_nobody_looks_for_a_way_around_what_was_not_to_be_seen():
    scene, script = Scene([page()], failing={"#name"}), Script([ANOTHER])
    await pursued(scene, script, plan=(ExpectText(text="Ana", selector="#name"),))

    assert script.asked == []


async def test_nobody_looks_for_a_way_around_what_cannot_be():
    step = SelectOption(selector="#size", value="XXL")
    scene, script = Scene([page()], failing={"#size"}, why="it has no such option"), Script([ANOTHER])
    await pursued(scene, script, plan=(step,))

    assert script.asked == []


@pytest.mark.parametrize("nothing", [Proposal(), Proposal(unclear="frobnicate the thing")])
async def test_a_failure_that_nobody_knows_a_way_around_is_the_judges(nothing):
    scene = Scene([page()], failing={"#save"})
    outcome = await pursued(scene, Script([nothing]), plan=(SAVE,))

    assert outcome.stop_reason == "healing-exhausted"
    assert planned(scene) == ["input"]


async def test_what_a_plan_wanted_to_see_has_to_be_seen_whatever_else_was_done():
    scene = Scene([page(), page("Thanks")], failing={"#save"})
    await pursued(scene, Script([ANOTHER]), plan=(SAVE, THERE), victory=None)

    assert scene.done == [SAVE, OTHER, THERE]
    assert planned(scene) == ["input", "replan", "input"]


# ---- a plan that was done


async def test_after_a_given_plan_others_may_go_on():
    scene = Scene([page(), page("half"), page("Done")])
    outcome = await pursued(scene, Script([ANOTHER]), plan=(SAVE,))

    assert outcome.verdict == "success"
    assert planned(scene) == ["input", "strategist"]


async def test_nobody_is_asked_to_go_on_once_the_goal_was_reached():
    script = Script([ANOTHER])
    await pursued(Scene([page(), page("Done")]), script, plan=(SAVE,))

    assert script.asked == []


@pytest.mark.parametrize("options", [{"is_full_plan": True}, {"victory": HIDDEN}], ids=str)
async def test_nobody_adds_to_a_plan_that_has_to_prove_it_alone(options):
    scene, script = Scene([page("Ana")]), Script([ANOTHER])
    await pursued(scene, script, plan=(SAVE,), **options)

    assert script.asked == []


async def test_nobody_goes_on_while_the_page_is_still_at_work():
    scene = Scene([page(), page("Processing…"), page("Processing…"), page("Done")])
    outcome = await pursued(scene, Script([Proposal(steps=(SAVE,))]), plan=(SAVE,))

    assert (outcome.verdict, scene.done) == ("success", [SAVE])


async def test_who_is_at_work_for_ever_is_not_waited_for_as_long():
    scene = Scene([page(), page("Loading…")])
    await pursued(scene, Script([ANOTHER]), plan=(SAVE,))

    assert scene.done == [SAVE, OTHER]


async def test_nobody_adds_to_a_whole_plan_where_the_judge_says_go_on():
    scene, script = Scene([page()]), Script([ANOTHER], rules=goes_on)
    await pursued(scene, script, plan=(SAVE,), is_full_plan=True)

    assert scene.done == [SAVE]


@pytest.mark.parametrize("nothing", [Proposal(), Proposal(unclear="frobnicate the thing")])
async def test_where_nobody_knows_more_a_given_plan_was_all(nothing):
    scene = Scene([page()])
    outcome = await pursued(scene, Script([nothing]), plan=(SAVE,))

    assert outcome.stop_reason == "stalled"
    assert planned(scene) == ["input"]


async def test_what_asking_for_more_cost_is_told():
    scene = Scene([page()])
    await pursued(scene, Script([Proposal(usage={"role": "strategist"})]), plan=(SAVE,))

    assert [fact["usage"] for fact in scene.facts("StepsPlanned")] == [None, {"role": "strategist"}]


async def test_what_nobody_looked_for_at_first_is_no_victory_afterwards():
    scene = Scene([page("Done"), page("Done, too")])
    outcome = await pursued(scene, Script([Proposal(victory=DONE)]), plan=(SAVE,), victory=None)

    assert (outcome.verdict, outcome.stop_reason) == ("inconclusive", "no-victory-condition")
