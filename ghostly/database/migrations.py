"""The schema's history: numbered files, forward only, each applied once and never changed."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from ghostly.database.errors import DatabaseUnavailable, MigrationChanged, SchemaTooNew

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
Database: TypeAlias = "asyncpg.Pool[asyncpg.Record] | Connection"

LOCK = int.from_bytes(b"migrate")  # the number of an advisory lock; any would do
TABLE = """
create table if not exists schema_migrations (
    number integer primary key,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now()
)"""


@dataclass(frozen=True)
class Migration:
    """One step of the schema, known by its number."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """What tells whether the file was changed after a database had it."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


@cache
def packaged() -> tuple[Migration, ...]:
    """The migrations of this version of Ghostly, numbered from one without a gap."""
    found = sorted(files("ghostly").joinpath("migrations").iterdir(), key=lambda file: file.name)
    migrations = tuple(
        Migration(int(file.name[:4]), file.name[5:-4], file.read_text("utf-8"))
        for file in found
        if file.name.endswith(".sql")
    )
    if [migration.number for migration in migrations] != list(range(1, len(migrations) + 1)):
        raise ValueError("the files in ghostly/migrations are not numbered 0001, 0002, ...")
    return migrations


async def migrate(database: Database, migrations: Sequence[Migration] | None = None) -> int:
    """Brings the schema up to date, whoever else is doing the same, and tells its version.

    Raises SchemaTooNew or MigrationChanged, having changed nothing, if the database's history is
    not the beginning of ours; DatabaseUnavailable if the user may not change it.
    """
    known = packaged() if migrations is None else migrations
    try:
        async with _connection(database) as connection:
            while await pending(connection, known):
                await _apply_next(connection, known)
    except asyncpg.InsufficientPrivilegeError as error:
        way_out = "let this user own the schema, or give it a database of its own"
        raise DatabaseUnavailable(
            f"The database's user may not make tables in it ({error}): {way_out}."
        ) from error
    return len(known)


async def pending(database: Database, migrations: Sequence[Migration] | None = None) -> Sequence[Migration]:
    """The migrations that the database does not have yet; raises what ``migrate`` raises."""
    known = packaged() if migrations is None else migrations
    applied = await _applied(database)
    if len(applied) > len(known):
        raise SchemaTooNew(
            f"The database has schema {len(applied)}, this Ghostly knows {len(known)}: "
            "install the newer version that migrated it."
        )
    for migration, sha256 in zip(known, applied, strict=False):
        if migration.sha256 != sha256:
            raise MigrationChanged(
                f"Migration {migration.number:04} ({migration.name}) is not the one that the "
                "database was given: restore the file and write the change as a new migration."
            )
    return known[len(applied) :]


async def schema_version(database: Database) -> int:
    """The number of the last migration that the database has; zero before the first."""
    return len(await _applied(database))


async def _apply_next(connection: Connection, known: Sequence[Migration]) -> None:
    """Applies one, unless another process was faster while we waited for our turn."""
    async with connection.transaction():
        await connection.execute("set local lock_timeout = 0")  # others may migrate for long
        await connection.execute("select pg_advisory_xact_lock($1)", LOCK)
        await connection.execute("set local lock_timeout to default")
        await connection.execute(TABLE)
        for migration in (await pending(connection, known))[:1]:
            await _apply(connection, migration)


async def _apply(connection: Connection, migration: Migration) -> None:
    try:
        await connection.execute(migration.sql)
    except asyncpg.PostgresError as error:
        error.add_note(f"in migration {migration.number:04} ({migration.name})")
        raise
    await connection.execute(
        "insert into schema_migrations (number, name, sha256) values ($1, $2, $3)",
        migration.number,
        migration.name,
        migration.sha256,
    )


async def _applied(database: Database) -> list[str]:
    if await database.fetchval("select to_regclass('schema_migrations')") is None:
        return []
    rows = await database.fetch("select sha256 from schema_migrations order by number")
    return [row["sha256"] for row in rows]


@asynccontextmanager
async def _connection(database: Database) -> AsyncIterator[Connection]:
    if isinstance(database, asyncpg.Pool):
        async with database.acquire() as connection:
            yield connection
    else:
        yield database
