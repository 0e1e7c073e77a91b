from __future__ import annotations

import asyncio

import pytest

from ghostly.domain.account_events import SecretRemoved, SecretStored
from ghostly.domain.errors import AccountNotFound, LimitReached
from tests.conftest import execute

VALUE = 'hunter "two" ñ'


async def test_what_was_stored_is_what_is_typed(known, bo):
    await known.secrets.store(bo, "SHOP", VALUE)

    assert await known.secrets.value(bo, "SHOP") == VALUE


async def test_what_was_stored_last_counts(known, bo):
    await known.secrets.store(bo, "SHOP", "old")
    await known.secrets.store(bo, "SHOP", VALUE)

    assert await known.secrets.value(bo, "SHOP") == VALUE
    assert [secret.name for secret in await known.secrets.all(bo)] == ["SHOP"]


async def test_a_secret_is_nobody_elses(known, ana, bo):
    await known.secrets.store(bo, "SHOP", VALUE)

    assert await known.secrets.value(ana, "SHOP") is None


async def test_a_secret_that_was_removed_means_nothing(known, bo):
    await known.secrets.store(bo, "SHOP", VALUE)
    await known.secrets.remove(bo, "SHOP")

    assert await known.secrets.value(bo, "SHOP") is None


async def test_removing_what_is_not_there_is_refused(known, bo, told):
    with pytest.raises(AccountNotFound):
        await known.secrets.remove(bo, "SHOP")

    assert await told(bo) == []


async def test_what_happens_to_a_secret_is_told_by_name(known, bo, told):
    await known.secrets.store(bo, "SHOP", VALUE)
    await known.secrets.remove(bo, "SHOP")

    assert [(type(fact), fact.name) for fact in await told(bo)] == [
        (SecretStored, "SHOP"),
        (SecretRemoved, "SHOP"),
    ]


async def test_no_table_holds_the_value(pool, known, bo):
    await known.secrets.store(bo, "SHOP", "hunter-two")
    rows = [
        row[0] for table in ("secrets", "events") for row in await pool.fetch(f"select t::text from {table} t")
    ]

    assert not [row for row in rows if "hunter" in row or b"hunter".hex() in row]


@pytest.mark.parametrize("change", ["set owner = $1", "set name = 'OTHER' where $1::uuid is not null"])
async def test_a_row_that_was_moved_cannot_be_read(pool, known, ana, bo, change):
    await known.secrets.store(bo, "SHOP", VALUE)
    await pool.execute(f"update secrets {change}", ana)
    owner, name = await pool.fetchrow("select owner, name from secrets")

    with pytest.raises(ValueError, match="encrypted for something else"):
        await known.secrets.value(owner, name)


async def test_a_user_has_only_so_many_secrets(pool, known, bo):
    await pool.execute("insert into secrets select $1, 'N' || n, '' from generate_series(1, 1000) n", bo)
    await known.secrets.store(bo, "N7", "in the place of another")

    with pytest.raises(LimitReached, match="at most 1000 secrets"):
        await known.secrets.store(bo, "MORE", VALUE)


async def test_whoever_asks_while_the_database_is_away_waits_for_it(server, pool, known, bo):
    await known.secrets.store(bo, "SHOP", VALUE)
    name = await pool.fetchval("select current_database()")
    await execute(server, f"alter database {name} allow_connections false")
    await execute(server, f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'")
    asking = asyncio.create_task(known.secrets.value(bo, "SHOP"))
    await asyncio.wait([asking], timeout=0.7)
    await execute(server, f"alter database {name} allow_connections true")

    assert await asking == VALUE
