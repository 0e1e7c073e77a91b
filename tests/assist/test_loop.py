"""A pursuit ends with the truth: a check stands above the judge, and the judge above everybody else."""

from __future__ import annotations

import itertools

import pytest
from scenes import BROKEN, DONE, OTHER, SAVE, Recall, Scene, Script, page, pursued

from ghostly.assist.brain import Dossier, Proposal, Repair, Ruling
from ghostly.assist.memory import Remembered
from ghostly.browser.failures import StepError, TargetUnreachable
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import Fill


def ends(outcome) -> tuple:
    return outcome.verdict, outcome.stop_reason, outcome.ok


def rules(verdict, *seqs):
    return lambda _: Ruling(verdict=verdict, confidence="high", reasoning="So it is.", evidence_seqs=seqs)


# ---- victory


async def test_a_goal_that_the_page_shows_as_reached_is_a_success():
    scene = Scene([page(), page("Done")])

    assert ends(await pursued(scene, plan=(SAVE,))) == ("success", "victory", True)


async def test_a_success_was_confirmed_twice():
    scene = Scene([page(), page("Done")])
    await pursued(scene, plan=(SAVE,))

    assert [fact["met"] for fact in scene.facts("VictoryChecked")] == [True, True]


async def test_a_success_names_the_events_that_it_rests_on():
    outcome = await pursued(Scene([page(), page("Done")]), plan=(SAVE,))

    assert outcome.evidence
    assert outcome.verdict_source == "check"


async def test_what_was_true_before_anything_was_done_is_no_victory_yet():
    scene = Scene([page("Done already"), page("Done, first"), page("Done, both")])
    await pursued(scene, plan=(SAVE, OTHER))

    assert scene.done == [SAVE, OTHER]


async def test_a_plan_that_shall_be_done_whole_is_done_whole():
    scene = Scene([page(), page("Done, first"), page("Done, both")])
    await pursued(scene, plan=(SAVE, OTHER), is_full_plan=True)

    assert scene.done == [SAVE, OTHER]


async def test_steps_that_remain_are_left_out_once_the_goal_is_reached():
    scene = Scene([page(), page("Done")])
    await pursued(scene, plan=(SAVE, OTHER))

    assert scene.done == [SAVE]


async def test_a_goal_that_saves_is_looked_at_again_after_a_reload():
    scene = Scene([page(), page("Done"), page("Done")])
    outcome = await pursued(scene, plan=(SAVE,), goal="save the address")

    assert {"state": "revalidating_persistence"} in scene.facts("LoopStateReached")
    assert ends(outcome) == ("success", "victory", True)


async def test_data_that_a_reload_loses_is_the_applications_fault():
    milk = Fill(selector="#new", value="Milk")
    scene = Scene([page(), page("1 item: Milk"), page("0 items")])
    outcome = await pursued(scene, plan=(milk,), goal="add Milk", victory=Victory(text_includes=("Milk",)))

    assert ends(outcome) == ("fail-app-bug", "blocked-by-app-error", False)


async def test_a_message_that_went_by_is_no_bug_if_the_data_stayed():
    milk = Fill(selector="#new", value="Milk")
    scene = Scene([page(), page("Done"), page("1 item: Milk")])
    outcome = await pursued(scene, plan=(milk,), goal="add Milk")

    assert ends(outcome) == ("success", "victory", True)


async def test_a_message_that_went_by_proves_nothing_alone():
    scene = Scene([page(), page("Done"), page("start")])
    outcome = await pursued(scene, plan=(SAVE,), goal="save it")

    assert outcome.verdict == "inconclusive"


async def test_who_wants_it_to_last_is_told_that_it_did_not():
    scene = Scene([page(), page("Done"), page("start")])
    outcome = await pursued(scene, plan=(SAVE,), victory=Victory(text_includes=("Done",), revalidate=True))

    assert outcome.verdict == "fail-app-bug"


# ---- the application fails


async def test_an_error_of_the_application_ends_the_pursuit():
    scene = Scene([page(), page("Done", BROKEN)])
    outcome = await pursued(scene, plan=(SAVE,))

    assert ends(outcome) == ("fail-app-bug", "blocked-by-app-error", False)
    assert "500" in outcome.verdict_reason


async def test_nothing_is_repaired_over_an_error_of_the_application():
    script = Script()
    await pursued(Scene([page("start", BROKEN)], failing={"#save"}), script, plan=(SAVE,))

    assert script.lost == []


async def test_a_target_that_is_not_there_is_nobodys_fault():
    outcome = await pursued(Scene([page()], opens=TargetUnreachable("nothing answers")))

    assert ends(outcome) == ("inconclusive-environment", "target-unreachable", False)


async def test_a_base_url_that_cannot_be_shown_proves_nothing():
    outcome = await pursued(Scene([page()], opens=StepError("it is a download")))

    assert outcome.verdict == "inconclusive-environment"


