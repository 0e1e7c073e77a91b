"""The database: the given PostgreSQL, or the embedded one."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from ghostly.cli.checks.finding import Finding
from ghostly.database.embedded import EmbeddedPostgres
from ghostly.database.errors import DatabaseUnavailable
from ghostly.database.pool import open_pool
from ghostly.settings import Settings


async def database(given: Settings) -> Finding:
    """The given PostgreSQL; the embedded one if none was given."""
    try:
        if given.database_url:
            return Finding("database", "good", await _version(given.database_url) + ", as given")
        return Finding("database", "good", f"embedded {await _embedded(given.data_dir / 'postgres')}")
    except DatabaseUnavailable as error:
        mend = "correct GHOSTLY_DATABASE_URL, or leave it out: then an embedded one is used"
        return Finding("database", "missing", str(error), mend if given.database_url else "see docs/operations.md")


async def _embedded(directory: Path) -> str:
    if (directory / "data").exists():
        return await _started(directory)
    with tempfile.TemporaryDirectory(prefix="ghostly-doctor-") as place:  # nothing is made that was not asked for
        return await _started(_walkable(Path(place)) / "postgres")


def _walkable(place: Path) -> Path:
    place.chmod(0o711)  # the server's account is another one than root's
    return place


async def _started(directory: Path) -> str:
    embedded = EmbeddedPostgres(directory)
    try:
        return await _version(await asyncio.to_thread(embedded.acquire))
    finally:
        await asyncio.to_thread(embedded.release)


async def _version(dsn: str) -> str:
    pool = await open_pool(dsn, size=1)
    try:
        async with pool.acquire() as connection:
            return f"PostgreSQL {connection.get_settings().server_version.split()[0]}"
    finally:
        pool.terminate()
