"""A pursuit costs no more than it may; where nothing is proved the judge is asked, and stands below any check."""

from __future__ import annotations

import itertools

import pytest
from scenes import OTHER, SAVE, Recall, Scene, Script, page, pursued

from ghostly.assist.brain import Dossier, Proposal, Ruling
from ghostly.assist.memory import Remembered
from ghostly.domain.steps import Fill


def ends(outcome) -> tuple:
    return outcome.verdict, outcome.stop_reason, outcome.ok


def rules(verdict, *seqs):
    return lambda _: Ruling(verdict=verdict, confidence="high", reasoning="So it is.", evidence_seqs=seqs)


# ---- limits


async def test_three_steps_that_change_nothing_stall():
    scene = Scene([page()])
    outcome = await pursued(scene, plan=(SAVE, OTHER, SAVE, OTHER))

    assert outcome.stop_reason == "stalled"
    assert len(scene.done) == 3


async def test_steps_whose_effect_comes_late_do_not_stall():
    late = {rest: page(str(rest)) for rest in range(2, 6)}
    scene = Scene([page()], at_rest=late)
    await pursued(scene, plan=(SAVE, OTHER, SAVE, OTHER), steps_per_horizon=1)

    assert len(scene.done) == 4


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
    scene = Scene([page(), page("Thank you")])
    outcome = await pursued(scene, Script(rules=rules("success", 3)), plan=(SAVE,), victory=None)

    assert (outcome.verdict, outcome.verdict_source) == ("success", "judge")


async def test_a_judge_cannot_make_a_success_of_steps_of_which_nothing_is_to_be_seen():
    outcome = await pursued(Scene([page()]), Script(rules=rules("success", 3)), plan=(SAVE,), victory=None)

    assert outcome.verdict == "inconclusive"


@pytest.mark.parametrize(("reloaded", "verdict"), [("Milk", "success"), ("", "fail-app-bug")])
async def test_an_entry_that_a_judge_takes_for_saved_must_last(reloaded, verdict):
    scene = Scene([page("list"), page("list\nMilk"), page(f"list\n{reloaded}")])
    milk = Fill(selector="#new", value="Milk")
    outcome = await pursued(
        scene, Script(rules=rules("success", 3)), plan=(milk,), victory=None, goal="add an entry"
    )

    assert outcome.verdict == verdict


async def test_a_judge_who_always_wants_to_go_on_is_asked_three_times():
    dossiers: list[Dossier] = []
    script = Script(rules=lambda dossier: dossiers.append(dossier) or rules(None)(dossier))
    outcome = await pursued(Scene([page()]), script, victory=None)

    assert [dossier.may_continue for dossier in dossiers] == [True, True, False]
    assert outcome.verdict == "inconclusive"


async def test_nobody_says_go_on_a_third_time():
    scene = Scene([page()])
    outcome = await pursued(scene, Script(rules=rules(None)), victory=None)
    said = [fact["verdict"] for fact in scene.facts("VerdictGiven")]

    assert said == ["continue", "continue", "inconclusive"]
    assert outcome.stop_reason == "no-victory-condition"


async def test_a_judge_is_told_why_in_the_words_of_the_log():
    scene = Scene([page()])
    await pursued(scene, Script(rules=rules("inconclusive")), victory=None)

    assert [fact["reason"] for fact in scene.facts("VerdictGiven")] == ["victory-candidate"]


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
