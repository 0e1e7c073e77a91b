from __future__ import annotations

import re

import pytest

from ghostly.database.errors import DatabaseUnavailable
from ghostly.database.pool import open_pool, refuse_old, where

SETTINGS = {
    "application_name": "ghostly",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "30s",
    "TimeZone": "UTC",
    "jit": "off",
}


@pytest.mark.parametrize(("name", "value"), SETTINGS.items())
async def test_every_connection_lives_under_our_limits(pool, name, value):
    assert await pool.fetchval("select current_setting($1)", name) == value


async def test_json_stays_text(pool):
    assert await pool.fetchval("""select '{"a":  1}'::json""") == '{"a":  1}'


async def test_a_server_that_is_not_there_is_named_without_the_password():
    with pytest.raises(DatabaseUnavailable) as refusal:
        await open_pool("postgresql://ana:s3cret@127.0.0.1:9/ghostly")

    assert "127.0.0.1" in str(refusal.value)
    assert "s3cret" not in str(refusal.value)


async def test_a_wrong_password_is_said_so_and_not_repeated(dsn):
    secret = dsn.split(":")[2].split("@")[0]

    with pytest.raises(DatabaseUnavailable, match="password authentication failed") as refusal:
        await open_pool(dsn.replace(secret, "s3cret"))

    assert "s3cret" not in str(refusal.value)


async def test_a_database_that_is_not_there_is_said_so(dsn):
    with pytest.raises(DatabaseUnavailable, match='database "nowhere" does not exist'):
        await open_pool(re.sub(r"test_\w+", "nowhere", dsn, count=1))


@pytest.mark.parametrize("password", ["s3/cret", "s3#cret", "s3?cret", "s3@/cret", "[s3cret"])
async def test_no_part_of_a_wrongly_written_password_is_repeated(password):
    with pytest.raises(DatabaseUnavailable) as refusal:
        await open_pool(f"postgresql://ana:{password}@127.0.0.1:9/ghostly")

    assert "s3" not in str(refusal.value)
    assert "cret" not in str(refusal.value)


async def test_an_address_of_another_database_is_refused_with_the_right_form():
    with pytest.raises(DatabaseUnavailable, match="postgresql://user:password@host"):
        await open_pool("mysql://ana@127.0.0.1/ghostly")


def test_a_socket_is_named_by_its_directory():
    assert where("postgresql://ana:s3cret@/ghostly?host=/run/postgresql") == "/run/postgresql"


def test_an_old_server_is_refused():
    with pytest.raises(DatabaseUnavailable, match="14 or later"):
        refuse_old(13)


def test_the_oldest_server_that_will_do_is_taken():
    assert refuse_old(14) is None
