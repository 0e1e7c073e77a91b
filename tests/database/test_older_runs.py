"""What a migration finds in a database that has runs already."""

from __future__ import annotations

import asyncpg
import pytest

from ghostly.database.migrations import migrate, packaged

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
