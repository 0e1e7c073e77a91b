"""Wires a node: database, log, runs, worker, HTTP. Here, and nowhere else, are the clocks."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import asyncpg

from ghostly.accounts import Credentials, People, Secrets, Users, Vault, kept, people
from ghostly.browser import trace_viewer
from ghostly.browser.egress import Egress, Policy
from ghostly.browser.pool import Browsers
from ghostly.database.embedded import EmbeddedPostgres
from ghostly.database.errors import DatabaseUnavailable
from ghostly.database.migrations import migrate, pending
from ghostly.database.pool import connect, open_pool
from ghostly.domain.flow import Guardrails
from ghostly.domain.moment import uuid7
from ghostly.event_log import EventLog
from ghostly.http.app import Parts, serve
from ghostly.http.auth import Signer
from ghostly.http.context import Limits
from ghostly.http.streams import Streams
from ghostly.runs import Runs
from ghostly.settings import SettingError, Settings
from ghostly.tail import Tail
from ghostly.vital import vital
from ghostly.worker import Reaper, Worker
from ghostly.workers import Membership, Workers

logger = logging.getLogger("ghostly.node")

API_KEY = "admin.key"
LOOK_S = 1.0


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Store:
    """The database and what is read from and written to it."""

    pool: asyncpg.Pool
    log: EventLog
    tail: Tail
    runs: Runs
    workers: Workers
    connect: Callable[[], Awaitable[asyncpg.Connection]]


@dataclass(frozen=True, kw_only=True)
class Node:
    """A node that runs: its URL, if it serves, and the first admin's credentials if it made them just now."""

    url: str
    credentials: Credentials | None
    store: Store


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[str]:
    """The address of the database: the given one, or the embedded one, held as long as this lasts."""
    if settings.database_url:
        yield settings.database_url
        return
    embedded = EmbeddedPostgres(settings.data_dir / "postgres")
    acquiring = asyncio.create_task(asyncio.to_thread(embedded.acquire))
    try:
        dsn = await asyncio.shield(acquiring)
        async with _kept_alive(embedded):
            yield dsn
    finally:
        await asyncio.wait([acquiring])  # who is told to stop meanwhile starts it all the same, and must stop it
        await asyncio.to_thread(embedded.release)


@asynccontextmanager
async def _kept_alive(embedded: EmbeddedPostgres) -> AsyncIterator[None]:
    """If it crashes, it is started anew."""
    leaving = asyncio.Event()
    keeping = asyncio.create_task(_keep_alive(embedded, leaving), name="embedded PostgreSQL")
    try:
        yield
    finally:
        leaving.set()
        await asyncio.wait([keeping])  # never cancelled: a thread of its own would go on starting what we stop


async def _keep_alive(embedded: EmbeddedPostgres, leaving: asyncio.Event) -> None:
    while not leaving.is_set():
        try:
            if await asyncio.to_thread(embedded.revive):
                logger.warning("the embedded PostgreSQL had crashed, and was started anew")
        except Exception:
            logger.exception("the embedded PostgreSQL is gone, and does not start")
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_S):
                await leaving.wait()


@asynccontextmanager
async def reading(settings: Settings) -> AsyncIterator[asyncpg.Pool]:
    """The database for whoever only looks or rebuilds. Raises ``DatabaseUnavailable`` if its schema is older."""
    async with database(settings) as dsn:
        pool = await open_pool(dsn, size=2)
        try:
            await _refuse_older(pool)
            yield pool
        finally:
            await _close_pool(pool)


@asynccontextmanager
async def store(settings: Settings, *, migrating: bool = True) -> AsyncIterator[Store]:
    """The database, brought to today's schema, and everything that works on it.

    Raises ``DatabaseUnavailable`` if its schema is older and shall not be touched.
    """
    async with AsyncExitStack() as stack:
        dsn = await stack.enter_async_context(database(settings))
        pool = await open_pool(dsn, size=10)
        stack.push_async_callback(_close_pool, pool)
        await (migrate(pool) if migrating else _refuse_older(pool))
        connect_here = partial(connect, dsn)
        log = EventLog(pool, connect_here)
        await log.open()
        stack.push_async_callback(log.close)
        tail = Tail(log, connect_here)
        tail.open()
        stack.push_async_callback(tail.close)
        yield Store(
            pool=pool, log=log, tail=tail, runs=Runs(log, pool, now), workers=Workers(pool), connect=connect_here
        )


async def _refuse_older(pool: asyncpg.Pool) -> None:
    # Looking must not change what others work with: nodes of the older version would stop.
    if await pending(pool):
        raise DatabaseUnavailable("The database has an older schema: start `ghostly up` of this version first.")


async def _close_pool(pool: asyncpg.Pool) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(pool.close(), 3)
    pool.terminate()


