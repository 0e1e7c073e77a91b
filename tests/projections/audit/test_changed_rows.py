from __future__ import annotations

import pytest
from written import FINISHED, first_flaw, tamper

from ghostly.projections.audit import Verification, verify


@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("hash", "set_byte(hash, 5, get_byte(hash, 5) # 1)"),
        ("owner", "gen_random_uuid()"),
        ("project", "gen_random_uuid()"),
        ("phase", "'running'"),
        ("status", "'fail'"),
        ("driver", "'eve'"),
        ("due_at", "now()"),
        ("started_at", "started_at + interval '1 microsecond'"),
        ("finished_at", "null"),
        ("about", "replace(about::text, 'shop', 'shot')::json"),
        ("summary", "replace(summary::text, 'pass', 'fail')::json"),
        ("state", "replace(state::text, 'true', '1')::json"),
        ("projection_version", "projection_version - 1"),
    ],
)
async def test_a_changed_column_of_the_run_is_found(pool, run, column, change):
    await pool.execute(f"update runs set {column} = {change} where id = $1", run)
    [difference] = (await verify(pool)).differences

    assert (difference.stream, difference.seq) == (run, FINISHED)
    assert difference.what.startswith(f"row in runs has {column} ")


@pytest.mark.parametrize(("seq", "shows_at"), [(5, 6), (FINISHED + 3, FINISHED + 1)])
async def test_a_run_that_stands_elsewhere_than_its_events_is_found(pool, run, seq, shows_at):
    await pool.execute("update runs set seq = $2 where id = $1", run, seq)

    assert await first_flaw(pool) == (run, shows_at)


async def test_rows_are_compared_as_json(pool, run):
    await pool.execute("update runs set about = about::jsonb::json, state = state::jsonb::json")
    await pool.execute("update steps set data = data::jsonb::json")

    assert (await verify(pool)).found == 0


async def test_a_row_of_json_that_we_cannot_read_is_a_difference(pool, run):
    await pool.execute("""update runs set about = '{"a": 1e999}' where id = $1""", run)

    assert await first_flaw(pool) == (run, FINISHED)


async def test_a_changed_step_is_found_at_the_event_that_ended_it(pool, run):
    await pool.execute("""update steps set data = '{"index": 1}' where run = $1 and index = 1""", run)

    assert await first_flaw(pool) == (run, 6)


async def test_a_missing_step_is_found_at_the_event_that_ended_it(pool, run):
    await pool.execute("delete from steps where run = $1 and index = 2", run)

    assert await first_flaw(pool) == (run, 7)


async def test_a_step_that_no_event_ended_is_found(pool, run):
    await pool.execute("insert into steps values ($1, 9, '{}')", run)
    [difference] = (await verify(pool)).differences

    assert difference.what == "row of step 9 is there, but no event ended that step"


async def test_events_without_their_run_are_found(pool, run):
    await pool.execute("delete from runs where id = $1", run)

    assert await first_flaw(pool) == (run, FINISHED)


@pytest.mark.parametrize("checked", ["all", "one"])
async def test_rows_without_events_are_found(pool, run, checked):
    await tamper(pool, "delete from events where position > $1", 2 * FINISHED)
    [left] = await pool.fetch("select id from runs where phase = 'running'")
    await pool.execute("insert into steps values ($1, 0, '{}')", left["id"])
    found = await verify(pool, run_id=left["id"] if checked == "one" else None)

    assert [(d.stream, d.seq) for d in found.differences] == [(left["id"], None)] * 2


async def test_what_a_newer_program_folded_is_not_ours_to_compare(pool, run):
    newer = "update runs set projection_version = 99, summary = '{}', state = '{}' where id = $1"
    await pool.execute(newer, run)

    assert await verify(pool) == Verification(events=2 * FINISHED + 2, streams=3, unfolded=1)
