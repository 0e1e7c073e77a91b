"""What assisted runs teach is told by their events alone."""

from __future__ import annotations

import pytest
from stories import OWNER, PROJECT, Story, begun

from ghostly.domain.events import (
    DriverAssigned,
    MemoryRecalled,
    RunCancelled,
    RunFailed,
    RunPassed,
    StepFailed,
    StepPassed,
    StepsPlanned,
    VictoryChecked,
)
from ghostly.domain.heals import Repair
from ghostly.domain.redaction import MASK
from ghostly.projections.lessons import Lesson, fold, normal, subject

CLICK = {"action": "click", "selector": "#save"}
CONTROL = {"selector": "#save", "role": "button", "name": "Save", "tag": "button"}
END = {"ok": True, "status": "pass", "duration_ms": 1, "total_steps": 1, "failed_steps": 0, "cancelled": False}
FAILED = END | {"ok": False, "status": "fail"}


def story(mode: str = "runtime") -> Story:
    flow = {"baseUrl": "http://shop/", "steps": [], "assist": {"goal": "Buy  a Lamp", "memoryMode": mode}}
    return Story(begun(flow=flow)).then(DriverAssigned, worker="w")


def checked(past: Story, met: bool = True) -> Story:
    return past.then(VictoryChecked, horizon=1, configured=True, met=met, checks=[])


def passed(past: Story, step=CLICK, **fields) -> Story:
    return past.then(StepPassed, index=0, step=step, duration_ms=1, **fields)


def won(past: Story, source: str = "check") -> Story:
    return past.then(RunPassed, **END, verdict="success", verdict_source=source)


def test_a_success_that_was_confirmed_twice_is_remembered():
    taught = fold(won(checked(checked(passed(story())))).events)

    assert taught.lesson == Lesson(steps=[CLICK])
    assert (taught.subject, taught.goal) == (subject(OWNER, PROJECT, "http://shop"), "Buy a Lamp")


def test_the_condition_that_the_goal_implied_is_remembered_with_it():
    plan = {"steps": [], "source": "strategist", "has_more": False, "victory": {"textIncludes": ["Thank you"]}}
    taught = fold(won(checked(checked(passed(story().then(StepsPlanned, **plan))))).events)

    assert taught.lesson.victory == {"textIncludes": ["Thank you"]}


@pytest.mark.parametrize(
    "past",
    [
        won(checked(passed(story()))),
        won(checked(checked(passed(story()))), source="judge"),
        won(checked(checked(passed(story(), CLICK | {"action": "fill", "value": MASK})))),
        won(checked(checked(passed(story(), CLICK | {"action": "fill", "value": f"Bearer {MASK}"})))),
        won(checked(checked(passed(story(), {"action": "goto", "url": f"/reset?key={MASK}"})))),
        checked(checked(passed(story()))).then(RunFailed, **FAILED, verdict="fail-app-bug"),
    ],
    ids=["confirmed once", "by the judge", "a secret", "a part of one", "an address", "no success"],
)
def test_nothing_else_is_remembered(past):
    assert fold(past.events).lesson is None


def test_a_repaired_step_is_remembered_as_it_was_repaired():
    healed = CLICK | {"selector": "#store"}
    past = story().then(StepFailed, index=0, step=CLICK, duration_ms=1, error="gone")
    taught = fold(won(checked(checked(passed(past, healed, healed=True)))).events)

    assert taught.lesson.steps == [healed]


# ---- the heals in it

STORE = CLICK | {"selector": "#store"}
LOST = {"index": 0, "step": CLICK, "duration_ms": 1, "error": "gone"}


def recalled(*repairs) -> Story:
    return story().then(MemoryRecalled, horizon=1, candidates=1, source="adaptive", repairs=[*repairs])


@pytest.mark.parametrize(
    "past",
    [
        passed(story().then(StepFailed, **LOST), STORE, healed=True),
        passed(story(), STORE, instead_of="#save"),
        passed(recalled(["#save", "#store"]), STORE),
    ],
    ids=["made by the run", "approved", "remembered"],
)
def test_a_lesson_knows_which_heals_are_in_it(past):
    assert fold(won(checked(checked(past))).events).lesson.repairs == [Repair("#save", "#store")]


def test_a_heal_that_was_remembered_and_not_needed_is_none_of_it():
    assert fold(won(checked(checked(passed(recalled(["#save", "#store"]))))).events).lesson.repairs == []


def test_a_step_that_failed_as_approved_and_passed_as_given_is_no_heal():
    past = story().then(StepFailed, **LOST | {"step": STORE}, instead_of="#save")
    past = past.then(StepPassed, index=1, step=CLICK, duration_ms=1)

    assert fold(won(checked(checked(past))).events).lesson == Lesson(steps=[CLICK])


def test_a_replay_that_came_to_nothing_is_forgotten():
    past = story().then(MemoryRecalled, horizon=1, candidates=1, source="adaptive")

    assert fold(past.then(RunFailed, **FAILED, verdict="fail-agent-lost").events).forgets


@pytest.mark.parametrize("ending", [(RunCancelled, FAILED | {"by": "ana"}), (RunFailed, FAILED)])
def test_what_says_nothing_about_the_steps_makes_nobody_forget(ending):
    fact, fields = ending
    verdict = {"verdict": "inconclusive-environment"} if fact is RunFailed else {}
    past = story().then(MemoryRecalled, horizon=1, candidates=1, source="adaptive").then(fact, **fields, **verdict)

    assert not fold(past.events).forgets


def test_how_elements_looked_is_remembered_whatever_came_of_it():
    past = passed(story(), fingerprint=CONTROL).then(RunFailed, **FAILED)

    assert fold(past.events).fingerprints == {"#save": CONTROL}


@pytest.mark.parametrize("past", [story("off"), Story()])
def test_who_wants_no_memory_or_pursues_no_goal_teaches_nothing(past):
    assert fold(past.events) is None


def test_goals_are_the_same_whatever_their_white_space():
    assert normal(" Buy\n a lamp ") == normal("Buy a lamp")


def test_a_goal_that_types_other_letters_is_another_goal():
    assert normal("fill Code with 'ab1'") != normal("fill Code with 'AB1'")
