"""The people of the test's database: an admin, a member, and what the log says of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from cryptography.fernet import Fernet
from stores import log

from ghostly.accounts import People, Vault, people
from ghostly.domain.errors import Refused
from ghostly.event_log import decode_account

__all__ = ["log"]

PASSWORD = "correct horse battery"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Seconds:
    """A monotonic clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def known(pool, seconds) -> People:
    vault = Vault(Fernet.generate_key())
    return people(pool, vault, clock=lambda: datetime.now(UTC), new_id=uuid4, monotonic=seconds)


@pytest.fixture
async def enrol(pool) -> Callable[..., Any]:
    """Makes users without asking anyone; nothing is told of it."""

    async def enrol(email: str, role: str = "member") -> UUID:
        sql = "insert into users values (gen_random_uuid(), $1, $2, $3) returning id"
        return await pool.fetchval(sql, email, CHEAP.hash(PASSWORD), role)

    return enrol


@pytest.fixture
async def ana(enrol) -> UUID:
    return await enrol("ana@example.com", "admin")


@pytest.fixture
async def bo(enrol) -> UUID:
    return await enrol("bo@example.com")


@pytest.fixture
async def told(log) -> Callable[..., Any]:
    """What the log says of a user."""

    async def told(user: UUID) -> list[Any]:
        return [decode_account(stored) for stored in await log.read(user)]

    return told


async def tries(known: People, times: int, email: str = "bo@example.com", address: str = "10.0.0.1") -> list[str]:
    """How so many logins with a wrong password are answered, one after the other."""
    codes = []
    for _ in range(times):
        try:
            await known.logins.log_in(email, "guessed", address)
        except Refused as refusal:
            codes.append(refusal.code)
    return codes
