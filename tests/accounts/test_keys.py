from __future__ import annotations

import pytest

from ghostly.domain.account_events import KeyIssued, KeyRevoked
from ghostly.domain.errors import AccountNotFound

EVERY = ["admin", "audit:read", "runs:read", "runs:write"]


@pytest.fixture
async def issued(known, bo):
    return await known.keys.issue(bo, "ci", ["runs:read"])


async def test_a_key_leads_to_its_owner(known, bo, issued):
    _, key = issued
    caller = await known.keys.by_key(key)

    assert (caller.id, caller.scopes) == (bo, {"runs:read"})


async def test_a_key_is_nowhere_in_the_database(pool, issued):
    _, key = issued
    rows = [
        row[0] for table in ("api_keys", "events") for row in await pool.fetch(f"select t::text from {table} t")
    ]

    assert not [row for row in rows if key[8:] in row]


async def test_a_key_is_told_by_its_id_and_scopes(bo, issued, told):
    made, _ = issued
    [fact] = await told(bo)

    assert (type(fact), fact.key, fact.scopes, fact.actor) == (
        KeyIssued, str(made.id), ["runs:read"], f"user:{bo}"
    )  # fmt: skip


async def test_a_revoked_key_opens_nothing_at_once(known, bo, issued):
    made, key = issued
    await known.keys.by_key(key)
    await known.keys.revoke(made.id, caller=bo)

    assert await known.keys.by_key(key) is None


async def test_a_revocation_is_told(known, bo, issued, told):
    await known.keys.revoke(issued[0].id, caller=bo)
    fact = (await told(bo))[-1]

    assert (type(fact), fact.key) == (KeyRevoked, str(issued[0].id))


async def test_nobody_revokes_the_key_of_somebody_else(known, ana, issued):
    with pytest.raises(AccountNotFound):
        await known.keys.revoke(issued[0].id, caller=ana)


async def test_an_admin_revokes_anybodys_key_and_is_named(known, ana, bo, issued, told):
    await known.keys.revoke(issued[0].id, caller=ana, any_owner=True)

    assert (await told(bo))[-1].actor == f"user:{ana}"


async def test_a_key_is_revoked_once(known, bo, issued):
    await known.keys.revoke(issued[0].id, caller=bo)

    with pytest.raises(AccountNotFound):
        await known.keys.revoke(issued[0].id, caller=bo)


async def test_a_key_may_no_more_than_its_owner_also_when_that_changes(pool, known, ana, seconds):
    _, key = await known.keys.issue(ana, "all", EVERY)
    before = (await known.keys.by_key(key)).scopes
    await pool.execute("update users set role = 'member'")
    seconds.now += 2

    assert sorted(before) == EVERY
    assert sorted((await known.keys.by_key(key)).scopes) == ["runs:read", "runs:write"]


async def test_a_key_that_reads_everything_reads_what_is_its_own_and_writes_nothing(known, ana):
    _, key = await known.keys.issue(ana, "auditor", ["audit:read"])

    assert sorted((await known.keys.by_key(key)).scopes) == ["audit:read", "runs:read"]


async def test_a_key_is_shown_by_its_beginning_only(known, bo, issued):
    made, key = issued
    [shown] = await known.keys.all(bo)

    assert shown == made
    assert shown.hint == f"{key[:8]}••••"
