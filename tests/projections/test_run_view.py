from __future__ import annotations

import json
from asyncio import gather
from random import Random
from uuid import UUID

import msgspec
import pytest
from chance import SAYINGS, TRIES, histories
from hypothesis import given
from stores import attempt, begin
from stories import DRIVEN, QUEUED, RUN, STEP, WORKER, Story, begun, said

from ghostly.domain.events import LoopStateReached, PageSurveyed, StepFailed, StepPassed, StepStarted
from ghostly.domain.run import Run, say
from ghostly.domain.verdict import step_failed
from ghostly.event_log import decode
from ghostly.projections.run_record import fold
from ghostly.projections.run_view import Past, as_of, current, find_row, find_stand, listed, read_all

GOAL = {"goal": "buy a lamp", "model": "offline"}
SURVEYED = say(PageSurveyed, url="https://shop.example/", title="Lámparas", node_count=2, tree_markdown="- lamp")
PASSED = say(StepPassed, index=0, step=STEP, duration_ms=7, healed=True, a11y="- button: Save")
PLANNING = say(LoopStateReached, state="planning")


def shown(view: dict) -> dict:
    """The view as a client reads it."""
    return json.loads(msgspec.json.encode(view))


def view(story: Story) -> dict:
    return shown(as_of(story.stored))


# ---- as it was


@given(histories)
def test_a_record_as_it_was_is_the_fold_of_what_had_happened(story):
    for seq in range(1, len(story.events) + 1):
        past = Story(story.events[:seq])

        assert (view(past)["seq"], view(past)["phase"]) == (seq, past.run.phase)
        assert [step["index"] for step in view(past)["steps"]] == sorted(past.record.steps)


def test_a_new_run_shows_what_was_asked_and_how_it_stands():
    asked = view(Story(begun(tags=["a"], contextId="abc")))

    about = {"id": str(RUN), "baseUrl": "https://shop.example", "tags": ["a"], "contextId": "abc"}
    stands = {"status": "running", "phase": "queued", "finished": False, "seq": 1, "durationMs": 0, "steps": []}
    assert asked == asked | about | stands | {"startedAt": "2026-04-20T17:34:10.123Z", "events": []}


def test_a_new_run_shows_nothing_that_did_not_happen():
    later = {"finishedAt", "cancelRequestedAt", "verdict", "stopReason", "error", "cancelled", "assisted"}

    assert not later & set(view(QUEUED))


def test_a_finished_run_shows_when_and_how_it_ended():
    ended = view(DRIVEN.decided(Run.finish, worker=WORKER, outcome=step_failed("no such button")))

    assert (ended["finishedAt"], ended["durationMs"]) == ("2026-04-20T17:34:12.123Z", 2000)
    assert (ended["status"], ended["finished"], ended["error"]) == ("fail", True, "no such button")
    assert (ended["stopReason"], "verdict" in ended) == ("step-failed", False)


def test_a_cancelled_run_shows_who_asked_and_when():
    cancelled = view(QUEUED.decided(Run.request_cancellation, by="ana"))

    assert cancelled["cancelRequestedAt"] == "2026-04-20T17:34:11.123Z"
    assert cancelled["cancelled"] == {"by": "ana", "at": "2026-04-20T17:34:11.123Z", "stale": False}


def test_a_step_is_shown_with_its_tree():
    story = said(DRIVEN, say(StepStarted, index=0, step=STEP), PASSED)

    assert view(story)["steps"][0]["a11y"] == "- button: Save"


def test_a_step_that_was_done_again_is_shown_with_its_last_tree():
    failed = say(StepFailed, index=0, step=STEP, duration_ms=7, error="no", a11y="- old")

    assert view(said(DRIVEN, failed, PASSED))["steps"][0]["a11y"] == "- button: Save"


def test_steps_are_shown_in_the_order_of_their_indices():
    passed = [say(StepPassed, index=index, step=STEP, duration_ms=7) for index in (10, 2, 0)]

    assert [step["index"] for step in view(said(DRIVEN, *passed))["steps"]] == [0, 2, 10]


def test_a_manual_run_shows_no_events():
    assert view(said(DRIVEN, *SAYINGS))["events"] == []


def test_an_assisted_run_shows_its_events_as_the_stream_does():
    story = said(Story(begun(assisted=GOAL)).decided(Run.assign, worker=WORKER), SURVEYED, PLANNING)
    [survey, planning] = view(story)["events"]

    assert (survey["type"], survey["seq"], survey["payload"]["title"]) == ("recon", 3, "Lámparas")
    assert planning == {"type": "loop_state", "seq": 4, "at": planning["at"], "payload": {"state": "planning"}}


# ---- as it is


async def played(runs, seed: int, **request) -> UUID:
    chance, run_id = Random(seed), await begin(runs, **request)
    await attempt(runs, run_id, Run.assign, worker=WORKER)
    for decision, words in chance.choices(TRIES, k=12):
        await attempt(runs, run_id, decision, **words)
    return run_id


@pytest.mark.parametrize("request_", [{}, {"assisted": GOAL}], ids=["manual", "assisted"])
async def test_the_record_from_its_rows_is_the_record_from_the_log(runs, log, pool, request_):
    for run_id in await gather(*[played(runs, seed, tags=["ñ"], **request_) for seed in range(20)]):
        row = await find_row(pool, run_id)
        events = await read_all(log, run_id, up_to=row.seq)

        assert shown(current(row, await Past().up_to(log, row))) == shown(as_of(events))


@pytest.mark.parametrize("cut", range(9))
def test_a_past_that_was_told_in_two_parts_is_the_same(cut):
    events = said(Story(begun(assisted=GOAL)).decided(Run.assign, worker=WORKER), *SAYINGS).stored
    parts = Past()
    for part in (events[:cut], events[cut:]):
        parts = parts.and_then(part, assisted=True) if part else parts

    assert parts == Past().and_then(events, assisted=True)


async def test_a_record_of_the_past_is_the_fold_of_the_beginning(runs, log):
    run_id = await played(runs, seed=7)
    events = await log.read(run_id)
    for seq in range(1, len(events) + 1):
        past, record = as_of(events[:seq]), fold(map(decode, events[:seq]))

        assert (past["seq"], past["phase"], past["status"]) == (seq, record.run.phase, record.summary.status)


async def test_a_list_leaves_out_trees_and_events(runs, pool):
    run_id = await begin(runs, assisted=GOAL)
    await attempt(runs, run_id, Run.assign, worker=WORKER)
    await attempt(runs, run_id, Run.report, worker=WORKER, facts=SAYINGS)
    short = shown(listed(await find_row(pool, run_id)))

    assert "events" not in short
    assert [set(step) & {"a11y"} for step in short["steps"]] == [set(), set()]


async def test_a_long_history_is_read_whole(runs, log):
    run_id = await begin(runs)
    await attempt(runs, run_id, Run.assign, worker=WORKER)
    await attempt(runs, run_id, Run.report, worker=WORKER, facts=SAYINGS)

    assert [event.seq for event in await read_all(log, run_id, up_to=8, page=2)] == [1, 2, 3, 4, 5, 6, 7, 8]


async def test_reading_stops_where_it_was_told(runs, log):
    run_id = await played(runs, seed=7)

    assert [event.seq for event in await read_all(log, run_id, up_to=2)] == [1, 2]


async def test_what_nobody_started_has_no_rows(pool):
    assert await find_row(pool, RUN) is None
    assert await find_stand(pool, RUN) is None
