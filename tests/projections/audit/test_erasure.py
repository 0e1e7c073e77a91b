"""What was erased stays proved, and nothing else can be taken out of the log."""

from __future__ import annotations

import asyncpg
import pytest
from written import FINISHED, erase, first_flaw, tamper

from ghostly.projections.audit import Verification, verify


async def test_an_erased_run_stays_proved(pool, run):
    await erase(pool, run, by=2 * FINISHED + 1)

    assert await verify(pool) == Verification(events=2 * FINISHED + 2, streams=3, unfolded=1)


async def test_an_erased_event_still_has_its_hash(pool, run):
    await erase(pool, run, by=2 * FINISHED + 1)
    await tamper(pool, "update events set actor = 'eve' where stream = $1 and seq = 5", run)

    assert await first_flaw(pool) == (run, 5)


@pytest.mark.parametrize("position", [-1, 0, FINISHED + 3, 2 * FINISHED + 3])
async def test_an_erasure_that_no_later_event_did_is_found(pool, run, position):
    erasure = "update events set data = null, salt = null, erased_by = $2 where stream = $1 and seq = 3"
    await pool.execute(erasure, run, position)

    assert await first_flaw(pool) == (run, 3)


# ---- what the database itself refuses

CHANGES = [
    "update events set actor = 'eve'",
    "update events set data = null",
    "update events set data = null, salt = null, erased_by = 1, hash = data_digest",
    "delete from events",
    "truncate events",
    "truncate events cascade",
]


@pytest.mark.parametrize("change", CHANGES)
async def test_the_database_refuses_to_change_the_log(pool, run, change):
    for role in ("origin", "replica", "local"):
        async with pool.acquire() as connection:
            with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
                await connection.execute(f"set session_replication_role = {role}; {change}")


async def test_what_was_erased_cannot_be_erased_again(pool, run):
    await erase(pool, run, by=2 * FINISHED + 1)

    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        await erase(pool, run, by=2 * FINISHED + 2)
