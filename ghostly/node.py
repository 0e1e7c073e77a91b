"""Wires a node: database, log, runs, worker, HTTP. Here, and nowhere else, are the clocks."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

from ghostly.accounts import Credentials, People, Secrets, Users, Vault, kept, people
from ghostly.accounts.vault import FILE as VAULT_KEY
from ghostly.assist.openai import Endpoint
from ghostly.browser import trace_viewer
from ghostly.browser.egress import Egress, Policy
from ghostly.browser.pool import Browsers
from ghostly.browser.remote import Remote
from ghostly.database.directories import make_directory
from ghostly.domain.flow import Guardrails
from ghostly.domain.moment import uuid7
from ghostly.heals import Heals
from ghostly.http.app import Parts, serve
from ghostly.http.auth import Signer
from ghostly.http.context import Limits
from ghostly.http.streams import Streams
from ghostly.settings import SettingError, Settings
from ghostly.store import Store, opened_store
from ghostly.vital import vital
from ghostly.worker import Reaper, Worker
from ghostly.worker.assistance import Assistance
from ghostly.worker.brains import Brains
from ghostly.worker.lookout import Lookout
from ghostly.worker.memories import Memories
from ghostly.workers import Membership


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Node:
    """A node that runs: its URL, if it serves, and the first admin's credentials if it made them just now."""

    url: str
    credentials: Credentials | None
    store: Store


def store(settings: Settings, *, migrating: bool = True) -> AbstractAsyncContextManager[Store]:
    """The database, brought to today's schema, and everything that works on it.

    Raises ``DatabaseUnavailable`` if there is none, or its schema is older, and none shall be made or changed.
    """
    return opened_store(settings, now, migrating=migrating)


@asynccontextmanager
async def up(
    settings: Settings, *, serves: bool = True, drives: bool = True, migrating: bool = True
) -> AsyncIterator[Node]:
    """Everything in one process: database, API, one worker; or less. Afterwards nothing of it is left.

    A database of ours that hangs has been told to stop by then, and does as soon as it goes on.

    Raises ``Broke`` if a part of it ends that must not end.
    """
    if drives:
        _refuse_unguarded(settings)
        _refuse_no_browser(settings)
    async with AsyncExitStack() as stack:
        opened = await stack.enter_async_context(store(settings, migrating=migrating))
        make_directory(settings.artifacts_dir)  # nobody else can look into it, nor into what lies beside it
        known, tasks = _people(settings, opened), [*opened.log.tasks, *opened.tail.tasks]
        tasks.append(await stack.enter_async_context(_reaping(settings, opened)))
        browsers = _browsers(settings) if drives else None
        parts, url, credentials = _parts(settings, opened, known, browsers), "", None
        if serves:
            url = await stack.enter_async_context(serve(parts, settings.host, settings.port))
        if serves and migrating:  # not before the port is ours: what is told once must not be lost with a start
            credentials = await _first_admin(settings, known.users)
        if browsers is not None:
            tasks += await stack.enter_async_context(_driving(settings, opened, known, browsers))
        stack.callback(parts.stopping.set)  # the first thing to happen: nobody begins what nobody will drive
        await stack.enter_async_context(vital([*tasks, *parts.tasks]))
        yield Node(url=url, credentials=credentials, store=opened)


def settle() -> None:
    """Keep what a started node is made of out of garbage collections; for a process that is nothing but a node.

    A full collection looks at every object there is, and nothing else happens meanwhile: the 90,000 of a node that
    has started took 50 ms, for which every stream and every run stood still. They last as long as the node does.
    So does what runs leave in cycles that have begun by then, out of a backlog: 60 KiB for each slot, once.
    https://docs.python.org/3/library/gc.html#gc.freeze
    """
    gc.collect()  # or garbage is kept, too
    gc.freeze()


async def _first_admin(settings: Settings, users: Users) -> Credentials | None:
    credentials = await users.first_admin(settings.admin_email, settings.admin_password)
    if credentials is not None:
        settings.key_file.unlink(missing_ok=True)  # of a database that is no more
        kept(settings.key_file, credentials.api_key.encode)
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
    settings: Settings, opened: Store, known: People, browsers: Browsers
) -> AsyncIterator[Sequence[asyncio.Task[None]]]:
    brains = _brains(settings, known)
    worker = Worker(
        Membership(new_id(), opened.connect),
        workers=opened.workers,
        runs=opened.runs,
        tail=opened.tail,
        browsers=browsers,
        vault=_vault(settings),
        slots=settings.workers,
        artifacts=settings.artifacts_dir,
        secret_of=partial(_secret_of, settings, known.secrets),
        assistance=Assistance(
            brain_of=brains.of,
            memories=Memories(opened.pool),
            milliseconds=lambda: time.monotonic() * 1000,
        ),
        monotonic=time.monotonic,
        labels=settings.labels,
    )
    try:
        await worker.start()
        yield worker.tasks
    finally:
        await worker.stop()
        await brains.close()


