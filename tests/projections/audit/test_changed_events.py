from __future__ import annotations

import pytest
from written import FINISHED, driven, first_flaw, report, tamper

from ghostly.domain.events import LoopStateReached
from ghostly.domain.run import say
from ghostly.projections.audit import verify

FLIP = "set_byte({0}, 5, get_byte({0}, 5) # 1)"


@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("data", "replace(data::text, 'save', 'safe')::json"),
        ("data", "replace(data::text, ':', ': ')::json"),
        ("data", "null"),
        ("salt", FLIP.format("salt")),
        ("salt", "null"),
        ("data_digest", FLIP.format("data_digest")),
        ("hash", FLIP.format("hash")),
        ("topic", "'step-passed'"),
        ("version", "version + 1"),
        ("at", "at + interval '1 millisecond'"),
        ("at", "at + interval '1 microsecond'"),
        ("actor", "'worker:eve'"),
        ("kind", "'flow'"),
        ("seq", "99"),
        ("position", "position + 1000"),
        ("position", "position - 1000"),
        ("erased_by", "position + 1"),
    ],
)
async def test_a_changed_event_is_found_where_it_is(pool, run, column, change):
    await tamper(pool, f"update events set {column} = {change} where stream = $1 and seq = 3", run)
    stream, seq = await first_flaw(pool)

    assert (stream, seq) == (run, 4 if change in {"99", "position + 1000"} else 3)


async def test_a_missing_event_is_found_at_the_next(pool, run):
    await tamper(pool, "delete from events where stream = $1 and seq = 5", run)

    assert await first_flaw(pool) == (run, 6)


async def test_a_missing_beginning_is_found(pool, run):
    await tamper(pool, "delete from events where stream = $1 and seq = 1", run)

    assert await first_flaw(pool) == (run, 2)


async def test_a_cut_off_end_is_found_at_the_first_event_that_is_not_there(pool, run):
    await tamper(pool, "delete from events where stream = $1 and seq > 6", run)

    assert await first_flaw(pool) == (run, 7)


async def test_a_run_that_is_gone_with_its_rows_leaves_a_gap_between_positions(pool, run):
    for table, column in (("events", "stream"), ("runs", "id"), ("steps", "run")):
        await tamper(pool, f"delete from {table} where {column} = $1", run)
    [gap] = (await verify(pool)).differences

    assert gap.what == "has position 17, but the one before has 8"


async def test_newest_events_that_are_gone_with_their_rows_cannot_be_missed(pool, run):
    await tamper(pool, "delete from events where position > $1", 2 * FINISHED)
    await tamper(pool, "delete from runs where phase = 'running'")

    assert (await verify(pool)).found == 0


async def test_a_changed_payload_that_cannot_be_folded_keeps_no_other_run_from_being_checked(pool, run):
    await tamper(pool, """update events set data = '[]' where stream = $1 and seq = 4""", run)
    await pool.execute("update runs set driver = 'eve' where phase = 'running'")
    verification = await verify(pool)

    assert [d.seq for d in verification.differences if d.stream == run] == [4, 4]
    assert [d.seq for d in verification.differences if d.stream != run] == [2]
    assert verification.unfolded == 1


async def test_all_differences_are_counted_and_the_first_hundred_kept(pool, runs):
    long = await driven(runs)
    await report(runs, long, *(say(LoopStateReached, state="acting") for _ in range(150)))
    await tamper(pool, "update events set actor = 'eve' where seq > 2")
    verification = await verify(pool)

    assert verification.found == 150
    assert [difference.seq for difference in verification.differences] == list(range(3, 103))
