"""What holds for every run, whatever was tried, in whichever order."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import get_args

from chance import histories
from hypothesis import given

from ghostly.domain.events import (
    CancellationRequested,
    DriverAssigned,
    DriverReleased,
    Ending,
    Report,
    RunCancelled,
    StepFailed,
    StepPassed,
    StepStarted,
)
from ghostly.domain.run import fold

ENDINGS, REPORTS = get_args(Ending), get_args(Report)


def endings(story):
    return [event for event in story.events if isinstance(event, ENDINGS)]


@given(histories)
def test_a_run_ends_at_most_once_and_nothing_follows(story):
    assert endings(story) in ([], [story.events[-1]])


@given(histories)
def test_seqs_count_from_one_without_gaps(story):
    assert [event.originator_version for event in story.events] == list(range(1, len(story.events) + 1))


@given(histories)
def test_times_never_go_back(story):
    assert all(before.timestamp <= after.timestamp for before, after in pairwise(story.events))


@given(histories)
def test_a_run_that_was_asked_to_stop_can_only_end_cancelled(story):
    asked = any(isinstance(event, CancellationRequested) for event in story.events)

    assert all(isinstance(end, RunCancelled) == asked for end in endings(story))


@given(histories)
def test_a_run_is_asked_to_stop_at_most_once(story):
    assert sum(isinstance(event, CancellationRequested) for event in story.events) <= 1


@given(histories)
def test_only_its_driver_reports(story):
    driver = None
    for event in story.events:
        driver = event.worker if isinstance(event, DriverAssigned) else driver
        driver = None if isinstance(event, DriverReleased) else driver

        assert not isinstance(event, REPORTS) or event.actor == f"worker:{driver}"


@given(histories)
def test_a_run_has_one_driver_at_a_time(story):
    hands = [event for event in story.events if isinstance(event, (DriverAssigned, DriverReleased))]

    assert all(type(before) is not type(after) for before, after in pairwise(hands))


@given(histories)
def test_a_run_is_finished_exactly_when_it_has_an_ending(story):
    for upto in range(1, len(story.events) + 1):
        ended = isinstance(story.events[upto - 1], ENDINGS)

        assert (fold(None, story.events[:upto]).phase == "finished") == ended


@given(histories)
def test_a_finished_run_has_no_driver(story):
    assert not (story.run.finished and story.run.driver)


def unhealed(events) -> int:
    """How many steps failed and were not healed: a heal follows the failure that it mends."""
    failed = 0
    for event in events:
        failed += isinstance(event, StepFailed)
        failed -= isinstance(event, StepPassed) and bool(event.healed) and failed > 0
    return failed


@given(histories)
def test_an_ending_counts_the_steps_and_the_time(story):
    for end in endings(story):
        assert end.total_steps == sum(isinstance(event, StepStarted) for event in story.events)
        assert end.failed_steps == unhealed(story.events)
        assert timedelta(milliseconds=end.duration_ms) == end.timestamp - story.events[0].timestamp


@given(histories)
def test_only_a_run_that_passed_is_ok(story):
    assert all(end.ok == (end.status == "pass") == (end.TOPIC == "run-passed") for end in endings(story))


@given(histories)
def test_folding_in_two_parts_is_folding_at_once(story):
    for cut in range(1, len(story.events)):
        assert fold(fold(None, story.events[:cut]), story.events[cut:]) == story.run
