from __future__ import annotations

from datetime import timedelta

import pytest
from stories import DAWN, DRIVEN, OWNER, PROJECT, QUEUED, RIVAL, RUN, STEP, WORKER, Story, said

from ghostly.domain.errors import AlreadyDriven, NotItsDriver, RunAlreadyFinished
from ghostly.domain.events import (
    CancellationRequested,
    DriverAssigned,
    DriverReleased,
    RunAbandoned,
    RunCancelled,
    RunFailed,
    RunPassed,
    RunStarted,
    StepFailed,
    StepPassed,
    StepStarted,
)
from ghostly.domain.run import Run, evolve, fold, say, start
from ghostly.domain.verdict import PASSED, Outcome, environment_failed, step_failed

NOW = DAWN + timedelta(seconds=10)
LATER = "2026-04-20T18:00:00.000Z"

FINISHED = DRIVEN.decided(Run.finish, worker=WORKER, outcome=PASSED)
CANCELLING = DRIVEN.decided(Run.request_cancellation, by="ana")
WAITING = DRIVEN.decided(Run.release, worker=WORKER, reason="waiting", due_at=LATER)


def assigned(run: Run) -> list:
    return run.assign(NOW, worker=WORKER)


def released(run: Run, worker: str = WORKER) -> list:
    return run.release(NOW, worker=worker, reason="waiting", due_at=LATER)


def reported(run: Run, *facts, worker: str = WORKER) -> list:
    return run.report(NOW, worker=worker, facts=facts)


def finished(run: Run, worker: str = WORKER, outcome: Outcome = PASSED) -> list:
    return run.finish(NOW, worker=worker, outcome=outcome)


def stopped(run: Run, driver_was: str = WORKER, stale: bool = True) -> list:
    return run.stop(NOW, driver_was=driver_was, reason="The worker is gone.", stale=stale)


def ending(story: Story):
    return story.events[-1]


# ---- start


def test_asking_for_a_flow_begins_a_run():
    [event] = start(RUN, NOW, owner=str(OWNER), project=str(PROJECT), flow={"steps": []}, request={"tags": ["a"]})

    expected = {"owner": str(OWNER), "project": str(PROJECT), "flow": {"steps": []}, "request": {"tags": ["a"]}}
    assert event == RunStarted(RUN, 1, NOW, f"user:{OWNER}", **expected)


def test_a_run_that_was_begun_waits_for_a_driver():
    assert QUEUED.run == Run(id=RUN, seq=1, at=DAWN, started_at=DAWN)
    assert QUEUED.run.phase == "queued"


# ---- assign


def test_a_queued_run_gets_its_driver():
    assert assigned(QUEUED.run) == [DriverAssigned(RUN, 2, NOW, f"worker:{WORKER}", worker=WORKER)]


def test_a_waiting_run_gets_another_driver():
    assert WAITING.decided(Run.assign, worker=RIVAL).run.driver == RIVAL


def test_a_run_that_somebody_drives_is_not_taken_from_them():
    with pytest.raises(AlreadyDriven, match=WORKER):
        DRIVEN.run.assign(NOW, worker=RIVAL)


def test_a_finished_run_gets_no_driver():
    with pytest.raises(RunAlreadyFinished):
        assigned(FINISHED.run)


def test_taking_a_run_twice_is_taking_it_once():
    assert assigned(DRIVEN.run) == []


def test_a_run_with_a_driver_is_running():
    assert DRIVEN.run.phase == "running"


# ---- release


def test_a_driver_lets_its_run_go():
    assert released(DRIVEN.run) == [
        DriverReleased(RUN, 3, NOW, f"worker:{WORKER}", reason="waiting", due_at=LATER)
    ]


def test_a_run_that_was_let_go_waits():
    assert (WAITING.run.phase, WAITING.run.driver) == ("waiting", None)


def test_a_run_that_was_handed_back_is_queued_again():
    handed_back = DRIVEN.decided(Run.release, worker=WORKER, reason="shutting down", due_at=LATER)

    assert handed_back.run.phase == "queued"


