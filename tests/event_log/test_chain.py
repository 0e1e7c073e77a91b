"""The chain, computed again with what Python brings along: as an auditor would."""

from __future__ import annotations

import json
from hashlib import sha256
from uuid import UUID

from chance import events, texts, times
from hypothesis import given
from hypothesis import strategies as st
from stories import RUN, encoded

from ghostly.domain.moment import rfc3339
from ghostly.event_log import chained, genesis
from ghostly.event_log.chain import digest, link

digests = st.binary(min_size=32, max_size=32)


def recomputed(before: bytes, *array) -> bytes:
    text = json.dumps(array, ensure_ascii=False, separators=(",", ":"))
    return sha256(before + text.encode()).digest()


@given(digests, st.integers(1, 2**31 - 1), texts, st.integers(1, 99), times.map(rfc3339), texts, digests)
def test_a_hash_is_that_of_the_one_before_and_a_compact_array(before, seq, topic, version, at, actor, payload):
    expected = recomputed(before, seq, topic, version, at, actor, payload.hex())

    assert link(before, seq, topic, version, at, actor, payload) == expected


@given(st.binary(max_size=16), st.binary(max_size=99))
def test_a_payload_is_known_by_its_salted_digest(salt, data):
    assert digest(salt, data) == sha256(salt + data).digest()


def test_a_chain_begins_with_kind_and_id():
    assert genesis("run", RUN) == sha256(b"ghostly/run/01980000-0000-7000-8000-000000000001").digest()


@given(st.lists(events.map(encoded), min_size=1, max_size=5))
def test_every_event_is_chained_to_the_one_before(stored):
    before = genesis("run", RUN)
    for event, hashed in zip(stored, chained(before, stored), strict=True):
        data = sha256(event.salt + event.data.encode()).hexdigest()
        before = recomputed(before, event.seq, event.topic, event.version, rfc3339(event.at), event.actor, data)

        assert hashed == before


@given(events)
def test_two_events_that_say_the_same_have_different_digests(event):
    assert encoded(event).digest != encoded(event).digest


FIRST = "efda9bf2b9d08fa471e2b863aeb398bc3bdee749af8d643f33800fbf146f0055"
LAST = "56bae5774025065894a4a044136d1cf64949d9f0b671d223fd127593a127b8eb"


def test_the_chain_is_fixed_for_ever():
    payload = digest(bytes(16), '{"worker":"Ánna"}'.encode())
    first = genesis("run", UUID(int=1))

    assert first.hex() == FIRST
    assert link(first, 1, "driver-assigned", 1, "2026-04-20T17:34:10.123Z", "worker:Ánna", payload).hex() == LAST
