from __future__ import annotations

from datetime import timedelta

import pytest
from stories import (
    CANCELLING,
    DAWN,
    DRIVEN,
    FINISHED,
    QUEUED,
    RIVAL,
    RUN,
    WAITING,
    WORKER,
    Story,
)

from ghostly.domain.errors import NotItsDriver, RunAlreadyFinished
from ghostly.domain.events import (
    CancellationRequested,
    RunAbandoned,
    RunCancelled,
)
from ghostly.domain.run import Run, evolve, fold

NOW = DAWN + timedelta(seconds=10)
LATER = "2026-04-20T18:00:00.000Z"


def stopped(run: Run, driver_was: str = WORKER, stale: bool = True) -> list:
    return run.stop(NOW, driver_was=driver_was, reason="The worker is gone.", stale=stale)


def ending(story: Story):
    return story.events[-1]


# ---- request_cancellation


def test_a_run_that_is_driven_hears_that_it_shall_stop():
    [event] = DRIVEN.run.request_cancellation(NOW, by="ana", reason="wrong branch")

    assert event == CancellationRequested(RUN, 3, NOW, "user:ana", by="ana", reason="wrong branch")


def test_a_run_that_was_asked_to_stop_is_cancelling():
    assert CANCELLING.run.phase == "cancelling"


@pytest.mark.parametrize("story", [QUEUED, WAITING])
def test_a_run_that_nobody_drives_ends_with_the_request(story):
    request, end = story.run.request_cancellation(NOW, by="ana")

    assert isinstance(request, CancellationRequested)
    assert isinstance(end, RunCancelled)
    assert (end.actor, end.by, end.source, end.stale_after_restart) == ("user:ana", "ana", "user", None)


def test_a_finished_run_cannot_be_asked_to_stop():
    with pytest.raises(RunAlreadyFinished):
        FINISHED.run.request_cancellation(NOW, by="ana")


def test_asking_twice_to_stop_is_asking_once():
    run = Story().then(CancellationRequested, by="ana").run

    assert run.request_cancellation(NOW, by="bo") == []


# ---- stop


def test_a_run_whose_driver_is_dead_is_abandoned():
    [event] = stopped(DRIVEN.run)

    assert isinstance(event, RunAbandoned)
    assert (event.actor, event.source, event.stale_after_restart) == ("system", "system", True)
    assert (event.verdict, event.stop_reason) == ("inconclusive-environment", "abandoned")
    assert (event.cancelled, event.error) == (False, "The worker is gone.")


def test_a_run_whose_driver_is_shut_down_is_abandoned_and_not_stale():
    [event] = stopped(DRIVEN.run, stale=False)

    assert event.stale_after_restart is None


def test_a_run_that_was_asked_to_stop_ends_cancelled_though_its_driver_died():
    [event] = stopped(CANCELLING.run)

    assert isinstance(event, RunCancelled)
    assert (event.by, event.source, event.stale_after_restart, event.verdict) == ("ana", "user", True, None)


@pytest.mark.parametrize("story", [QUEUED, DRIVEN.decided(Run.release, worker=WORKER, reason="", due_at=LATER)])
def test_a_run_without_a_driver_is_nobodys_orphan(story):
    with pytest.raises(NotItsDriver):
        stopped(story.run)


def test_a_run_that_was_taken_over_is_not_stopped_for_its_old_driver():
    with pytest.raises(NotItsDriver):
        stopped(WAITING.decided(Run.assign, worker=RIVAL).run)


def test_stopping_a_finished_run_says_nothing():
    assert stopped(FINISHED.run) == []


# ---- cancel_orphaned


def test_a_cancel_ends_the_run_of_a_dead_driver_at_once():
    request, end = DRIVEN.run.cancel_orphaned(NOW, driver_was=WORKER, by="ana", reason="enough")

    assert (request.by, request.reason) == ("ana", "enough")
    assert isinstance(end, RunCancelled)
    assert (end.by, end.source, end.stale_after_restart) == ("ana", "user", True)


def test_a_second_cancel_ends_the_run_of_a_dead_driver_for_the_first():
    [end] = CANCELLING.run.cancel_orphaned(NOW, driver_was=WORKER, by="bo")

    assert (end.by, end.stale_after_restart) == ("ana", True)


def test_a_run_that_nobody_drives_any_more_is_cancelled_but_not_stale():
    story = WAITING.decided(Run.cancel_orphaned, driver_was=WORKER, by="ana")

    assert (story.run.phase, story.run.stale) == ("finished", False)


def test_a_run_that_was_taken_over_is_not_orphaned():
    with pytest.raises(NotItsDriver):
        DRIVEN.run.cancel_orphaned(NOW, driver_was=RIVAL, by="ana")


def test_a_finished_run_cannot_be_cancelled_as_an_orphan():
    with pytest.raises(RunAlreadyFinished):
        FINISHED.run.cancel_orphaned(NOW, driver_was=WORKER, by="ana")


# ---- folding


def test_a_run_begins_with_its_start():
    with pytest.raises(ValueError, match="not with DriverAssigned"):
        evolve(None, DRIVEN.events[1])


def test_no_events_are_no_run():
    with pytest.raises(ValueError, match="begins with RunStarted"):
        fold(None, [])


def test_a_clock_that_went_back_does_not_take_the_run_along():
    [event] = DRIVEN.run.request_cancellation(DAWN - timedelta(hours=1), by="ana")

    assert event.timestamp == DRIVEN.run.at


def test_a_run_that_ended_stale_says_so():
    story = DRIVEN.decided(Run.stop, driver_was=WORKER, reason="gone", stale=True)

    assert story.run.stale
    assert ending(story).stale_after_restart
