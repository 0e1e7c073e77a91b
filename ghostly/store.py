"""The database and what works on it, opened and closed; the embedded one is kept alive meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import asyncpg

from ghostly.database.embedded import EmbeddedPostgres
from ghostly.database.errors import DatabaseUnavailable
from ghostly.database.migrations import migrate, pending
from ghostly.database.pool import ANSWER_S, connect, open_pool
from ghostly.event_log import EventLog
from ghostly.runs import Clock, Runs
from ghostly.settings import Settings
from ghostly.tail import Tail
from ghostly.workers import Workers

logger = logging.getLogger("ghostly.node")

LOOK_S = 1.0
CLOSE_S = 1.0  # for good-byes: nobody uses the pool any more


@dataclass(frozen=True, kw_only=True)
class Store:
    """The database and what is read from and written to it."""

    pool: asyncpg.Pool
    log: EventLog
    tail: Tail
    runs: Runs
    workers: Workers
    connect: Callable[[], Awaitable[asyncpg.Connection]]


@asynccontextmanager
async def database(settings: Settings, *, making: bool = True) -> AsyncIterator[str]:
    """The address of the database: the given one, or the embedded one, held as long as this lasts.

    Raises ``DatabaseUnavailable`` if there is none yet and none shall be made.
    """
    if settings.database_url:
        yield settings.database_url
        return
    directory = settings.data_dir / "postgres"
    if not making and not (directory / "data").exists():
        where = "set GHOSTLY_DATA_DIR to where there is one, or start `ghostly up` first"
        raise DatabaseUnavailable(f"There is no database in {settings.data_dir}: {where}.")
    embedded = EmbeddedPostgres(directory)
    acquiring = asyncio.create_task(asyncio.to_thread(embedded.acquire))
    try:
        dsn = await asyncio.shield(acquiring)
        async with _kept_alive(embedded):
            yield dsn
    finally:
        await _to_the_end(_let_go(embedded, acquiring))


async def _let_go(embedded: EmbeddedPostgres, acquiring: asyncio.Task[str]) -> None:
    await asyncio.wait([acquiring])  # who is told to stop meanwhile starts it all the same, and must stop it
    await asyncio.to_thread(embedded.release)


async def _to_the_end(work: Coroutine[Any, Any, Any]) -> None:
    """Do the work, however often somebody presses Ctrl-C meanwhile: a server would be left behind."""
    working, interruption = asyncio.create_task(work), None
    while not working.done():
        try:
            await asyncio.wait([working])
        except asyncio.CancelledError as error:
            interruption = error
    working.result()
    if interruption:
        raise interruption


@asynccontextmanager
async def _kept_alive(embedded: EmbeddedPostgres) -> AsyncIterator[None]:
    """If it crashes, it is started anew."""
    leaving = asyncio.Event()
    keeping = asyncio.create_task(_keep_alive(embedded, leaving), name="embedded PostgreSQL")
    try:
        yield
    finally:
        leaving.set()
        await _to_the_end(asyncio.wait([keeping]))  # never cancelled: its thread would go on starting what we stop


async def _keep_alive(embedded: EmbeddedPostgres, leaving: asyncio.Event) -> None:
    gone = False
    while not leaving.is_set():
        try:
            if await asyncio.to_thread(embedded.revive):
                logger.warning("the embedded PostgreSQL had crashed, and was started anew")
            gone = False
        except Exception:
            if not gone:  # said once: it may be gone for hours
                logger.exception("the embedded PostgreSQL is gone, and does not start; it is tried on")
            gone = True
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_S):
                await leaving.wait()


@asynccontextmanager
async def reading(settings: Settings) -> AsyncIterator[asyncpg.Pool]:
    """The database for whoever only looks or rebuilds.

    Raises ``DatabaseUnavailable`` if there is none, or its schema is older.
    """
    async with database(settings, making=False) as dsn:
        pool = await open_pool(dsn, size=2)
        try:
            await _refuse_older(pool)
            yield pool
        finally:
            await _close_pool(pool)


@asynccontextmanager
async def opened_store(
    settings: Settings, clock: Clock, *, migrating: bool = True, answer_s: float = ANSWER_S
) -> AsyncIterator[Store]:
    """The database, brought to today's schema, and everything that works on it.

    A database that is silent for ``answer_s`` seconds is taken for one that is away.

    Raises ``DatabaseUnavailable`` if there is none, or its schema is older, and none shall be made or changed.
    """
    async with AsyncExitStack() as stack:
        dsn = await stack.enter_async_context(database(settings, making=migrating))
        if migrating:
            await _migrate(dsn)
        pool = await open_pool(dsn, size=10, answer_s=answer_s)
        stack.push_async_callback(_close_pool, pool)
        await _refuse_older(pool)
        connect_here = partial(connect, dsn, answer_s=answer_s)
        log = EventLog(pool, connect_here)
        await log.open()
        stack.push_async_callback(log.close)
        tail = Tail(log, connect_here)
        tail.open()
        stack.push_async_callback(tail.close)
        yield Store(
            pool=pool, log=log, tail=tail, runs=Runs(log, pool, clock), workers=Workers(pool), connect=connect_here
        )


async def _migrate(dsn: str) -> None:
    pool = await open_pool(dsn, size=1)  # of its own: a migration may take minutes
    try:
        await migrate(pool)
    finally:
        await _close_pool(pool)


async def _refuse_older(pool: asyncpg.Pool) -> None:
    # Looking must not change what others work with: nodes of the older version would stop.
    if await pending(pool):
        raise DatabaseUnavailable("The database has an older schema: start `ghostly up` of this version first.")


async def _close_pool(pool: asyncpg.Pool) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(pool.close(), CLOSE_S)
    pool.terminate()
