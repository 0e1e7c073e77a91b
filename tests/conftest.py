"""One embedded PostgreSQL a session, one database a test; nothing starts before a test asks.

With GHOSTLY_TEST_DATABASE_URL it is that server, whose user must be allowed to create databases.
"""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from ghostly.database.embedded import EmbeddedPostgres
from ghostly.database.migrations import migrate
from ghostly.database.pool import open_pool

# The same password, of which each of some ten connections a test takes a few milliseconds less to be proved.
QUICK = "set scram_iterations = 1; alter role current_user password '{password}'"


# Where tests wait for browsers and processes more than they calculate: files that take long are not the last ones.
WAITING = ("flows", "node", "database", "browser", "cli", "worker")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that wait are spread evenly among those that calculate: at any time there are some of both."""
    files = list(dict.fromkeys(item.path for item in items))
    busy = [file for file in files if place(file) not in WAITING]
    waiting = [file for kind in WAITING for file in files if place(file) == kind]
    turn = {file: nth / len(kind) for kind in (waiting, busy) for nth, file in enumerate(kind)}
    items.sort(key=lambda item: turn[item.path])


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is made meanwhile stays until the end: nobody who looks for garbage looks through it, then or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def place(file: Path) -> str:
    """The directory of the tests in which the file is, or one above it is."""
    return file.relative_to(Path(__file__).parent).parts[0]


def memory() -> Path | None:
    """Where files live in memory, if there is plenty: a database is 300 files, made for a test."""
    shm = Path("/dev/shm")
    return shm if shm.is_dir() and shutil.disk_usage(shm).free > 2**30 else None


@pytest.fixture(scope="session")
def reachable() -> Iterator[Path]:
    """A directory that the server's account, who is not root, can walk through."""
    directory = Path(tempfile.mkdtemp(prefix="ghostly-test-", dir=memory()))
    directory.chmod(0o711)
    yield directory
    shutil.rmtree(directory)


@pytest.fixture(scope="session")
def server(reachable: Path) -> Iterator[str]:
    """The address of the session's server."""
    if given := os.environ.get("GHOSTLY_TEST_DATABASE_URL"):
        yield given
        return
    with EmbeddedPostgres(reachable / "postgres") as dsn:
        asyncio.run(execute(dsn, QUICK.format(password=urlsplit(dsn).password)))
        yield dsn


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def template(server: str) -> AsyncIterator[str]:
    """The name of a database that has the packaged schema and nothing else."""
    name = f"migrated_{uuid4().hex}"
    await create_database(server, name, template="template0")
    pool = await open_pool(naming(server, name), size=1)
    await migrate(pool)
    await pool.close()
    yield name
    await execute(server, f"drop database {name} with (force)")


@pytest.fixture
async def dsn(server: str, template: str) -> AsyncIterator[str]:
    """A database of the test's own, with the packaged schema."""
    async with database(server, template) as address:
        yield address


@pytest.fixture
async def empty_dsn(server: str) -> AsyncIterator[str]:
    """A database of the test's own, without any table."""
    async with database(server, "template0") as address:
        yield address


@pytest.fixture
async def pool(dsn: str) -> AsyncIterator[asyncpg.Pool]:
    """Ten connections to the test's database; whoever keeps one too long fails the test."""
    opened = await open_pool(dsn)
    yield opened
    await asyncio.wait_for(opened.close(), timeout=10)


@pytest.fixture
def deaf_port() -> Iterator[int]:
    """A port on which nobody listens, and that nobody else is given as long as this lasts."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@asynccontextmanager
async def database(server: str, template: str) -> AsyncIterator[str]:
    name = f"test_{uuid4().hex}"
    await create_database(server, name, template=template)
    yield naming(server, name)
    await execute(server, f"drop database {name} with (force)")


async def create_database(server: str, name: str, *, template: str) -> None:
    async with connected(server) as connection:
        # A copy of the files takes half of what the default does, and is all that a 14 knows.
        how = "strategy file_copy" if connection.get_server_version().major > 14 else ""
        await connection.execute(f"create database {name} template {template} {how}")


async def execute(dsn: str, statement: str) -> None:
    async with connected(dsn) as connection:
        await connection.execute(statement)


@asynccontextmanager
async def connected(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(dsn)
    try:
        yield connection
    finally:
        await connection.close()


def naming(dsn: str, database: str) -> str:
    return urlunsplit(urlsplit(dsn)._replace(path=f"/{database}"))
