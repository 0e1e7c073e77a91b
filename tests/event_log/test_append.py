from __future__ import annotations

import asyncio
import json
from asyncio import gather
from dataclasses import replace as changed
from hashlib import sha256
from uuid import UUID, uuid4

import asyncpg
import pytest
from appends import KIND, appended, note, raw
from chance import dirty_texts, facts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stores import another_node

from ghostly.domain.events import FACTS
from ghostly.domain.moment import rfc3339
from ghostly.event_log import Conflict, decode, encode, genesis

every_fact = st.tuples(*map(facts, FACTS))
in_one_database = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


def in_turn(events, stream: UUID) -> list:
    """The events as one stream of them."""
    return [changed(event, originator_id=stream, originator_version=n) for n, event in enumerate(events, start=1)]


async def outcomes(log, *appends):
    """What comes of these, sent in one burst: a position or the refusal."""
    return await asyncio.wait_for(gather(*map(log.append, appends), return_exceptions=True), timeout=60)


async def seqs(log, stream: UUID) -> list[int]:
    return [stored.seq for stored in await log.read(stream)]


# ---- what comes back


@in_one_database
@given(every_fact)
async def test_every_event_survives_the_log(log, facts):
    events = in_turn(facts, uuid4())
    await log.append(appended(events))

    assert [decode(stored) for stored in await log.read(events[0].originator_id)] == events


@in_one_database
@given(st.tuples(*[facts(fact, dirty_texts) for fact in FACTS]))
async def test_no_text_is_too_dirty_for_the_log(log, pool, facts):
    events = in_turn(facts, uuid4())
    await log.append(appended(events))

    promised = [encode(event)[0] for event in events]
    assert [decode(stored) for stored in await log.read(events[0].originator_id)] == promised
    assert await pool.fetchval("select count(data::jsonb) from events where stream = $1", events[0].originator_id)


async def test_what_is_read_is_what_was_stored(log):
    append = note(count=3)
    await log.append(append)

    for stored, sent in zip(await log.read(append.stream), append.events, strict=True):
        assert (stored.seq, stored.topic, stored.version) == (sent.seq, sent.topic, sent.version)
        assert (stored.at, stored.actor, stored.data) == (sent.at, sent.actor, sent.data)


async def test_the_bytes_stay_as_they_were_written(log):
    append = raw(uuid4(), data='{ "b": 1.50,\t"a":"\\u00e9", "a" : 2 }')
    await log.append(append)

    assert (await log.read(append.stream))[0].data == append.events[0].data


async def test_an_append_answers_where_it_is(log):
    append = note(count=3)
    last = await log.append(append)

    assert [stored.position for stored in await log.read(append.stream)] == [last - 2, last - 1, last]


async def test_a_stream_is_read_behind_a_seq_and_up_to_a_limit(log):
    append = note(count=9)
    await log.append(append)

    assert [stored.seq for stored in await log.read(append.stream, after=3, limit=4)] == [4, 5, 6, 7]


async def test_what_nobody_wrote_is_empty(log):
    assert (await log.read(uuid4()), await log.read_all(), await log.position()) == ([], [], 0)
    assert await log.read_new([uuid4()], after=0) == (0, [])


async def test_what_is_new_is_what_is_behind_and_followed(log):
    followed, other = uuid4(), uuid4()
    for append in (note(followed), note(other), note(followed, 2, count=2), note(other, 2)):
        await log.append(append)
    newest, new = await log.read_new([followed], after=1)

    assert (newest, [(stored.position, stored.seq) for stored in new]) == (5, [(3, 2), (4, 3)])


# ---- who comes second


async def test_of_two_writers_one_is_told_of_the_conflict(log):
    stream = uuid4()
    first, second = await outcomes(log, note(stream), note(stream))

    assert (first, type(second)) == (1, Conflict)
    assert await seqs(log, stream) == [1]


async def test_of_two_writers_in_two_processes_one_is_told_of_the_conflict(log, dsn):
    stream = uuid4()
    async with another_node(dsn) as (other, _):
        told = await gather(log.append(note(stream)), other.append(note(stream)), return_exceptions=True)

    assert sorted(map(type, told), key=str) == [int, Conflict] or sorted(map(type, told), key=str) == [
        Conflict,
        int,
    ]
    assert await seqs(log, stream) == [1]


async def test_a_conflict_is_nobody_elses(log):
    taken, appends = uuid4(), [note() for _ in range(20)]
    await log.append(note(taken))
    told = await outcomes(log, *appends[:10], note(taken), *appends[10:])

    assert [type(outcome) for outcome in told] == [int] * 10 + [Conflict] + [int] * 10
    assert [await seqs(log, append.stream) for append in appends] == [[1]] * 20


