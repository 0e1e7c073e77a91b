"""What other versions of the program wrote, or will write."""

from __future__ import annotations

import msgspec
from chance import jsons, texts
from hypothesis import given
from hypothesis import strategies as st
from stories import DAWN, DRIVEN, OWNER, PROJECT, QUEUED, RUN, WORKER, Story, begun, encoded, row

from ghostly.domain.events import RunStarted, UnknownFact
from ghostly.event_log import Stored, decode
from ghostly.projections.run_record import encode, fold

OLD = '{{"owner":"{}","project":"{}","flow":{},"contextId":"abc","tags":["a"]}}'


def test_a_start_of_version_1_reads_like_one_of_today():
    flow = encode(QUEUED.events[0].flow)
    old = Stored(1, RUN, 1, "run-started", 1, DAWN, f"user:{OWNER}", OLD.format(OWNER, PROJECT, flow))

    assert decode(old) == begun(contextId="abc", tags=["a"])[0]
    assert fold([decode(old)]) == Story(begun(contextId="abc", tags=["a"])).record


def test_a_start_of_version_1_without_tags_has_none():
    state = {"context_id": None}
    RunStarted.upcast_v1_v2(state)

    assert state == {"request": {}}


@given(texts, st.dictionaries(texts, jsons(texts), max_size=3))
def test_a_fact_from_the_future_changes_nothing_but_the_seq(topic, data):
    new = DRIVEN.then(UnknownFact, topic=topic, data=data)

    assert new.record.summary == msgspec.structs.replace(DRIVEN.record.summary, seq=3)
    assert new.record.steps == {}


def test_a_topic_from_the_future_is_an_unknown_fact():
    stored = Stored(9, RUN, 3, "run-teleported", 7, DAWN, "system", '{"where":"Ωmega"}')

    assert decode(stored) == UnknownFact(RUN, 3, DAWN, "system", topic="run-teleported", data={"where": "Ωmega"})


def test_a_known_fact_from_the_future_keeps_what_we_know_of_it():
    newer = encoded(DRIVEN.events[1])._replace(version=2, data=f'{{"worker":"{WORKER}","mood":"good"}}')

    assert decode(row(newer, RUN)) == DRIVEN.events[1]
