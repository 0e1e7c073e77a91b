"""A pursuit ends with the truth: a check stands above the judge, and the judge above everybody else."""

from __future__ import annotations

from scenes import BROKEN, OTHER, SAVE, Scene, Script, page, pursued

from ghostly.assist.brain import Proposal, Repair
from ghostly.browser.failures import StepError, TargetUnreachable
from ghostly.domain.observation import PageError
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import ExpectText, Fill


def ends(outcome) -> tuple:
    return outcome.verdict, outcome.stop_reason, outcome.ok


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


async def test_what_was_true_before_anything_was_done_proves_nothing_of_a_step_without_effect():
    scene = Scene([page("Done")])

    assert ends(await pursued(scene, plan=(SAVE,))) == ("inconclusive", "stalled", False)


async def test_secrets_that_were_typed_are_no_stall():
    typed = tuple(Fill(selector=f"#p{n}", value="hush", secret=True) for n in range(3))
    scene = Scene([page(), page(), page(), page(), page("Done")])
    await pursued(scene, plan=(*typed, SAVE))

    assert scene.done == [*typed, SAVE]


async def test_what_was_typed_and_lasts_is_effect_enough():
    milk = Fill(selector="#new", value="Milk")
    scene = Scene([page("Done"), page("Done, Milk")])

    assert (await pursued(scene, plan=(milk, SAVE), goal="save Milk")).verdict == "success"


async def test_a_goal_that_only_looks_needs_no_effect():
    scene = Scene([page("Done")])

    assert (await pursued(scene, plan=(ExpectText(text="Done"),))).verdict == "success"


async def test_what_shall_only_not_be_seen_is_no_victory_before_all_was_done():
    scene = Scene([page("Ana"), page("elsewhere"), page("at last")])
    await pursued(scene, plan=(SAVE, OTHER), victory=Victory(selector_hidden=("Ana",)))

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


async def test_an_answer_of_5xx_counts_also_behind_an_exception():
    thrown = PageError(kind="exception", severity="blocking", text="x is not defined")
    outcome = await pursued(Scene([page(), page("Done", thrown, BROKEN)]), plan=(SAVE,))

    assert outcome.verdict == "fail-app-bug"


async def test_an_answer_of_5xx_that_comes_late_is_no_success():
    scene = Scene([page(), page("Done")])
    scene.at_rest[2] = page("Done", BROKEN)

    assert (await pursued(scene, plan=(SAVE,))).verdict == "fail-app-bug"


async def test_a_target_that_is_gone_when_it_is_loaded_again_is_nobodys_fault():
    scene = Scene([page(), page("Done")], reloads=TargetUnreachable("nothing answers"))
    outcome = await pursued(scene, plan=(SAVE,), goal="save it")

    assert ends(outcome) == ("inconclusive-environment", "target-unreachable", False)


async def test_a_page_that_cannot_be_loaded_again_proves_nothing():
    scene = Scene([page(), page("Done")], reloads=StepError("it did not finish loading"))

    assert (await pursued(scene, plan=(SAVE,), goal="save it")).verdict == "inconclusive"


async def test_a_target_that_is_not_there_is_nobodys_fault():
    outcome = await pursued(Scene([page()], opens=TargetUnreachable("nothing answers")))

    assert ends(outcome) == ("inconclusive-environment", "target-unreachable", False)


async def test_a_base_url_that_cannot_be_shown_proves_nothing():
    outcome = await pursued(Scene([page()], opens=StepError("it is a download")))

    assert outcome.verdict == "inconclusive-environment"


async def test_a_condition_that_always_held_hides_nothing_that_could_not_be_done():
    script = Script([Proposal(steps=(SAVE,), has_more=True), Proposal(completes=False)])

    assert (await pursued(Scene([page("Done"), page("Done too")]), script)).verdict == "inconclusive"


# ---- how it is told


async def test_the_failure_that_ends_it_is_told_as_final():
    scene = Scene([page()], failing={"#save"})
    await pursued(scene, plan=(SAVE,))

    assert [(fact["index"], fact["final"]) for fact in scene.facts("StepGivenUp")] == [(0, True)]


async def test_a_failure_that_was_overcome_is_not_final():
    scene = Scene([page(), page("Other"), page("start")], failing={"#save"})
    await pursued(scene, Script(repairs=[Repair(step=OTHER, rationale="renamed")]), plan=(SAVE,))

    assert scene.facts("StepGivenUp") == []


async def test_a_failure_before_a_success_is_not_final():
    scene = Scene([page(dialogs=("New",)), page(dialogs=("New", "Done"))], failing={"#other"})
    script = Script([Proposal(steps=(SAVE, OTHER)), Proposal(steps=())])
    outcome = await pursued(scene, script, victory=Victory(text_includes=("start",)))

    assert (outcome.ok, scene.facts("StepGivenUp")) == (True, [])


async def test_it_is_told_how_the_loop_stands():
    scene = Scene([page(), page("Done"), page("Done")])
    await pursued(scene, Script([Proposal(steps=(SAVE,))]), goal="save it")

    assert [fact["state"] for fact in scene.facts("LoopStateReached")] == [
        "planning",
        "executing",
        "revalidating_persistence",
        "stopped",
    ]