async def _secret_of(settings: Settings, stored: Secrets, owner: UUID, name: str) -> str | None:
    """What its owner stored counts before what the worker was given."""
    value = await stored.value(owner, name)
    return settings.secrets.get(name) if value is None else value


def _people(settings: Settings, opened: Store) -> People:
    vault = _vault(settings)
    return people(opened.pool, vault, clock=now, new_id=new_id, monotonic=time.monotonic)


def _browsers(settings: Settings) -> Browsers:
    return Browsers(
        executable=settings.chromium,
        slots=settings.workers,
        uploads=settings.uploads_dir,
        page_memory=settings.page_memory_mb * 2**20,
        egress=_egress(settings),
        remote=Remote(settings.browser_ws) if settings.browser_ws else None,
    )


def _refuse_unguarded(settings: Settings) -> None:
    if settings.browser_ws and settings.egress == "guarded":
        raise SettingError(
            "GHOSTLY_BROWSER_WS names a browser that was started elsewhere, and GHOSTLY_EGRESS=guarded "
            "(the default of ghostly worker) cannot guard that: set GHOSTLY_EGRESS=open, and bound what it "
            "reaches where it runs"
        )


def _refuse_no_browser(settings: Settings) -> None:
    if settings.chromium and not settings.browser_ws and shutil.which(settings.chromium) is None:
        raise SettingError(
            f"GHOSTLY_CHROMIUM must be an executable file, by path or by name, not {settings.chromium!r}"
        )


def _brains(settings: Settings, known: People) -> Brains:
    return Brains(
        known.models,
        environment=_endpoint(settings),
        patience_s=settings.llm_timeout_s,
        guardrails=_guardrails(settings),
        egress=_egress(settings),
        monotonic=time.monotonic,
    )


def _endpoint(settings: Settings) -> Endpoint | None:
    """The model that this server was given; None if it was given none."""
    if settings.llm_base_url is None or settings.llm_model is None:
        return None
    return Endpoint(
        base_url=settings.llm_base_url,
        model=settings.llm_model,
        api_key=settings.llm_api_key,
        patience_s=settings.llm_timeout_s,
    )


def _guardrails(settings: Settings) -> Guardrails:
    return Guardrails(settings.max_steps, settings.max_timeout_ms, uploads=settings.uploads_dir is not None)


def _egress(settings: Settings) -> Egress | None:
    """How a run's browser reaches anything; None: by itself."""
    if settings.egress != "guarded":
        return None
    return Egress(Policy(private=settings.egress_private == "allow", allowed=settings.egress_allow))


def _parts(settings: Settings, opened: Store, known: People, browsers: Browsers | None = None) -> Parts:
    return Parts(
        pool=opened.pool,
        log=opened.log,
        runs=opened.runs,
        heals=Heals(opened.pool, now),
        tail=opened.tail,
        workers=opened.workers,
        people=known,
        vault=_vault(settings),
        guardrails=_guardrails(settings),
        brains=_brains(settings, known),
        lookout=Lookout(browsers, settings.artifacts_dir) if browsers else None,
        signer=Signer(_jwt_secret(settings), timedelta(days=settings.jwt_days)),
        clock=now,
        artifacts=settings.artifacts_dir,
        viewer=trace_viewer.directory(),
        limits=Limits(queued=settings.max_queued),
        origins=settings.allowed_origins,
        proxies=settings.trusted_proxies,
        pages=settings.web_dir,
        streams=Streams(most=settings.max_streams),
    )


def _vault(settings: Settings) -> Vault:
    if settings.vault_key is not None:
        return Vault(settings.vault_key.encode())
    try:
        return Vault.at(settings.data_dir)
    except ValueError as error:
        file = settings.data_dir / VAULT_KEY
        raise SettingError(f"{file} holds no Fernet key: put back the one that it held") from error


def _jwt_secret(settings: Settings) -> bytes:
    if settings.jwt_secret is not None:
        return settings.jwt_secret.encode()
    path = settings.data_dir / "jwt.secret"
    secret = kept(path, lambda: os.urandom(32).hex().encode())
    if len(secret) < 32:
        raise SettingError(f"{path} must hold at least 32 bytes; remove it, and a new one is made")
    return secret
