from __future__ import annotations

import json
from dataclasses import fields
from typing import get_args

import pytest
from chance import events, facts, histories
from hypothesis import given
from hypothesis import strategies as st
from stories import DAWN, DRIVEN, RUN, STEP, WORKER, Story, encoded, row, said

from ghostly.domain import events as ev
from ghostly.domain.moment import rfc3339
from ghostly.domain.run import Run, say
from ghostly.domain.verdict import PASSED
from ghostly.event_log import Stored
from ghostly.projections.timeline import WIRE, Frame, end_message, frame, ping_message, status_message

NAMES = {
    ev.StepStarted: "step_start",
    ev.StepPassed: "step_success",
    ev.StepFailed: "step_failure",
    ev.StepGivenUp: "step_failure",
    ev.HealingStarted: "heal_start",
    ev.HealingAttempted: "heal_action",
    ev.HealingSucceeded: "heal_success",
    ev.HealingFailed: "heal_failure",
    ev.PageSurveyed: "recon",
    ev.StepsPlanned: "plan_chunk",
    ev.LoopStateReached: "loop_state",
    ev.HorizonStarted: "horizon_start",
    ev.HorizonEnded: "horizon_end",
    ev.VictoryChecked: "victory_check",
    ev.MemoryRecalled: "memory_hit",
    ev.MemoryMissed: "memory_miss",
    ev.VerdictGiven: "judge_verdict",
    ev.RunPassed: "run_end",
    ev.RunFailed: "run_end",
    ev.RunCancelled: "run_end",
    ev.RunAbandoned: "run_end",
}
COLUMNS = {"originator_id", "originator_version", "timestamp", "actor"}


def framed(event: ev.Event) -> Frame:
    return frame(row(encoded(event), event.originator_id))


def told(event: ev.Event) -> dict:
    """What the event says on the wire, made from the event itself."""
    names = [field.name for field in fields(event) if field.name not in COLUMNS]
    payload = {camel(name): getattr(event, name) for name in names if getattr(event, name) is not None}
    place = {"seq": event.originator_version, "at": rfc3339(event.timestamp)}
    step = {"stepIndex": event.index} if isinstance(event, ev.StepEvent) else {}
    return {"kind": "assist", "type": NAMES[type(event)], **place, **step, "payload": payload}


def camel(name: str) -> str:
    return "".join(word if n == 0 else word.capitalize() for n, word in enumerate(name.split("_")))


def data(message: bytes) -> dict:
    return json.loads(message.split(b"data: ", 1)[1])


wired = st.one_of(map(facts, NAMES))


# ---- names


@pytest.mark.parametrize(("fact", "name"), NAMES.items(), ids=lambda it: getattr(it, "__name__", it))
def test_every_fact_has_its_name_on_the_wire(fact, name):
    assert WIRE[fact.TOPIC] == name


@pytest.mark.parametrize("fact", get_args(ev.Life))
def test_who_asks_and_who_drives_is_not_told(fact):
    assert fact.TOPIC not in WIRE


def test_the_wire_knows_nothing_that_cannot_happen():
    assert set(WIRE) == {fact.TOPIC for fact in NAMES}


# ---- frames


@given(wired)
def test_a_frame_says_what_the_event_says(event):
    assert data(framed(event).bytes) == told(event)


@given(wired)
def test_a_frame_is_one_message_of_three_lines(event):
    head = f"id: {event.originator_version}\nevent: assist\ndata: {{".encode()

    assert framed(event).bytes.startswith(head)
    assert framed(event).bytes.endswith(b"}\n\n")
    assert (framed(event).bytes.count(b"\n"), framed(event).bytes.count(b"\r")) == (4, 0)


@given(events)
def test_a_frame_knows_where_it_belongs(event):
    frame = framed(event)

    assert (frame.seq, frame.at, frame.topic) == (event.originator_version, event.timestamp, event.TOPIC)
    assert frame.type == NAMES.get(type(event))


@given(st.one_of(map(facts, get_args(ev.Life))))
def test_a_fact_without_a_name_has_an_empty_frame(event):
    assert (framed(event).bytes, framed(event).type, framed(event).ending) == (b"", None, None)


