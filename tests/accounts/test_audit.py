"""What `ghostly verify` finds when the rows of an account are not what its events say."""

from __future__ import annotations

from uuid import uuid4

import pytest

from ghostly.projections.audit import Verification, verify

PASSWORD = "correct horse battery"


@pytest.fixture
async def cy(known, ana):
    """A registered member with everything that one can have, and had."""
    user = (await known.users.register("cy@example.com", PASSWORD, "member", admin=ana)).id
    for n in range(2):
        key, _ = await known.keys.issue(user, f"k{n}", ["runs:read"])
        project = await known.projects.create(user, f"P{n}")
        await known.secrets.store(user, f"S{n}", "value")
    await known.keys.revoke(key.id, caller=user)
    await known.projects.remove(user, project.id)
    await known.secrets.remove(user, "S1")
    return user


async def found(pool, change, *values):
    await pool.execute(change, *values)
    return [(difference.stream, difference.what) for difference in (await verify(pool)).differences]


async def test_an_account_is_what_its_events_say(pool, cy):
    assert await verify(pool, run_id=cy) == Verification(events=11, streams=1)


async def test_a_removed_account_is_sound(pool, known, ana, cy):
    await known.users.remove(cy, admin=ana)

    assert (await verify(pool, run_id=cy)).found == 0


async def test_one_who_made_himself_an_admin_is_found(pool, ana, cy):
    differences = await found(pool, "update users set role = 'admin' where id = $1", cy)

    assert (cy, "row in users has role admin instead of member") in differences


async def test_a_key_that_nobody_issued_is_found(pool, ana, cy):
    key = uuid4()
    insert = "insert into api_keys values ($1, $2, 'x', decode('00', 'hex'), '', '{runs:read}')"

    assert (cy, f"{key} is in api_keys, but no event put it there") in await found(pool, insert, key, cy)


async def test_scopes_that_nobody_gave_are_found(pool, cy):
    [(_, what)] = [
        each for each in await found(pool, "update api_keys set scopes = '{admin}'") if "api_keys" in each[1]
    ]

    assert what.endswith("in api_keys has ['admin'] instead of ['runs:read']")


@pytest.mark.parametrize("table", ["api_keys", "projects", "secrets"])
async def test_what_nobody_took_away_is_missed(pool, cy, table):
    differences = await found(pool, f"delete from {table}")

    missed = [what for stream, what in differences if stream == cy]

    assert missed
    assert all(what.endswith(f"is not in {table}, but no event took it away") for what in missed)


async def test_a_user_whom_nobody_registered_is_found(pool, cy, enrol):
    eve = await enrol("eve@example.com", "admin")

    assert (eve, "has rows in users, but no events") in await found(pool, "select 1")


async def test_a_user_from_before_the_log_told_of_users_is_none(pool, enrol):
    await enrol("old@example.com")

    assert await found(pool, "update users set created_at = '2026-01-01'") == []


async def test_an_account_whose_payload_was_erased_is_not_compared(pool, cy):
    erase = "update events set data = null, salt = null, erased_by = position + 1 where stream = $1 and seq = 3"
    await pool.execute(erase, cy)

    assert (await verify(pool, run_id=cy)).unfolded == 1
