from __future__ import annotations

import msgspec
import pytest
from chance import facts
from hypothesis import given
from hypothesis import strategies as st

from ghostly.domain.account_events import ACCOUNT_FACTS, ACCOUNT_TOPICS
from ghostly.domain.events import TOPICS, UnknownFact
from ghostly.event_log import Stored, decode, decode_account, encode


def stored(fact, topic=None):
    fact, row = encode(fact)
    return fact, Stored(
        1, fact.originator_id, row.seq, topic or row.topic, row.version, row.at, row.actor, row.data
    )


def test_no_topic_means_two_facts():
    assert len(ACCOUNT_TOPICS) == len(ACCOUNT_FACTS)
    assert not ACCOUNT_TOPICS.keys() & TOPICS.keys()


@given(st.one_of([facts(fact) for fact in ACCOUNT_FACTS]))
def test_what_is_told_of_an_account_comes_back_as_it_was(fact):
    written, row = stored(fact)

    assert decode_account(row) == written


@pytest.mark.parametrize("read", [decode, decode_account])
@given(fact=facts(ACCOUNT_FACTS[0]))
def test_what_a_newer_program_told_is_passed_on(read, fact):
    _, row = stored(fact, topic="user-promoted")

    assert isinstance(read(row), UnknownFact)


@given(st.one_of([facts(fact) for fact in ACCOUNT_FACTS]))
def test_no_fact_has_a_field_for_what_may_not_be_told(fact):
    names = msgspec.json.decode(encode(fact)[1].data).keys()

    assert names <= {"role", "key", "scopes", "times", "name", "project", "slug"}
