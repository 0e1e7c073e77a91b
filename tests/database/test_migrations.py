from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

import ghostly
from ghostly.database.errors import DatabaseUnavailable, MigrationChanged, SchemaTooNew
from ghostly.database.migrations import Migration, migrate, packaged, pending, schema_version

FIRST = Migration(1, "first", "create table one (id int); create table also (id int)")
SECOND = Migration(2, "second", "insert into one values (1); select pg_sleep(0.2)")
THIRD = Migration(3, "third", "insert into one values (2)")
BROKEN = Migration(3, "broken", "insert into one values (3); insert into nowhere values (1)")
ALL = (FIRST, SECOND, THIRD)

MIGRATE = """
import asyncio, sys, asyncpg
from ghostly.database.migrations import Migration, migrate
from ghostly.database.pool import open_pool

async def main():
    pool = await open_pool(sys.argv[1], size=2)
    print("ready", flush=True)
    sys.stdin.readline()
    print(await migrate(pool, {migrations}))
    await pool.close()

asyncio.run(main())
"""


@pytest.fixture
async def connection(empty_dsn):
    opened = await asyncpg.connect(empty_dsn)
    yield opened
    await opened.close()


@pytest.fixture
async def guest(connection, empty_dsn):
    """A connection of somebody who owns nothing there."""
    await connection.execute("drop role if exists guest; create role guest")
    opened = await asyncpg.connect(empty_dsn)
    await opened.execute("set role guest")
    yield opened
    await opened.close()
    await connection.execute("drop role guest")


async def one(connection):
    return [row["id"] for row in await connection.fetch("select id from one order by id")]


async def test_a_new_database_gets_every_migration(connection):
    assert await migrate(connection, ALL) == 3
    assert await one(connection) == [1, 2]


async def test_migrating_again_changes_nothing(connection):
    await migrate(connection, ALL)
    await migrate(connection, ALL)

    assert await one(connection) == [1, 2]


async def test_only_what_is_missing_is_applied(connection):
    await migrate(connection, ALL[:2])
    await migrate(connection, ALL)

    assert await one(connection) == [1, 2]


async def test_a_database_without_history_has_version_zero(connection):
    assert await schema_version(connection) == 0


async def test_the_version_is_the_last_migration(connection):
    await migrate(connection, ALL[:2])

    assert await schema_version(connection) == 2


async def test_what_is_pending_is_what_is_missing(connection):
    await migrate(connection, ALL[:1])

    assert await pending(connection, ALL) == (SECOND, THIRD)


async def test_a_migration_that_fails_leaves_nothing_of_itself(connection):
    with pytest.raises(asyncpg.UndefinedTableError) as failure:
        await migrate(connection, (FIRST, SECOND, BROKEN))

    assert await one(connection) == [1]
    assert await schema_version(connection) == 2
    assert failure.value.__notes__ == ["in migration 0003 (broken)"]


async def test_a_newer_schema_is_refused(connection):
    await migrate(connection, ALL)

    with pytest.raises(SchemaTooNew, match="has schema 3, this Ghostly knows 2"):
        await migrate(connection, ALL[:2])


async def test_a_changed_migration_is_refused(connection):
    await migrate(connection, ALL)

    with pytest.raises(MigrationChanged, match="0002"):
        await migrate(connection, (FIRST, replace(SECOND, sql="select 1"), THIRD))


async def test_a_refused_history_is_left_as_it_was(connection):
    await migrate(connection, ALL[:2])
    with pytest.raises(MigrationChanged):
        await migrate(connection, (FIRST, replace(SECOND, sql="select 1"), THIRD))

    assert await one(connection) == [1]


async def test_eight_processes_at_once_apply_each_migration_once(connection, empty_dsn):
    processes = [await migrating(empty_dsn) for _ in range(8)]
    async with asyncio.timeout(60):
        await asyncio.gather(*(process.stdout.readline() for process in processes))
        told = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))

    assert [output for output, _ in told] == [b"3\n"] * 8
    assert await one(connection) == [1, 2]


async def migrating(dsn):
    script = MIGRATE.format(migrations=ALL)
    root = Path(ghostly.__file__).parents[1]
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, dsn, cwd=root, stdin=PIPE, stdout=PIPE
    )


async def test_the_packaged_schema_is_all_there(pool):
    assert await pending(pool) == ()
    assert await schema_version(pool) == len(packaged()) > 0


async def test_a_user_who_may_not_change_the_schema_is_told_so(connection, guest):
    with pytest.raises(DatabaseUnavailable, match=r"may not make tables in it .*: let this user own the schema"):
        await migrate(guest, ALL)

    assert await schema_version(connection) == 0
