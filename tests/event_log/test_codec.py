from __future__ import annotations

import json
import subprocess
import sys

import pytest
from chance import dirty_texts, events, facts
from hypothesis import given
from hypothesis import strategies as st
from stories import DAWN, RUN, encoded, read_back, row

from ghostly.domain.events import (
    FACTS,
    TOPICS,
    CancellationRequested,
    HealingAttempted,
    LoopStateReached,
    PageSurveyed,
    RunStarted,
    StepEvent,
    StepFailed,
    StepsPlanned,
    VerdictGiven,
)
from ghostly.event_log import PayloadTooLarge, Stored, decode, encode
from ghostly.event_log.codec import MARK, MAX_PAYLOAD

PLACE = (RUN, 1, DAWN, "system")
dirty = st.one_of([facts(fact, dirty_texts) for fact in FACTS])


def surveyed(tree: str) -> PageSurveyed:
    return PageSurveyed(*PLACE, url="https://shop.example/", title="Shop", node_count=1, tree_markdown=tree)


# ---- what comes back


@given(events)
def test_every_event_comes_back(event):
    assert read_back(event) == event


@given(dirty)
def test_what_comes_back_is_what_was_promised(event):
    promised, stored = encode(event)

    assert decode(row(stored, event.originator_id)) == promised


@given(events)
def test_an_event_is_stored_under_its_topic_place_and_time(event):
    stored = encoded(event)

    assert (stored.seq, stored.topic) == (event.originator_version, event.TOPIC)
    assert (stored.at, stored.actor) == (event.timestamp, event.actor)


@given(events)
def test_what_has_a_column_or_was_not_said_is_not_in_the_payload(event):
    payload = json.loads(encoded(event).data)

    assert not {"timestamp", "actor", "originatorId", "originatorVersion", "classVersion"} & set(payload)
    assert None not in payload.values()


def test_names_are_written_as_the_wire_writes_them():
    healed = HealingAttempted(*PLACE, index=0, heal_id="h", step={"snake_case": 1}, rationale="", runner_up={})

    named = '{"index":0,"healId":"h","step":{"snake_case":1},"rationale":"","runnerUp":{}}'
    assert encoded(healed).data == named


@given(st.one_of([facts(fact) for fact in FACTS if issubclass(fact, StepEvent)]))
def test_a_step_fact_begins_with_its_index(event):
    assert encoded(event).data.startswith(f'{{"index":{event.index}')


def test_the_version_of_a_start_is_two_and_of_all_others_one():
    assert {topic: getattr(fact, "class_version", 1) for topic, fact in TOPICS.items()} == {
        topic: 2 if fact is RunStarted else 1 for topic, fact in TOPICS.items()
    }


def test_two_facts_have_two_topics():
    assert len(TOPICS) == len(FACTS)


READ_FIRST = """
from datetime import UTC, datetime
from uuid import UUID
from ghostly.event_log import Stored, decode
print(decode(Stored(1, UUID(int=1), 2, "memory-missed", 1, datetime.now(UTC), "system", '{"horizon":3}')).horizon)
"""


def test_a_process_that_only_reads_knows_every_topic():
    told = subprocess.run([sys.executable, "-c", READ_FIRST], capture_output=True, check=True, text=True)

    assert told.stdout == "3\n"


# ---- what the database cannot hold


@given(dirty)
def test_no_nul_and_no_half_letter_is_stored(event):
    data = encoded(event).data

    assert "\\u0000" not in data
    data.encode()


def test_nul_goes_from_values_and_names():
    reached = LoopStateReached(*PLACE, state="a\0b", details={"c\0d": ["e\0", {"\0f": "\0"}]})

    assert read_back(reached) == LoopStateReached(*PLACE, state="ab", details={"cd": ["e", {"f": ""}]})


def test_half_a_letter_becomes_a_sign_that_one_was_there():
    reached = LoopStateReached(*PLACE, state="a\ud800b", details={"\udfff": ["\ud83d"]})

    assert read_back(reached) == LoopStateReached(*PLACE, state="a�b", details={"�": ["�"]})


def test_a_letter_of_two_halves_is_whole():
    assert read_back(surveyed("😀")) == surveyed("😀")


def test_what_only_looks_like_nul_is_kept():
    assert read_back(surveyed("\\u0000")) == surveyed("\\u0000")


# ---- sizes


def size(event) -> int:
    return len(encoded(event).data.encode())


FITS = MAX_PAYLOAD - size(surveyed(""))


def test_what_just_fits_is_kept_whole():
    assert read_back(surveyed("x" * FITS)) == surveyed("x" * FITS)
    assert size(surveyed("x" * FITS)) == MAX_PAYLOAD


def test_what_is_a_byte_too_long_is_shortened_and_marked():
    assert read_back(surveyed("x" * (FITS + 1))).tree_markdown == "x" * 65_536 + MARK


def test_bytes_count_and_not_letters():
    assert size(surveyed("é" * (FITS // 2 + 1))) <= MAX_PAYLOAD


@pytest.mark.parametrize("count", [2, 5, 40, 300])
def test_many_long_texts_are_all_shortened(count):
    checks = [{"check": "x" * 70_000, "deep": {"er": ["y" * 70_000]}}] * count
    planned = StepsPlanned(*PLACE, steps=checks, source="strategist", has_more=False)

    assert size(planned) <= MAX_PAYLOAD
    assert read_back(planned).steps[0]["check"].endswith(MARK)


def test_what_is_shortened_comes_back_as_was_promised():
    promised, stored = encode(surveyed("é" * MAX_PAYLOAD))

    assert decode(row(stored, RUN)) == promised


def test_short_texts_beside_a_long_one_stay_whole():
    failed = StepFailed(
        *PLACE, index=3, step={"action": "click"}, duration_ms=7, error="x" * MAX_PAYLOAD, note="n"
    )

    assert (read_back(failed).index, read_back(failed).step) == (3, {"action": "click"})


def test_a_start_is_refused_rather_than_shortened():
    flow = {"baseUrl": "https://shop.example", "steps": [{"action": "fill", "value": "x" * MAX_PAYLOAD}]}

    with pytest.raises(PayloadTooLarge, match="RunStarted is larger than 262144 bytes"):
        encode(RunStarted(*PLACE, owner="ana", project="shop", flow=flow, request={}))


def test_what_no_shortening_helps_is_refused():
    given = {"reason": "", "verdict": "", "confidence": "", "reasoning": "", "evidence": []}

    with pytest.raises(PayloadTooLarge):
        encode(VerdictGiven(*PLACE, **given, evidence_seqs=[10**9] * 100_000))


# ---- what was stored by others


def test_an_erased_payload_is_empty():
    stored = Stored(1, RUN, 1, "no-such-topic", 1, DAWN, "system", None)

    assert decode(stored).data == {}


def test_what_was_not_said_is_none():
    stored = Stored(1, RUN, 1, "cancellation-requested", 1, DAWN, "user:ana", '{"by":"ana"}')

    assert decode(stored) == CancellationRequested(RUN, 1, DAWN, "user:ana", by="ana", reason=None)