@asynccontextmanager
async def up(
    settings: Settings, *, serves: bool = True, drives: bool = True, migrating: bool = True
) -> AsyncIterator[Node]:
    """Everything in one process: database, API, one worker; or less. Afterwards nothing of it is left.

    Raises ``Broke`` if a part of it ends that must not end.
    """
    async with AsyncExitStack() as stack:
        opened = await stack.enter_async_context(store(settings, migrating=migrating))
        known, tasks = _people(settings, opened), [*opened.log.tasks, *opened.tail.tasks]
        credentials = await _first_admin(settings, known.users) if serves else None
        tasks.append(await stack.enter_async_context(_reaping(settings, opened)))
        parts, url = _parts(settings, opened, known), ""
        if serves:
            url = await stack.enter_async_context(serve(parts, settings.host, settings.port))
        if drives:
            tasks += await stack.enter_async_context(_driving(settings, opened, known))
        stack.callback(parts.stopping.set)  # the first thing to happen: nobody begins what nobody will drive
        await stack.enter_async_context(vital([*tasks, *parts.tasks]))
        yield Node(url=url, credentials=credentials, store=opened)


async def _first_admin(settings: Settings, users: Users) -> Credentials | None:
    credentials = await users.first_admin(settings.admin_email, settings.admin_password)
    if credentials is not None:
        path = settings.data_dir / API_KEY
        path.unlink(missing_ok=True)  # of a database that is no more
        kept(path, credentials.api_key.encode)
    return credentials


def new_id() -> UUID:
    """An id that nobody else has."""
    return uuid7(now(), os.urandom(10))


@asynccontextmanager
async def _reaping(settings: Settings, opened: Store) -> AsyncIterator[asyncio.Task[None]]:
    reaper = Reaper(opened.workers, opened.runs, settle_after=settings.settle_after_s, monotonic=time.monotonic)
    task = asyncio.create_task(reaper.run(), name="reaper")
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait([task])


@asynccontextmanager
async def _driving(
    settings: Settings, opened: Store, known: People
) -> AsyncIterator[Sequence[asyncio.Task[None]]]:
    worker = Worker(
        Membership(new_id(), opened.connect),
        workers=opened.workers,
        runs=opened.runs,
        tail=opened.tail,
        browsers=Browsers(
            executable=settings.chromium,
            slots=settings.workers,
            uploads=settings.uploads_dir,
            egress=_egress(settings),
        ),
        vault=_vault(settings),
        slots=settings.workers,
        artifacts=settings.artifacts_dir,
        secret_of=partial(_secret_of, settings, known.secrets),
        monotonic=time.monotonic,
        labels=settings.labels,
    )
    try:
        await worker.start()
        yield worker.tasks
    finally:
        await worker.stop()


async def _secret_of(settings: Settings, stored: Secrets, owner: UUID, name: str) -> str | None:
    """What its owner stored counts before what the worker was given."""
    value = await stored.value(owner, name)
    return settings.secrets.get(name) if value is None else value


def _people(settings: Settings, opened: Store) -> People:
    vault = _vault(settings)
    return people(opened.pool, vault, clock=now, new_id=new_id, monotonic=time.monotonic)


def _egress(settings: Settings) -> Egress | None:
    """How a run's browser reaches anything; None: by itself."""
    if settings.egress != "guarded":
        return None
    return Egress(Policy(private=settings.egress_private == "allow", allowed=settings.egress_allow))


def _parts(settings: Settings, opened: Store, known: People) -> Parts:
    return Parts(
        pool=opened.pool,
        log=opened.log,
        runs=opened.runs,
        tail=opened.tail,
        workers=opened.workers,
        people=known,
        vault=_vault(settings),
        guardrails=Guardrails(
            settings.max_steps, settings.max_timeout_ms, uploads=settings.uploads_dir is not None
        ),
        signer=Signer(_jwt_secret(settings), timedelta(days=settings.jwt_days)),
        clock=now,
        artifacts=settings.artifacts_dir,
        viewer=trace_viewer.directory(),
        limits=Limits(queued=settings.max_queued),
        origins=settings.allowed_origins,
        pages=settings.web_dir,
        streams=Streams(most=settings.max_streams),
    )


def _vault(settings: Settings) -> Vault:
    return Vault(settings.vault_key.encode()) if settings.vault_key else Vault.at(settings.data_dir)


def _jwt_secret(settings: Settings) -> bytes:
    if settings.jwt_secret is not None:
        return settings.jwt_secret.encode()
    path = settings.data_dir / "jwt.secret"
    secret = kept(path, lambda: os.urandom(32).hex().encode())
    if len(secret) < 32:
        raise SettingError(f"{path} must hold at least 32 bytes; remove it, and a new one is made")
    return secret
