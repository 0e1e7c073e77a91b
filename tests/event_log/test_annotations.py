"""What is said beside a run comes back from the log as it was."""

from __future__ import annotations

from chance import dirty_texts, facts
from hypothesis import given
from hypothesis import strategies as st
from stories import row

from ghostly.domain.account_events import ACCOUNT_TOPICS
from ghostly.domain.annotations import ANNOTATION_TOPICS, ANNOTATIONS
from ghostly.domain.events import TOPICS, UnknownFact
from ghostly.event_log import decode_annotation, encode

told = st.one_of([facts(fact, dirty_texts) for fact in ANNOTATIONS])


def test_no_topic_means_two_facts():
    assert len(ANNOTATION_TOPICS) == len(ANNOTATIONS)
    assert not ANNOTATION_TOPICS.keys() & (TOPICS | ACCOUNT_TOPICS).keys()


@given(told)
def test_what_was_said_of_a_run_comes_back_as_it_was(fact):
    written, stored = encode(fact)

    assert decode_annotation(row(stored, fact.originator_id)) == written


@given(told)
def test_what_a_newer_program_said_is_passed_on(fact):
    stored = encode(fact)[1]._replace(topic="run-praised")

    assert isinstance(decode_annotation(row(stored, fact.originator_id)), UnknownFact)
