"""The pool of connections, with the limits that every statement of ours lives under."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import asyncpg

from ghostly.database.errors import DatabaseUnavailable

OLDEST = 14
PATIENCE = 10.0  # seconds for one connection to be made
SETTINGS = {
    "application_name": "ghostly",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "30s",  # a lost client must not keep its locks
    "TimeZone": "UTC",
    "jit": "off",  # our statements are short: compiling them takes longer than running them
}


async def open_pool(dsn: str, *, size: int = 10) -> asyncpg.Pool[asyncpg.Record]:
    """Connects to a PostgreSQL that is new enough, or says in one sentence why it cannot."""
    try:
        pool = await asyncpg.create_pool(
            dsn, min_size=1, max_size=size, timeout=PATIENCE, server_settings=SETTINGS, reset=_as_it_is
        )
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        reason = str(error) or f"no answer within {PATIENCE:.0f} seconds"
        raise DatabaseUnavailable(f"The database at {where(dsn)} cannot be reached: {reason}.") from None
    except (asyncpg.InterfaceError, ValueError):  # their texts quote what may be a password
        raise DatabaseUnavailable(
            "The database's address is not of the form postgresql://user:password@host:port/name; "
            "special characters in the password must be percent-encoded."
        ) from None
    try:
        async with pool.acquire() as connection:
            refuse_old(connection.get_server_version().major)
    except BaseException:
        pool.terminate()
        raise
    return pool


async def connect(dsn: str) -> asyncpg.Connection:
    """A connection of one's own, for what must not wait for the pool: appending, listening, being alive.

    Its plans are generic: an append is planned once, not at each of its first calls and whenever it looks cheap.
    """
    settings = SETTINGS | {"plan_cache_mode": "force_generic_plan"}
    return await asyncpg.connect(dsn, timeout=PATIENCE, server_settings=settings)


async def _as_it_is(_: object) -> None:
    """Resets nothing, and so saves a round trip: none of our statements changes what a connection remembers."""


def refuse_old(major: int) -> None:
    """Raises for a server on which our statements would fail later and less clearly."""
    if major < OLDEST:
        raise DatabaseUnavailable(f"The database is a PostgreSQL {major}: Ghostly needs {OLDEST} or later.")


def where(dsn: str) -> str:
    """The host of an address and nothing that could be secret, also if it is written wrongly."""
    parts = urlsplit(dsn)
    rest = f"{parts.path}?{parts.query}#{parts.fragment}"
    if "@" in rest:  # a password with / ? or # in it: what looks like the host is half of it
        return "the given address"
    return parts.hostname or parse_qs(parts.query).get("host", ["the default address"])[0]