def test_letting_go_of_a_run_that_was_asked_to_stop_ends_it():
    [event] = released(CANCELLING.run)

    assert isinstance(event, RunCancelled)
    assert (event.by, event.stale_after_restart) == ("ana", None)


def test_nobody_lets_go_of_the_run_of_another():
    with pytest.raises(NotItsDriver):
        released(DRIVEN.run, worker=RIVAL)


def test_a_finished_run_cannot_be_let_go():
    with pytest.raises(RunAlreadyFinished):
        released(FINISHED.run)


def test_letting_go_twice_is_letting_go_once():
    assert released(WAITING.run) == []


# ---- report


def test_a_driver_tells_what_happened_in_order():
    began, passed = say(StepStarted, index=0, step=STEP), say(StepPassed, index=0, step=STEP, duration_ms=7)
    actor = f"worker:{WORKER}"

    assert reported(DRIVEN.run, began, passed) == [
        StepStarted(RUN, 3, NOW, actor, index=0, step=STEP),
        StepPassed(RUN, 4, NOW, actor, index=0, step=STEP, duration_ms=7),
    ]


def test_a_driver_still_reports_on_a_run_that_was_asked_to_stop():
    assert len(reported(CANCELLING.run, say(StepStarted, index=0, step=STEP))) == 1


def test_nobody_reports_on_the_run_of_another():
    with pytest.raises(NotItsDriver, match=f"driven by {WORKER}, not by {RIVAL}"):
        reported(DRIVEN.run, worker=RIVAL)


def test_nobody_reports_on_a_run_without_a_driver():
    with pytest.raises(NotItsDriver, match="driven by nobody"):
        reported(QUEUED.run)


def test_nothing_is_reported_on_a_finished_run():
    with pytest.raises(RunAlreadyFinished):
        reported(FINISHED.run)


def test_a_driver_without_news_says_nothing():
    assert reported(DRIVEN.run) == []


# ---- finish


def test_a_flow_that_reached_its_end_passed():
    [event] = finished(DRIVEN.run)

    assert isinstance(event, RunPassed)
    assert (event.ok, event.status, event.verdict, event.cancelled) == (True, "pass", "success", False)


def test_a_flow_that_ended_elsewhere_failed():
    [event] = finished(DRIVEN.run, outcome=step_failed("no such button"))

    assert isinstance(event, RunFailed)
    assert (event.ok, event.status, event.error, event.verdict) == (False, "fail", "no such button", None)


def test_the_end_of_a_run_that_was_asked_to_stop_is_cancelled_whatever_its_driver_found():
    [event] = finished(CANCELLING.run)

    assert isinstance(event, RunCancelled)
    assert (event.by, event.source, event.status, event.cancelled) == ("ana", "user", "fail", True)
    assert (event.stop_reason, event.verdict, event.stale_after_restart) == ("cancelled", None, None)


def test_an_ending_tells_how_long_it_took_and_how_many_steps_there_were():
    steps = [
        say(StepStarted, index=0, step=STEP),
        say(StepPassed, index=0, step=STEP, duration_ms=7),
        say(StepStarted, index=1, step=STEP),
        say(StepFailed, index=1, step=STEP, duration_ms=7, error="no"),
    ]
    [event] = finished(said(DRIVEN, *steps).run)

    assert (event.duration_ms, event.total_steps, event.failed_steps) == (10_000, 2, 1)


def test_a_verdict_rests_on_the_last_outcome_unless_the_driver_names_others():
    stepped = said(DRIVEN, say(StepPassed, index=0, step=STEP, duration_ms=7)).run
    named = Outcome(ok=True, verdict="success", evidence=(1, 2))

    assert finished(stepped)[0].verdict_evidence == [3]
    assert finished(stepped, outcome=named)[0].verdict_evidence == [1, 2]


def test_a_verdict_without_any_outcome_rests_on_nothing():
    assert finished(DRIVEN.run, outcome=environment_failed("no browser"))[0].verdict_evidence is None


def test_nobody_ends_the_run_of_another():
    with pytest.raises(NotItsDriver):
        finished(DRIVEN.run, worker=RIVAL)


def test_ending_twice_is_ending_once():
    assert finished(FINISHED.run) == []


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
