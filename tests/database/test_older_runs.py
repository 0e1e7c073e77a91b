"""What a migration finds in a database that has runs already."""

from __future__ import annotations

from uuid import UUID, uuid4

import asyncpg
import pytest

from ghostly.database.migrations import migrate, packaged
from ghostly.database.pool import open_pool
from ghostly.projections.lessons import Lesson, find_fingerprint, find_lesson, subject

RUN = """
insert into runs (id, seq, hash, owner, project, phase, status, started_at, about, summary, state,
                  projection_version)
values (gen_random_uuid(), 7, '', '00000000-0000-4000-8000-00000000000a', gen_random_uuid(), 'finished', 'pass',
        now(), $1, '{"verdict": "success", "healedSteps": 2}', '{}', 1)
"""


@pytest.fixture
async def older(empty_dsn):
    """A database as it was before runs could be found by their tags."""
    connection = await asyncpg.connect(empty_dsn)
    await migrate(connection, packaged()[:5])
    yield connection
    await connection.close()


async def test_runs_that_are_there_already_are_found_by_tag_verdict_and_healing(older):
    await older.execute(RUN, '{"tags": ["a", "a", "b"]}')
    await older.execute(RUN, '{"tags": null}')
    await migrate(older)

    assert [row["tag"] for row in await older.fetch("select tag from run_tags order by tag")] == ["a", "b"]
    assert await older.fetchval("select count(*) from runs where verdict = 'success' and healed") == 2


async def test_tags_go_with_their_run(older):
    await migrate(older)
    await older.execute(RUN, '{"tags": ["a"]}')
    await older.execute("delete from runs")

    assert await older.fetchval("select count(*) from run_tags") == 0


async def learned(pool, owner: UUID, project: UUID) -> None:
    """Rows as they were before lessons were found by a digest."""
    whose = owner, project, "http://a"
    values = "values ($1, $2, $3, $4, gen_random_uuid(), $5)"
    await pool.execute(f"insert into memories {values}", *whose, "té", '{"steps":[]}')
    await pool.execute(f"insert into fingerprints {values}", *whose, "#ñ", '{"id":"a"}')


EVENTS = """
insert into events (position, stream, kind, seq, topic, version, at, actor, data, salt, data_digest, hash)
select seq + 40, run, 'run', seq, 'x', 1, now(), '', '{}', '', '', ''
  from memories, generate_series(1, 2) as seq
"""


async def test_what_was_learned_before_is_found_by_its_digest(empty_dsn):
    pool = await open_pool(empty_dsn, size=1)
    await migrate(pool, packaged()[:10])
    here = subject(uuid4(), uuid4(), "http://a")
    await learned(pool, here.owner, here.project)
    await migrate(pool)

    assert await find_lesson(pool, here, "té") == Lesson(steps=[])
    assert await find_fingerprint(pool, here, "#ñ") == {"id": "a"}
    await pool.close()


async def test_what_was_learned_before_is_as_old_as_the_end_of_its_run(empty_dsn):
    pool = await open_pool(empty_dsn, size=1)
    await migrate(pool, packaged()[:10])
    await learned(pool, uuid4(), uuid4())
    await pool.execute(EVENTS)
    await migrate(pool)

    assert await pool.fetchval("select position from memories") == 42
    assert await pool.fetchval("select position from fingerprints") == 0  # of its run there are no events
    await pool.close()
