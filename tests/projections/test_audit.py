from __future__ import annotations

import asyncio
import hashlib
import json

import asyncpg
import pytest
from written import DAWN, FINISHED, door, driven, finished, keep_writing, report, tamper

from ghostly.domain.events import LoopStateReached
from ghostly.domain.run import say
from ghostly.event_log import Append, chained, encode, genesis
from ghostly.projections.audit import Verification, log_lines, verify

FLIP = "set_byte({0}, 5, get_byte({0}, 5) # 1)"


@pytest.fixture
async def runs(dsn, pool):
    async with door(dsn, pool) as opened:
        yield opened


@pytest.fixture
async def run(runs):
    """A finished run of eight events, between two others."""
    await finished(runs)
    between = await finished(runs)
    await driven(runs)
    return between


async def first_flaw(pool) -> tuple:
    verification = await verify(pool)
    first = verification.differences[0]
    return first.stream, first.seq


# ---- a log that is sound


async def test_a_sound_log_is_found_sound(pool, run):
    assert await verify(pool) == Verification(events=2 * FINISHED + 2, streams=3)


async def test_an_empty_log_is_sound(pool):
    assert await verify(pool) == Verification()


async def test_one_run_is_checked_alone(pool, run):
    await tamper(pool, "update events set actor = 'eve' where stream <> $1", run)

    assert await verify(pool, run_id=run) == Verification(events=FINISHED, streams=1)


async def test_progress_reaches_the_total(pool, run):
    seen = []
    await verify(pool, progress=lambda checked, total: seen.append((checked, total)))

    assert seen == [(2 * FINISHED + 2, 2 * FINISHED + 2)]


async def test_the_total_of_one_run_is_its_own(pool, run):
    seen = []
    await verify(pool, run_id=run, progress=lambda checked, total: seen.append((checked, total)))

    assert seen == [(FINISHED, FINISHED)]


async def test_a_history_of_several_pages_is_one_history(pool, runs, run):
    long = await driven(runs)
    for _ in range(9):
        await report(runs, long, *(say(LoopStateReached, state="acting") for _ in range(500)))

    assert await verify(pool) == Verification(events=2 * FINISHED + 4 + 4500, streams=4)


async def test_what_is_written_meanwhile_is_no_difference(pool, runs):
    done = asyncio.Event()
    writers = [asyncio.create_task(keep_writing(runs, await driven(runs), done)) for _ in range(4)]
    found = [(await verify(pool)).differences for _ in range(20)]
    done.set()

    assert min(await asyncio.gather(*writers)) > 0
    assert found == [[]] * 20


async def test_a_stream_that_is_no_run_has_a_chain_and_no_rows(pool, runs):
    stream = runs.new_id()
    events = [encode(LoopStateReached(stream, seq, DAWN, "system", "kept"))[1] for seq in (1, 2)]
    hashes = chained(genesis("flow", stream), events)
    await runs._log.append(Append(stream=stream, kind="flow", expected=0, events=events, hashes=hashes))

    assert await verify(pool) == Verification(events=2, streams=1)


# ---- events that were changed, or are gone


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


# ---- rows that do not say what the events say


@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("hash", FLIP.format("hash")),
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


# ---- erasure


async def erase(pool, run, *, by: int) -> None:
    await pool.execute("update events set data = null, salt = null, erased_by = $2 where stream = $1", run, by)


async def test_an_erased_run_stays_proved(pool, run):
    await erase(pool, run, by=2 * FINISHED + 1)

    assert await verify(pool) == Verification(events=2 * FINISHED + 2, streams=3, unfolded=1)


async def test_an_erased_event_still_has_its_hash(pool, run):
    await erase(pool, run, by=2 * FINISHED + 1)
    await tamper(pool, "update events set actor = 'eve' where stream = $1 and seq = 5", run)

    assert await first_flaw(pool) == (run, 5)


@pytest.mark.parametrize("position", [-1, 0, FINISHED + 3, 2 * FINISHED + 3])
async def test_an_erasure_that_no_later_event_did_is_found(pool, run, position):
    erasure = "update events set data = null, salt = null, erased_by = $2 where stream = $1 and seq = 3"
    await pool.execute(erasure, run, position)

    assert await first_flaw(pool) == (run, 3)


# ---- what the database itself refuses

CHANGES = [
    "update events set actor = 'eve'",
    "update events set data = null",
    "update events set data = null, salt = null, erased_by = 1, hash = data_digest",
    "delete from events",
    "truncate events",
    "truncate events cascade",
]


@pytest.mark.parametrize("change", CHANGES)
async def test_the_database_refuses_to_change_the_log(pool, run, change):
    for role in ("origin", "replica", "local"):
        async with pool.acquire() as connection:
            with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
                await connection.execute(f"set session_replication_role = {role}; {change}")


async def test_what_was_erased_cannot_be_erased_again(pool, run):
    await erase(pool, run, by=2 * FINISHED + 1)

    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        await erase(pool, run, by=2 * FINISHED + 2)


# ---- whoever checks it elsewhere


def recomputed(run: str, lines: list[dict]) -> list[str]:
    """The chain as the specification tells it, with nothing of Ghostly's."""
    before = hashlib.sha256(f"ghostly/run/{run}".encode()).digest()
    hashes = []
    for e in lines:
        digest = e["digest"]
        if e["raw"] is not None:
            digest = hashlib.sha256(bytes.fromhex(e["salt"]) + e["raw"].encode()).hexdigest()
        told = [e["seq"], e["type"], e["version"], e["at"], e["actor"], digest]
        text = json.dumps(told, separators=(",", ":"), ensure_ascii=False)
        before = hashlib.sha256(before + text.encode()).digest()
        hashes.append(before.hex())
    return hashes


async def lines_of(pool, run) -> list[dict]:
    return [json.loads(line) async for line in log_lines(pool, run)]


async def test_anyone_can_recompute_the_chain_from_the_lines(pool, run):
    lines = await lines_of(pool, run)

    assert [line["seq"] for line in lines] == list(range(1, FINISHED + 1))
    assert recomputed(str(run), lines) == [line["hash"] for line in lines]


async def test_anyone_can_recompute_the_chain_of_an_erased_run(pool, run):
    await erase(pool, run, by=2 * FINISHED + 1)
    lines = await lines_of(pool, run)

    assert {(line["data"], line["raw"], line["salt"]) for line in lines} == {(None, None, None)}
    assert recomputed(str(run), lines) == [line["hash"] for line in lines]


async def test_a_line_shows_the_payload_as_text_and_as_json(pool, run):
    lines = await lines_of(pool, run)

    assert [json.loads(line["raw"]) for line in lines] == [line["data"] for line in lines]
    assert lines[0]["data"]["request"] == {"tags": ["né"]}


async def test_a_run_that_is_not_there_has_no_lines(pool, run):
    assert await lines_of(pool, "00000000-0000-0000-0000-000000000000") == []
