"""A node and who calls it, made once a module, for tests that leave it as it was but for runs of their own.

Whoever imports these instead of those of each test's own saves most of what such a test costs.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest_asyncio
from playwright.async_api import Page

from ghostly.settings import Settings
from tests.conftest import database
from tests.http.callers import Caller, Driver, repaired, repairing
from tests.http.conftest import EMAIL, KEY, PASSWORD, Service, auditing, calls, enrol, new_tab, reading, served

__all__ = [
    "ana", "auditor", "bo", "calling", "driven", "driver", "finished", "healed", "healing", "queued", "reader",
    "service", "serving", "settings", "tab",
]  # fmt: skip

Calling = Callable[[Service, str], Awaitable[Caller]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def settings(server: str, template: str, tmp_path_factory) -> AsyncIterator[Settings]:
    async with database(server, template) as dsn:
        yield Settings(database_url=dsn, data_dir=tmp_path_factory.mktemp("shared"), port=0)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def serving(settings: Settings) -> AsyncIterator[Callable[..., Awaitable[Service]]]:
    """Opens nodes on the module's database; they last until its end."""
    async with AsyncExitStack() as stack:

        async def opened(**changes: Any) -> Service:
            return await stack.enter_async_context(served(settings, **changes))

        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def service(serving: Callable[..., Awaitable[Service]]) -> Service:
    return await serving()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def calling() -> AsyncIterator[Calling]:
    """Makes callers of nodes, by API key."""
    async with calls() as calling:
        yield calling


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ana(service: Service, calling: Calling) -> Caller:
    """An admin who has a project."""
    return await calling(service, await enrol(service, KEY, "admin", EMAIL, PASSWORD))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bo(service: Service, calling: Calling) -> Caller:
    """A member who has a project."""
    return await calling(service, await enrol(service, "gly_bo", "member", "bo@example.com"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def reader(service: Service, calling: Calling) -> Caller:
    """A member's key that may only read."""
    return await calling(service, await reading(service))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def auditor(service: Service, calling: Calling) -> Caller:
    """A key of an admin that may read everything, and write to what is its own."""
    return await calling(service, await auditing(service))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def driver(service: Service) -> AsyncIterator[Driver]:
    driver = Driver(service.store)
    await driver.lives()
    yield driver
    await driver.leaves()


@pytest_asyncio.fixture(loop_scope="module")
async def queued(ana: Caller) -> str:
    """A run of the test's own that waits for a worker."""
    return await ana.starts()


@pytest_asyncio.fixture(loop_scope="module")
async def driven(queued: str, driver: Driver) -> str:
    """A run of the test's own that a living worker drives; it has done two steps: seq 6."""
    await driver.takes(queued)
    await driver.does(queued, steps=2)
    return queued


@pytest_asyncio.fixture(loop_scope="module")
async def finished(driven: str, driver: Driver) -> str:
    """A run of the test's own that passed: seq 7."""
    await driver.ends(driven)
    return driven


@pytest_asyncio.fixture(loop_scope="module")
async def healing(queued: str, driver: Driver, heal: str) -> str:
    """A run of the test's own that is about to heal its first step: seq 5."""
    await driver.takes(queued)
    await driver.says(queued, *repairing(heal))
    return queued


@pytest_asyncio.fixture(loop_scope="module")
async def healed(healing: str, driver: Driver, heal: str) -> str:
    """A run of the test's own that passed because its step was healed: seq 8."""
    await driver.says(healing, *repaired(heal))
    await driver.ends(healing)
    return healing


@pytest_asyncio.fixture(loop_scope="module")
async def tab() -> AsyncIterator[Page]:
    async with new_tab() as tab:
        yield tab
