"""Nodes that serve and do not drive, on the test's database; who calls them, and runs in every phase."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from argon2 import PasswordHasher
from playwright.async_api import Page, async_playwright

from ghostly import node
from ghostly.accounts.scopes import READ, SCOPES, WRITE
from ghostly.browser import chromium
from ghostly.http.app import Parts, serve
from ghostly.node import Store
from ghostly.settings import Settings
from tests.http.callers import Caller, Driver, repaired, repairing

EMAIL, PASSWORD, KEY = "ana@example.com", "correct horse battery", "gly_ana"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(frozen=True)
class Service:
    """A node of the test's database that serves and does not drive."""

    parts: Parts
    url: str
    store: Store


@pytest.fixture
def settings(dsn: str, tmp_path: Path) -> Settings:
    return Settings(database_url=dsn, data_dir=tmp_path, port=0)


@asynccontextmanager
async def served(settings: Settings, **changes: Any) -> AsyncIterator[Service]:
    async with node.store(settings) as store:
        parts = node._parts(settings, store, node._people(settings, store))
        parts = replace(parts, **changes)
        async with serve(parts, settings.host, settings.port) as url:
            yield Service(parts, url, store)


@pytest.fixture
async def serving(settings: Settings) -> AsyncIterator[Callable[..., Awaitable[Service]]]:
    """Opens nodes on the test's database; they last until its end."""
    async with AsyncExitStack() as stack:

        async def opened(**changes: Any) -> Service:
            return await stack.enter_async_context(served(settings, **changes))

        yield opened


@pytest.fixture
async def service(serving) -> Service:
    return await serving()


@pytest.fixture
async def calling() -> AsyncIterator[Callable[..., Awaitable[Caller]]]:
    """Makes callers of nodes, by API key."""
    async with calls() as calling:
        yield calling


@asynccontextmanager
async def calls() -> AsyncIterator[Callable[..., Awaitable[Caller]]]:
    async with AsyncExitStack() as stack:

        async def caller(service: Service, key: str) -> Caller:
            session = aiohttp.ClientSession(service.url, connector=aiohttp.TCPConnector(limit=0))
            return Caller(await stack.enter_async_context(session), **{"X-Api-Key": key})

        yield caller


@pytest.fixture
async def ana(service: Service, calling) -> Caller:
    """An admin who has a project."""
    return await calling(service, await enrol(service, KEY, "admin", EMAIL, PASSWORD))


@pytest.fixture
async def bo(service: Service, calling) -> Caller:
    """A member who has a project."""
    return await calling(service, await enrol(service, "gly_bo", "member", "bo@example.com"))


@pytest.fixture
async def reader(service: Service, calling) -> Caller:
    """A member's key that may only read."""
    return await calling(service, await reading(service))


@pytest.fixture
async def auditor(service: Service, calling) -> Caller:
    """A key of an admin that may read everything, and write to what is its own."""
    return await calling(service, await auditing(service))


async def reading(service: Service) -> str:
    return await enrol(service, "gly_reader", "member", "cy@example.com", scopes={READ})


async def auditing(service: Service) -> str:
    scopes = {READ, WRITE, "audit:read"}
    return await enrol(service, "gly_auditor", "admin", "di@example.com", scopes=scopes)


async def enrol(service: Service, key: str, role: str, email: str, password: str = "", scopes=None) -> str:
    # As the first admin is made, but with a hash that takes no quarter of a second.
    pool, user, digest = service.store.pool, uuid4(), sha256(key.encode()).digest()
    hashed = CHEAP.hash(password) if password else ""
    await pool.execute("insert into users values ($1, $2, $3, $4)", user, email, hashed, role)
    await pool.execute(
        "insert into api_keys values (gen_random_uuid(), $1, 'first', $2, '', $3)",
        user,
        digest,
        sorted(scopes or SCOPES[role]),
    )
    await pool.execute("insert into projects values (gen_random_uuid(), $1, 'default', 'Default')", user)
    return key


@pytest.fixture
async def driver(service: Service) -> AsyncIterator[Driver]:
    driver = Driver(service.store)
    await driver.lives()
    yield driver
    await driver.leaves()


@pytest.fixture
async def queued(ana: Caller) -> str:
    """A run that waits for a worker."""
    return await ana.starts()


@pytest.fixture
async def driven(queued: str, driver: Driver) -> str:
    """A run that a living worker drives; it has done two steps: seq 6."""
    await driver.takes(queued)
    await driver.does(queued, steps=2)
    return queued


@pytest.fixture
async def finished(driven: str, driver: Driver) -> str:
    """A run that passed: seq 7."""
    await driver.ends(driven)
    return driven


@pytest.fixture
def heal() -> str:
    """The id of a heal."""
    return str(uuid4())


@pytest.fixture
async def healing(queued: str, driver: Driver, heal: str) -> str:
    """A run that is about to heal its first step: seq 5."""
    await driver.takes(queued)
    await driver.says(queued, *repairing(heal))
    return queued


@pytest.fixture
async def healed(healing: str, driver: Driver, heal: str) -> str:
    """A run that passed because its step was healed: seq 8."""
    await driver.says(healing, *repaired(heal))
    await driver.ends(healing)
    return healing


@pytest.fixture
async def tab() -> AsyncIterator[Page]:
    """A tab of a browser that has seen nothing yet."""
    async with new_tab() as tab:
        yield tab


@asynccontextmanager
async def new_tab() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.find(None, headless=True))
        yield await browser.new_page()
        await browser.close()