async def test_a_condition_that_always_held_hides_nothing_that_could_not_be_done():
    script = Script([Proposal(steps=(SAVE,), has_more=True), Proposal(completes=False)])

    assert (await pursued(Scene([page("Done"), page("Done too")]), script)).verdict == "inconclusive"


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

    assert ends(outcome) == ("fail-test-broken", "healing-exhausted", False)
    assert len(scene.facts("HealingFailed")) == 1


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


# ---- limits


async def test_three_steps_that_change_nothing_stall():
    scene = Scene([page()])
    outcome = await pursued(scene, plan=(SAVE, OTHER, SAVE, OTHER))

    assert outcome.stop_reason == "stalled"
    assert len(scene.done) == 3


async def test_horizons_that_are_used_up_end_it():
    proposals = [Proposal(steps=(SAVE,), has_more=True)] * 3
    scene = Scene([page(str(number)) for number in range(9)])

    assert (await pursued(scene, Script(proposals), max_horizons=2)).stop_reason == "budget-exhausted"


async def test_time_that_is_used_up_ends_it():
    clock = itertools.count(0, 6_000)
    scene = Scene([page(str(number)) for number in range(99)])
    script = Script([Proposal(steps=(SAVE,), has_more=True)] * 50)
    outcome = await pursued(scene, script, milliseconds=lambda: next(clock), max_loop_ms=10_000)

    assert outcome.stop_reason == "budget-exhausted"


async def test_what_is_not_there_yet_is_looked_for_again_where_the_judge_says_go_on():
    scene = Scene([page()])
    script = Script(rules=lambda _: Ruling(verdict=None, confidence="low", reasoning="not yet"))
    await pursued(scene, script)

    assert scene.passed_ms >= 2_000


async def test_a_loader_is_waited_for():
    scene = Scene([page(dialogs=("Loading…",)), page(dialogs=("Loading…",)), page("ready"), page("Done")])
    outcome = await pursued(scene, plan=(SAVE,))

    assert scene.passed_ms > 0
    assert outcome.verdict == "success"


async def test_a_loader_is_not_waited_for_without_end():
    scene = Scene([page(dialogs=("Loading…",))])
    await pursued(scene, plan=(SAVE,), modal_loader_max_wait_ms=3_000, steps_per_horizon=1)

    assert 3_000 <= scene.passed_ms <= 20_000


# ---- the judge


async def test_a_judge_cannot_make_a_success_of_a_check_that_failed():
    outcome = await pursued(Scene([page()]), Script(rules=rules("success", 3)), plan=(SAVE,))

    assert outcome.verdict == "inconclusive"


async def test_a_judge_cannot_make_a_success_without_evidence():
    outcome = await pursued(Scene([page()]), Script(rules=rules("success")), plan=(SAVE,), victory=None)

    assert outcome.verdict == "inconclusive"


async def test_a_judge_decides_where_nothing_can_be_checked():
    outcome = await pursued(Scene([page()]), Script(rules=rules("success", 3)), plan=(SAVE,), victory=None)

    assert (outcome.verdict, outcome.verdict_source) == ("success", "judge")


async def test_a_judge_who_always_wants_to_go_on_is_asked_three_times():
    dossiers: list[Dossier] = []
    script = Script(rules=lambda dossier: dossiers.append(dossier) or rules(None)(dossier))
    outcome = await pursued(Scene([page()]), script, victory=None)

    assert [dossier.may_continue for dossier in dossiers] == [True, True, False]
    assert outcome.verdict == "inconclusive"


async def test_how_often_the_judge_was_asked_is_told():
    outcome = await pursued(Scene([page()]), plan=(SAVE,))

    assert outcome.judge_invocations == 1


# ---- memory


@pytest.mark.parametrize(("mode", "told"), [("adaptive", "MemoryRecalled"), ("runtime", "MemoryMissed")])
async def test_earlier_runs_are_replayed_only_where_that_was_asked_for(mode, told):
    scene = Scene([page(), page("Done")])
    memory = Recall(Remembered(steps=(SAVE,)))
    await pursued(scene, Script([Proposal(steps=(OTHER,))]), memory=memory, memory_mode=mode)

    assert len(scene.facts(told)) == 1
    assert scene.done == [SAVE if mode == "adaptive" else OTHER]


async def test_who_wants_no_memory_hears_of_none():
    scene = Scene([page(), page("Done")])
    await pursued(scene, Script([Proposal(steps=(SAVE,))]), memory_mode="off")

    assert not scene.facts("MemoryMissed")
    assert not scene.facts("MemoryRecalled")


async def test_a_memory_that_does_not_hold_any_more_is_left_for_a_new_plan():
    scene = Scene([page(), page("Done")], failing={"#save"})
    memory = Recall(Remembered(steps=(SAVE, SAVE)))
    outcome = await pursued(scene, Script([Proposal(steps=(OTHER,))]), memory=memory, memory_mode="adaptive")

    assert outcome.verdict == "success"
    assert scene.done == [SAVE, OTHER]
