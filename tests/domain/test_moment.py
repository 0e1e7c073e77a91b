from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122

from chance import times
from hypothesis import given
from hypothesis import strategies as st

from ghostly.domain.moment import cut, rfc3339, uuid7

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)

chances = st.binary(min_size=10, max_size=10)
moments = st.datetimes(datetime(1970, 1, 1), datetime(2500, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(moments, chances)
def test_an_id_is_a_uuid_of_version_7(at, chance):
    assert (uuid7(at, chance).version, uuid7(at, chance).variant) == (7, RFC_4122)


@given(moments, chances)
def test_an_id_begins_with_its_millisecond(at, chance):
    assert uuid7(at, chance).int >> 80 == (at - EPOCH) // MILLISECOND


@given(moments, chances, chances, st.integers(1, 1000).map(lambda n: n * MILLISECOND))
def test_an_id_of_a_later_millisecond_sorts_behind(at, one, other, later):
    assert uuid7(at, one) < uuid7(at + later, other)
    assert str(uuid7(at, one)) < str(uuid7(at + later, other))


@given(moments, chances, chances)
def test_ids_of_one_millisecond_differ_by_chance(at, one, other):
    same = uuid7(at, one) == uuid7(at, other)

    assert same or one != other


@given(moments)
def test_a_cut_time_is_less_than_a_millisecond_earlier(at):
    assert timedelta(0) <= at - cut(at) < MILLISECOND
    assert cut(cut(at)) == cut(at)


@given(times)
def test_a_cut_time_survives_being_told(at):
    assert datetime.fromisoformat(rfc3339(at)) == at


@given(moments)
def test_a_time_is_told_with_milliseconds_and_a_z(at):
    assert rfc3339(at) == at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


@given(times, times)
def test_told_times_sort_like_times(one, other):
    assert (rfc3339(one) < rfc3339(other)) == (one < other)