async def test_a_stream_twice_in_one_burst_goes_on(log):
    stream = uuid4()
    first, other, second = await outcomes(log, note(stream), note(), note(stream, 2))

    assert first < second
    assert await seqs(log, stream) == [1, 2]
    assert isinstance(other, int)


async def test_a_stream_twice_in_one_burst_with_one_place_conflicts_once(log):
    stream = uuid4()
    told = await outcomes(log, note(stream), *[note() for _ in range(5)], note(stream), note(stream, 2))

    assert [type(outcome) for outcome in told] == [int] * 6 + [Conflict, int]
    assert await seqs(log, stream) == [1, 2]


async def test_an_append_from_the_future_conflicts(log):
    assert [type(outcome) for outcome in await outcomes(log, note(seq=2))] == [Conflict]


async def test_nothing_of_a_conflict_is_written(log):
    taken = uuid4()
    await log.append(note(taken))
    await outcomes(log, note(taken, count=3))

    assert await log.position() == 1


# ---- what the database cannot take

WRONG = {
    "no JSON": {"data": "{"},
    "NUL": {"actor": "a\0b"},
    "half a letter": {"actor": "a\ud800b"},
    "a seq below one": {"seq": 0},
    "a seq beyond all": {"seq": 2**31},
    "no topic": {"topic": None},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
async def test_a_bad_append_fails_alone(log, wrong):
    good = [note() for _ in range(50)]
    bad, *told = await outcomes(log, raw(uuid4(), **wrong), *good)

    assert isinstance(bad, asyncpg.PostgresError)
    assert [type(outcome) for outcome in told] == [int] * 50
    assert [await seqs(log, append.stream) for append in good] == [[1]] * 50


async def test_a_bad_append_does_not_hold_up_those_behind_it(log):
    stream = uuid4()
    bad, good = await outcomes(log, raw(stream, data="{"), note(stream))

    assert isinstance(bad, asyncpg.DataError)
    assert isinstance(good, int)


async def test_what_is_wrong_can_be_put_right(log):
    stream = uuid4()
    await outcomes(log, raw(stream, data="{"))

    assert await log.append(raw(stream, data="{}")) == 1


async def test_a_large_burst_is_written_whole(log):
    appends = [note() for _ in range(600)]
    await outcomes(log, *appends)

    assert await log.position() == 600
    assert [await seqs(log, append.stream) for append in appends[::50]] == [[1]] * 12


async def test_what_is_no_append_at_all_fails_alone(log):
    good, bad = await outcomes(log, note(), raw(uuid4(), data=7))

    assert (good, type(bad)) == (1, TypeError)
    assert await log.append(note()) == 2


# ---- the log stays as it is


REFUSED = [
    "delete from events",
    "truncate events",
    "update events set data = '{}'",
    "update events set actor = 'x', data = null, salt = null, erased_by = 1",
    "update events set data = null, salt = null",
    "set session_replication_role = replica; delete from events",
    "set session_replication_role = replica; update events set seq = 9",
]


@pytest.mark.parametrize("statement", REFUSED)
async def test_nobody_changes_the_log(log, pool, statement):
    await log.append(note())

    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        await pool.execute(statement)


async def test_a_payload_can_be_erased_once(log, pool):
    append = note()
    await log.append(append)
    await pool.execute("update events set data = null, salt = null, erased_by = 9")

    assert (await log.read(append.stream))[0].data is None
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await pool.execute("update events set erased_by = 10")


async def test_two_events_with_one_seq_are_refused_by_the_database_itself(log, pool):
    await log.append(note())

    with pytest.raises(asyncpg.UniqueViolationError):
        await pool.execute(
            "insert into events select 99, stream, kind, seq, topic, version, at, actor, data, salt, data_digest,"
            " hash, null from events"
        )


# ---- the chain


async def test_the_stored_chain_can_be_recomputed(log, pool):
    append = note(count=5)
    await log.append(append)
    before = genesis(KIND, append.stream)
    for event in await pool.fetch("select * from events order by position"):
        dn = sha256(event["salt"] + event["data"].encode()).hexdigest()
        array = [event["seq"], event["topic"], event["version"], rfc3339(event["at"]), event["actor"], dn]
        before = sha256(before + json.dumps(array, ensure_ascii=False, separators=(",", ":")).encode()).digest()

        assert (event["hash"], event["data_digest"].hex()) == (before, dn)
