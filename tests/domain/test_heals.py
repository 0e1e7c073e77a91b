"""A heal is told by the events of its run: what was lost, what took its place, what came of it."""

from __future__ import annotations

from uuid import UUID

from stories import DRIVEN, RUN, STEP, Story

from ghostly.domain.events import (
    HealingAttempted,
    HealingFailed,
    HealingStarted,
    HealingSucceeded,
    RunFailed,
    StepFailed,
    StepPassed,
)
from ghostly.domain.heals import Repair, find

HEAL = UUID("01980000-0000-7000-8000-000000000002")
OTHER = {"action": "click", "selector": "#store"}
END = {"ok": False, "status": "fail", "duration_ms": 1, "total_steps": 1, "failed_steps": 1, "cancelled": False}


def lost(story: Story = DRIVEN, index: int = 0) -> Story:
    failed = story.then(StepFailed, index=index, step=STEP, duration_ms=1, error="gone")
    return failed.then(HealingStarted, index=index, attempt=1, max_attempts=2, node_count=9)


def attempted(story: Story, heal: object = HEAL, index: int = 0) -> Story:
    about = {"rationale": "renamed", "score": 0.9, "runner_up": {"selector": "#x"}}
    return story.then(HealingAttempted, index=index, heal_id=str(heal), step=OTHER, **about)


def passed(story: Story, heal: object = HEAL, index: int = 0) -> Story:
    done = story.then(HealingSucceeded, index=index, step=OTHER)
    return done.then(StepPassed, index=index, step=OTHER, duration_ms=1, healed=True, heal_id=str(heal))


TRYING = attempted(lost())


def test_a_heal_tells_what_was_lost_and_what_was_tried_instead():
    heal = find(TRYING.events, HEAL)

    assert (heal.run, heal.index, heal.lost, heal.step) == (RUN, 0, STEP, OTHER)
    assert (heal.rationale, heal.score, heal.runner_up) == ("renamed", 0.9, {"selector": "#x"})


def test_nobody_knows_what_comes_of_a_heal_that_is_under_way():
    assert (find(TRYING.events, HEAL).outcome, find(TRYING.events, HEAL).repair) == ("pending", None)


def test_a_heal_whose_step_passed_is_a_repair():
    heal = find(passed(TRYING).events, HEAL)

    assert (heal.outcome, heal.repair) == ("succeeded", Repair("#save", "#store"))


def test_a_heal_whose_step_failed_is_none():
    assert find(TRYING.then(HealingFailed, index=0, error="gone too").events, HEAL).outcome == "failed"


def test_a_heal_that_the_end_of_its_run_cut_short_failed():
    assert find(TRYING.then(RunFailed, **END).events, HEAL).outcome == "failed"


def test_what_comes_of_other_heals_is_theirs():
    again = attempted(TRYING.then(HealingFailed, index=0, error="gone too"), "another")

    assert find(passed(again, "another").events, HEAL).outcome == "failed"


def test_a_heal_that_worked_stays_one_whatever_fails_later():
    later = attempted(lost(passed(TRYING), index=1), "another", index=1).then(HealingFailed, index=1, error="no")

    assert find(later.then(RunFailed, **END).events, HEAL).outcome == "succeeded"


def test_there_is_no_heal_that_no_event_tells_of():
    assert find(passed(attempted(lost(), "d41d8cd98f00b204")).events, HEAL) is None


def test_a_heal_with_a_masked_selector_is_nothing_to_say_yes_to():
    hidden = {"action": "click", "selector": "text=[REDACTED]"}
    trying = lost().then(HealingAttempted, index=0, heal_id=str(HEAL), step=hidden, rationale="renamed")

    assert find(passed(trying).events, HEAL).repair is None
