from __future__ import annotations

from itertools import accumulate
from typing import get_args

import msgspec
import pytest
from chance import facts, histories
from hypothesis import given
from hypothesis import strategies as st
from stories import (
    DAWN,
    DRIVEN,
    OWNER,
    PROJECT,
    QUEUED,
    RUN,
    SECOND,
    STEP,
    WORKER,
    Story,
    begun,
    read_back,
    said,
)

from ghostly.domain.events import (
    FACTS,
    DriverReleased,
    Ending,
    RunStarted,
    StepFailed,
    StepPassed,
    StepStarted,
)
from ghostly.domain.run import Run, say
from ghostly.domain.verdict import PASSED, step_failed
from ghostly.projections.run_record import (
    MAX_SENTENCE,
    PROJECTION_VERSION,
    RunRecord,
    StepRecord,
    Summary,
    begin,
    encode,
    fold,
    head,
    outcome,
    project,
)

LATER = "2026-04-20T18:00:00.000Z"


def summary(story: Story) -> Summary:
    return story.record.summary


# ---- laws


@given(histories)
def test_what_is_shown_and_what_the_rules_know_are_in_the_same_phase(story):
    for record in told(story):
        assert record.summary.phase == record.run.phase


@given(histories)
def test_a_run_is_running_exactly_while_it_has_no_ending(story):
    for record, event in zip(told(story), story.events, strict=True):
        assert (record.summary.status == "running") == (not isinstance(event, get_args(Ending)))


@given(histories)
def test_the_record_has_seen_the_last_event_and_agrees_on_the_driver(story):
    assert summary(story).seq == story.record.run.seq == len(story.events)
    assert summary(story).driver == story.run.driver


@given(histories)
def test_a_run_is_due_only_while_it_waits_for_a_driver(story):
    assert summary(story).due_at is None or story.run.phase in {"queued", "waiting"}


@given(histories)
def test_rows_written_one_event_at_a_time_say_what_the_fold_says(story):
    rows = Rows(story)
    for event in story.events[1:]:
        rows.write(event)

    assert rows.record() == story.record


@given(histories)
def test_a_record_folded_from_the_log_is_the_one_that_was_written(story):
    assert fold(map(read_back, story.events)) == story.record


@given(histories)
def test_folding_on_is_folding_at_once(story):
    for cut in range(1, len(story.events) + 1):
        assert fold(story.events[cut:], fold(story.events[:cut])) == story.record


@given(st.one_of(map(facts, set(FACTS) - {RunStarted, DriverReleased})))
def test_whatever_happens_is_folded(event):
    assert fold([*QUEUED.events, event]).summary.seq == event.originator_version


def told(story: Story) -> list[RunRecord]:
    first = begin(story.events[0])
    return [*accumulate(story.events[1:], lambda record, event: fold([event], record), initial=first)]


class Rows:
    """What ``Runs`` keeps: JSON after each event, and nothing else."""

    def __init__(self, story: Story) -> None:
        self.first = begin(story.events[0])
        self.summary, self.run = encode(self.first.summary), encode(self.first.run)
        self.steps: dict[int, str] = {}

    def write(self, event) -> None:
        before = msgspec.json.decode(self.summary, type=Summary)
        step = outcome(before, event)
        self.steps |= {step.index: encode(step)} if step else {}
        self.summary = encode(project(before, event))
        self.run = encode(fold([event], self.record()).run)

    def record(self) -> RunRecord:
        steps = {index: msgspec.json.decode(step, type=StepRecord) for index, step in self.steps.items()}
        run, stands = msgspec.json.decode(self.run, type=Run), msgspec.json.decode(self.summary, type=Summary)
        return msgspec.structs.replace(self.first, run=run, summary=stands, steps=steps)


# ---- what is shown


def test_a_record_begins_with_what_was_asked():
    record = Story(begun(tags=["a"], contextId="abc")).record

    assert (record.id, record.owner, record.project, record.started_at) == (RUN, OWNER, PROJECT, DAWN)
    assert record.about == {"baseUrl": "https://shop.example", "tags": ["a"], "contextId": "abc"}
    assert record.summary == Summary(seq=1)


def test_a_driven_run_is_due_for_nobody():
    assert summary(DRIVEN) == Summary(seq=2, phase="running", driver=WORKER)


def test_a_waiting_run_is_due_when_its_driver_said():
    waiting = DRIVEN.decided(Run.release, worker=WORKER, reason="waiting", due_at=LATER)

    assert (summary(waiting).phase, summary(waiting).due_at.isoformat()) == (
        "waiting",
        "2026-04-20T18:00:00+00:00",
    )


