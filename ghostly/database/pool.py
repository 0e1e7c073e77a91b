"""The pool of connections, with the limits that every statement of ours lives under."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from ghostly.database.errors import DatabaseUnavailable

OLDEST = 14
PATIENCE = 10.0  # seconds for one connection to be made
ANSWER_S = 5.0  # for an answer, where somebody waits for it: our statements take milliseconds
LET_GO_S = 1.0  # for the server to confirm that it stopped at what nobody waits for any more
USUAL: dict[str, Any] = {  # what asyncpg.create_pool would say
    "max_queries": 50_000,
    "max_inactive_connection_lifetime": 300.0,
    "connection_class": asyncpg.Connection,
    "record_class": asyncpg.Record,
    "loop": None,
}
SETTINGS = {
    "application_name": "ghostly",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "30s",  # a lost client must not keep its locks
    "TimeZone": "UTC",
    "jit": "off",  # our statements are short: compiling them takes longer than running them
}


class Pool(asyncpg.Pool):
    """A pool that waits ``answer_s`` seconds for a free connection, and as long for each answer on one.

    ``TimeoutError`` says that it did not come: a database that is silent is as little of one as one that is gone.
    What was asked is cancelled then, or its connection is dropped. None: whoever asks has all the time there is.
    """

    def __init__(self, *where: object, answer_s: float | None, **options: Any) -> None:
        super().__init__(*where, command_timeout=answer_s, **options)
        self._answer_s = answer_s

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[PoolConnectionProxy]:  # type: ignore[override]
        """A connection of one's own meanwhile; whoever is cancelled stays so, however its transaction ends."""
        async with asyncio.timeout(self._answer_s):
            connection = await super().acquire()
        cancelled = _cancellations()
        try:
            yield connection
        except TimeoutError as error:  # a rollback's, say, in the place of what it was for
            if _cancellations() > cancelled:
                raise asyncio.CancelledError from error
            raise
        finally:
            with suppress(TimeoutError):
                await self.release(connection, timeout=self._answer_s and LET_GO_S)


def _cancellations() -> int:
    task = asyncio.current_task()
    return task.cancelling() if task else 0


async def open_pool(dsn: str, *, size: int = 10, answer_s: float | None = None) -> asyncpg.Pool[asyncpg.Record]:
    """Connects to a PostgreSQL that is new enough, or says in one sentence why it cannot.

    Whoever has others waiting gives ``answer_s``; see ``Pool``.
    """
    try:
        pool = await Pool(
            dsn,
            answer_s=answer_s,
            init_size=1,
            min_size=0,  # or it would restore one by itself, and log a traceback each time it cannot
            max_size=size,
            timeout=PATIENCE,
            server_settings=SETTINGS,
            reset=_as_it_is,
            **USUAL,
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


async def connect(dsn: str, *, answer_s: float = ANSWER_S) -> asyncpg.Connection:
    """A connection of one's own, for what must not wait for the pool: appending, listening, being alive.

    Its plans are generic: an append is planned once, not at each of its first calls and whenever it looks cheap.
    An answer is waited for ``answer_s`` seconds, where nobody says for how long.
    """
    settings = SETTINGS | {"plan_cache_mode": "force_generic_plan"}
    return await asyncpg.connect(dsn, timeout=PATIENCE, command_timeout=answer_s, server_settings=settings)


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
