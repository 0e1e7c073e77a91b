from __future__ import annotations

from datetime import timedelta

import pytest
from stories import (
    CANCELLING,
    DAWN,
    DRIVEN,
    FINISHED,
    OWNER,
    PROJECT,
    QUEUED,
    RIVAL,
    RUN,
    STEP,
    WAITING,
    WORKER,
    said,
)

from ghostly.domain.errors import AlreadyDriven, NotItsDriver, RunAlreadyFinished
from ghostly.domain.events import (
    DriverAssigned,
    DriverReleased,
    RunCancelled,
    RunFailed,
    RunPassed,
    RunStarted,
    StepFailed,
    StepGivenUp,
    StepPassed,
    StepStarted,
)
from ghostly.domain.run import Run, say, start
from ghostly.domain.verdict import PASSED, Outcome, environment_failed, step_failed

NOW = DAWN + timedelta(seconds=10)
LATER = "2026-04-20T18:00:00.000Z"


def assigned(run: Run) -> list:
    return run.assign(NOW, worker=WORKER)


def released(run: Run, worker: str = WORKER) -> list:
    return run.release(NOW, worker=worker, reason="waiting", due_at=LATER)


def reported(run: Run, *facts, worker: str = WORKER) -> list:
    return run.report(NOW, worker=worker, facts=facts)


def finished(run: Run, worker: str = WORKER, outcome: Outcome = PASSED) -> list:
    return run.finish(NOW, worker=worker, outcome=outcome)


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


VIDEO = {"path": "./artifacts/run/video.webm", "sha256": "ab", "size": 2, "contentType": "video/webm"}


def test_an_ending_tells_which_files_were_made_of_the_run():
    outcome = Outcome(ok=False, error="no", video_path=VIDEO["path"], artifacts=(VIDEO,))

    [event] = finished(DRIVEN.run, outcome=outcome)

    assert (event.video_path, event.trace_path, event.artifacts) == (VIDEO["path"], None, [VIDEO])


def test_a_cancelled_run_keeps_the_files_that_were_made_of_it():
    [event] = finished(CANCELLING.run, outcome=Outcome(ok=True, artifacts=(VIDEO,)))

    assert (event.verdict, event.artifacts) == (None, [VIDEO])


def test_an_ending_tells_how_long_it_took_and_how_many_steps_there_were():
    steps = [
        say(StepStarted, index=0, step=STEP),
        say(StepPassed, index=0, step=STEP, duration_ms=7),
        say(StepStarted, index=1, step=STEP),
        say(StepFailed, index=1, step=STEP, duration_ms=7, error="no"),
    ]
    [event] = finished(said(DRIVEN, *steps).run)

    assert (event.duration_ms, event.total_steps, event.failed_steps) == (10_000, 2, 1)


def test_a_step_that_was_healed_is_no_failed_one():
    failed = say(StepFailed, index=0, step=STEP, duration_ms=7, error="no")
    healed = say(StepPassed, index=0, step=STEP, duration_ms=7, healed=True)
    [event] = finished(said(DRIVEN, say(StepStarted, index=0, step=STEP), failed, healed).run)

    assert (event.total_steps, event.failed_steps) == (1, 0)


def test_a_step_that_was_given_up_failed_once():
    failed = say(StepFailed, index=0, step=STEP, duration_ms=7, error="no")
    given_up = say(StepGivenUp, index=0, step=STEP, error="no", final=True)
    [event] = finished(said(DRIVEN, say(StepStarted, index=0, step=STEP), failed, given_up).run)

    assert (event.total_steps, event.failed_steps) == (1, 1)


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