def test_a_step_that_passed_is_shown_with_its_start():
    story = said(DRIVEN, say(StepStarted, index=0, step=STEP))
    story = said(
        story, say(StepPassed, index=0, step=STEP, duration_ms=7, note="2 match", screenshot_path="./a.png")
    )

    expected = {"started_at": "2026-04-20T17:34:12.123Z", "duration_ms": 7, "note": "2 match"}
    assert story.record.steps == {
        0: StepRecord(index=0, action="click", ok=True, screenshot_path="./a.png", **expected)
    }


def test_a_step_that_failed_is_shown_with_its_error():
    story = said(DRIVEN, say(StepFailed, index=1, step=STEP, duration_ms=7, error="no such button"))
    step = story.record.steps[1]

    assert (step.ok, step.error, step.healed) == (False, "no such button", False)


def test_a_step_remembers_where_its_tree_is_and_not_the_tree():
    story = said(DRIVEN, say(StepPassed, index=0, step=STEP, duration_ms=7, a11y="- button: Save"))

    assert story.record.steps[0].a11y_seq == 3
    assert "Save" not in encode(story.record.steps[0])


def test_a_step_that_was_done_again_is_shown_as_it_ended_last():
    failed = say(StepFailed, index=0, step=STEP, duration_ms=7, error="no such button")
    healed = say(StepPassed, index=0, step=STEP, duration_ms=9, healed=True)
    story = said(DRIVEN, failed, healed)

    assert (story.record.steps[0].ok, story.record.steps[0].healed, summary(story).healed_steps) == (True, True, 1)
    assert story.record.steps[0].error is None


def test_a_step_without_an_outcome_is_not_shown():
    assert said(DRIVEN, say(StepStarted, index=0, step=STEP)).record.steps == {}


def test_a_run_that_passed_shows_its_verdict():
    stands = summary(DRIVEN.decided(Run.finish, worker=WORKER, outcome=PASSED))

    assert (stands.phase, stands.status, stands.verdict) == ("finished", "pass", "success")
    assert (stands.finished_at, stands.duration_ms) == (DAWN + 2 * SECOND, 2000)


def test_a_run_that_was_asked_to_stop_shows_since_when():
    stands = summary(DRIVEN.decided(Run.request_cancellation, by="ana"))

    assert (stands.phase, stands.status, stands.cancel_requested_at) == (
        "cancelling",
        "running",
        DAWN + 2 * SECOND,
    )


def test_a_cancelled_run_shows_who_asked():
    stands = summary(QUEUED.decided(Run.request_cancellation, by="ana"))

    assert stands.cancelled == {"by": "ana", "at": "2026-04-20T17:34:11.123Z", "stale": False}
    assert (stands.status, stands.verdict, stands.stop_reason) == ("fail", None, "cancelled")


def test_a_run_that_was_cancelled_for_a_dead_driver_shows_it():
    stale = DRIVEN.decided(Run.cancel_orphaned, driver_was=WORKER, by="ana")

    assert summary(stale).cancelled["stale"] is True


def test_an_abandoned_run_was_not_cancelled():
    stands = summary(DRIVEN.decided(Run.stop, driver_was=WORKER, reason="The worker is gone.", stale=True))

    assert (stands.status, stands.cancelled, stands.verdict) == ("fail", None, "inconclusive-environment")
    assert stands.error == "The worker is gone."


def test_a_summary_stays_small_whatever_a_page_says():
    story = said(DRIVEN, say(StepFailed, index=0, step=STEP, duration_ms=7, error="x" * 100_000))
    story = story.decided(Run.finish, worker=WORKER, outcome=step_failed("x" * 100_000))

    assert len(summary(story).error) == MAX_SENTENCE
    assert len(encode(summary(story))) < 2048


# ---- the row


def test_the_row_repeats_what_is_looked_for_in_it():
    record = DRIVEN.record
    stands = head(record.run, record.summary)

    assert (stands.phase, stands.status, stands.driver, stands.due_at) == ("running", "running", WORKER, None)
    assert (stands.version, stands.begins) == (PROJECTION_VERSION, None)


def test_a_record_begins_with_its_start():
    with pytest.raises(ValueError, match="not with DriverAssigned"):
        fold(DRIVEN.events[1:])


def test_no_events_are_no_record():
    with pytest.raises(ValueError, match="no events"):
        fold([])