@given(wired)
def test_the_payload_is_the_stored_text_itself(event):
    assert encoded(event).data.encode() in framed(event).bytes


@given(histories)
def test_frames_of_two_parts_are_the_frames_of_the_whole(story):
    for cut in range(len(story.stored) + 1):
        parts = [*map(frame, story.stored[:cut]), *map(frame, story.stored[cut:])]

        assert parts == [framed(event) for event in story.events]


@given(histories)
def test_only_the_last_frame_ends_a_stream(story):
    endings = [frame(stored).ending for stored in story.stored]

    assert endings[:-1] == [None] * (len(endings) - 1)
    assert endings[-1] == (None if story.run.phase != "finished" else story.record.summary.status)


# ---- what other programs wrote


def test_a_topic_from_the_future_has_an_empty_frame():
    assert frame(Stored(9, RUN, 3, "run-teleported", 1, DAWN, "system", "{}")).bytes == b""


def test_what_is_new_in_a_known_fact_is_told_as_well():
    newer = Stored(9, RUN, 3, "memory-missed", 2, DAWN, "system", '{"horizon":1,"whatElse":{"new_one":[1]}}')

    assert data(frame(newer).bytes)["payload"] == {"horizon": 1, "whatElse": {"new_one": [1]}}


def test_an_erased_fact_is_told_without_what_it_said():
    erased = data(frame(Stored(9, RUN, 3, "step-started", 1, DAWN, "system", None)).bytes)

    assert (erased["type"], erased["seq"], erased["payload"]) == ("step_start", 3, {})


# ---- endings


def ended(story: Story) -> dict:
    return data(frame(story.stored[-1]).bytes)["payload"]


def test_a_run_end_says_what_the_contract_says():
    passed = said(DRIVEN, say(ev.StepStarted, index=0, step=STEP)).decided(
        Run.finish, worker=WORKER, outcome=PASSED
    )
    counts = {"durationMs": 3000, "totalSteps": 1, "failedSteps": 0}
    verdict = {"verdict": "success", "verdictReason": PASSED.verdict_reason, "verdictSource": "check"}

    assert ended(passed) == {"ok": True, "status": "pass", "cancelled": False, **counts, **verdict}


def test_a_cancelled_run_ends_for_its_user():
    end = ended(
        DRIVEN.decided(Run.request_cancellation, by="ana").decided(Run.finish, worker=WORKER, outcome=PASSED)
    )

    assert (end["ok"], end["status"], end["cancelled"], end["source"]) == (False, "fail", True, "user")
    assert "staleAfterRestart" not in end


def test_a_cancelled_run_of_a_dead_driver_ends_stale():
    end = ended(DRIVEN.decided(Run.cancel_orphaned, driver_was=WORKER, by="ana"))

    assert (end["cancelled"], end["source"], end["staleAfterRestart"]) == (True, "user", True)


def test_an_abandoned_run_ends_for_the_system():
    end = ended(DRIVEN.decided(Run.stop, driver_was=WORKER, reason="gone", stale=True))

    assert (end["cancelled"], end["source"], end["staleAfterRestart"]) == (False, "system", True)
    assert end["verdict"] == "inconclusive-environment"


# ---- the messages around them


def test_the_opening_status_has_no_id():
    message = b'event: status\ndata: {"kind":"status","status":"running","at":"2026-04-20T17:34:10.123Z"}\n\n'

    assert status_message("running", DAWN) == message


def test_the_closing_status_has_the_id_of_the_ending():
    assert status_message("pass", DAWN, 7).startswith(
        b'id: 7\nevent: status\ndata: {"kind":"status","status":"pass"'
    )


def test_the_end_is_now():
    assert end_message(DAWN) == b'event: end\ndata: {"kind":"end","at":"2026-04-20T17:34:10.123Z"}\n\n'


def test_a_ping_is_a_number():
    assert ping_message(DAWN) == b"event: ping\ndata: 1776706450123\n\n"
