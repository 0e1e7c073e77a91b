"""A pursuit asks who knows what to do, and repairs what failed, no more often than it may."""

from __future__ import annotations

import pytest
from scenes import DONE, OTHER, SAVE, Scene, Script, page, pursued

from ghostly.assist.brain import Proposal, Repair, Ruling
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import Fill


def rules(verdict, *seqs):
    return lambda _: Ruling(verdict=verdict, confidence="high", reasoning="So it is.", evidence_seqs=seqs)


# ---- planning


async def test_who_knows_what_to_do_is_asked_when_there_is_no_plan():
    scene, script = Scene([page(), page("Done")]), Script([Proposal(steps=(SAVE,))])
    await pursued(scene, script)

    assert scene.done == [SAVE]
    assert [fact["source"] for fact in scene.facts("StepsPlanned")] == ["strategist"]


async def test_a_goal_that_nobody_understands_is_the_authors_to_mend():
    outcome = await pursued(Scene([page()]), Script([Proposal(unclear="frobnicate the thing")]))

    assert outcome.verdict == "fail-test-broken"
    assert "frobnicate the thing" in outcome.verdict_reason


async def test_what_the_goal_itself_expects_is_the_victory():
    script = Script([Proposal(steps=(SAVE,), victory=DONE)])

    assert (await pursued(Scene([page(), page("Done")]), script, victory=None)).verdict == "success"


@pytest.mark.parametrize("asked", [Victory(), Victory(revalidate=False), Victory(must_all=True)])
async def test_a_condition_that_checks_nothing_keeps_nobody_from_what_the_goal_expects(asked):
    scene, script = Scene([page(), page("Done")]), Script([Proposal(steps=(SAVE,), victory=DONE)])
    outcome = await pursued(scene, script, victory=asked)

    assert (outcome.verdict, outcome.stop_reason) == ("success", "victory")


async def test_what_the_goal_expects_is_looked_for_anew_as_the_condition_says():
    script = Script([Proposal(steps=(SAVE,), victory=DONE)])
    outcome = await pursued(Scene([page(), page("Done"), page()]), script, victory=Victory(revalidate=True))

    assert outcome.verdict == "fail-app-bug"


async def test_never_more_steps_are_taken_than_a_horizon_holds():
    scene = Scene([page()])
    await pursued(scene, Script([Proposal(steps=(SAVE,) * 9)]), steps_per_horizon=2, max_horizons=1)

    assert len(scene.done) == 2


async def test_what_will_be_typed_is_in_no_plan():
    scene = Scene([page()])
    await pursued(scene, plan=(Fill(selector="#pw", value="hush"),))

    assert "hush" not in str(scene.facts("StepsPlanned"))


# ---- repairing


async def test_a_repair_that_works_goes_on():
    scene = Scene([page(), page("Done")], failing={"#save"})
    script = Script(repairs=[Repair(step=OTHER, rationale="renamed", score=0.9)])
    outcome = await pursued(scene, script, plan=(SAVE,))

    assert outcome.verdict == "success"
    assert [fact["score"] for fact in scene.facts("HealingAttempted")] == [0.9]


async def test_a_repair_in_doubt_is_none_and_the_judge_is_asked():
    scene = Scene([page()], failing={"#save"})
    outcome = await pursued(scene, Script(rules=rules("fail-test-broken", 3)), plan=(SAVE,))

    assert (outcome.verdict, outcome.stop_reason) == ("fail-test-broken", "healing-exhausted")
    assert len(scene.facts("HealingFailed")) == 1


async def test_to_try_the_same_again_is_no_repair():
    scene = Scene([page()], failing={"#save"})
    await pursued(scene, Script(repairs=[Repair(step=SAVE, rationale="the same")]), plan=(SAVE,))

    assert scene.done == [SAVE]
    assert scene.facts("HealingAttempted") == []


async def test_no_repair_is_tried_where_none_may_be():
    scene = Scene([page()], failing={"#save"})
    await pursued(scene, plan=(SAVE,), max_healing_attempts_per_step=0)

    assert scene.facts("HealingStarted") == []


async def test_a_repair_that_did_not_work_is_not_tried_twice():
    scene = Scene([page()], failing={"#save", "#other"})
    script = Script(repairs=[Repair(step=OTHER, rationale="renamed"), None])
    await pursued(scene, script, plan=(SAVE,), max_healing_attempts_per_step=2)

    assert script.lost[1].rejected == ("#other",)


async def test_a_step_of_the_strategist_that_fails_is_planned_anew_once():
    scene = Scene([page(), page("Done")], failing={"#save"})
    script = Script([Proposal(steps=(SAVE,)), Proposal(steps=(OTHER,))])
    outcome = await pursued(scene, script)

    assert outcome.verdict == "success"
    assert [fact["source"] for fact in scene.facts("StepsPlanned")] == ["strategist", "replan"]


async def test_a_second_failure_is_the_judges():
    scene = Scene([page()], failing={"#save", "#other"})
    script = Script([Proposal(steps=(SAVE,)), Proposal(steps=(OTHER,))])

    assert (await pursued(scene, script)).stop_reason == "healing-exhausted"


async def test_a_selector_that_failed_as_a_repair_is_not_tried_again():
    scene = Scene([page()], failing={"#save", "#other"})
    script = Script(repairs=[Repair(step=OTHER, rationale="renamed"), Repair(step=OTHER, rationale="surely")])
    await pursued(scene, script, plan=(SAVE,), max_healing_attempts_per_step=3)

    assert scene.done == [SAVE, OTHER]


# ---- what was begun, and may have had its effect


@pytest.mark.parametrize("plan", [(SAVE,), ()], ids=["given", "proposed"])
async def test_nobody_plans_anew_what_was_begun(plan):
    scene, script = Scene([page()], begun={"#save"}), Script(2 * [Proposal(steps=(SAVE,))])
    outcome = await pursued(scene, script, plan=plan)

    assert (scene.done, outcome.stop_reason) == ([SAVE], "healing-exhausted")


async def test_nobody_repairs_what_was_begun():
    scene, script = Scene([page()], begun={"#save"}), Script(repairs=[Repair(step=OTHER, rationale="renamed")])
    await pursued(scene, script, plan=(SAVE,))

    assert (scene.done, script.lost) == ([SAVE], [])


async def test_nobody_plans_anew_around_a_repair_that_was_begun():
    scene = Scene([page()], failing={"#save"}, begun={"#other"})
    script = Script([Proposal(steps=(OTHER,))], repairs=2 * [Repair(step=OTHER, rationale="renamed")])
    outcome = await pursued(scene, script, plan=(SAVE,), max_healing_attempts_per_step=3)

    assert (scene.done, script.asked, outcome.stop_reason) == ([SAVE, OTHER], [], "healing-exhausted")


async def test_nobody_is_asked_for_more_while_the_page_is_still_at_work():
    scene = Scene([page(), page("Saving…"), page("Saving…"), page("Done")])
    more = Proposal(steps=(SAVE,), has_more=True)
    outcome = await pursued(scene, Script([more, more]))

    assert (outcome.verdict, scene.done) == ("success", [SAVE])


async def test_who_is_at_work_for_ever_is_asked_for_more_nevertheless():
    scene = Scene([page(), page("Saving…")])
    await pursued(scene, Script([Proposal(steps=(SAVE,), has_more=True), Proposal(steps=(OTHER,))]))

    assert scene.done == [SAVE, OTHER]
