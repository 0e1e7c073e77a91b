"""What came with a request for a run and is no part of the run: its Idempotency-Key, and its code hints."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

import asyncpg

LIFE = "24 hours"

# Whoever comes first takes the key; one that is too old is as good as free. The row is there, or ours, afterwards.
_CLAIM = f"""
insert into idempotency_keys as k (owner, key, digest, run) values ($1, $2, $3, $4)
on conflict (owner, key) do update set digest = excluded.digest, run = excluded.run, at = now()
 where k.at < now() - interval '{LIFE}'
"""  # noqa: S608

_TAKEN = "select digest, run from idempotency_keys where owner = $1 and key = $2"

_FORGET = f"""
delete from idempotency_keys where (owner, key) in (
  select owner, key from idempotency_keys where at < now() - interval '{LIFE}'
   order by at limit 10 for update skip locked
)
"""  # noqa: S608


class Claim(NamedTuple):
    """For which run a key stands, and the digest of the body that it came with first."""

    digest: bytes
    run: UUID


class Requests:
    """The requests for runs that there were."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def claimed(self, owner: UUID, key: str) -> Claim | None:
        """What the key stands for; None if it stands for nothing, or no longer."""
        query = f"{_TAKEN} and at >= now() - interval '{LIFE}'"
        taken = await self._pool.fetchrow(query, owner, key)
        return Claim(*taken) if taken else None

    async def claim(self, owner: UUID, key: str, digest: bytes, run: UUID) -> Claim:
        """Let the key stand for this run, unless it stands for another; answers what it stands for.

        The run need not be there yet: of all who claim at once, on any node, each is told the same one to begin.
        """
        while True:
            await self._pool.execute(_CLAIM, owner, key, digest, run)
            taken = await self._pool.fetchrow(_TAKEN, owner, key)
            if taken is not None:  # or it was released in between
                break
        await self._pool.execute(_FORGET)
        return Claim(*taken)

    async def release(self, owner: UUID, key: str, run: UUID) -> None:
        """Let the key stand for nothing again, if it stands for a run that never began."""
        await self._pool.execute(
            "delete from idempotency_keys where owner = $1 and key = $2 and run = $3"
            " and not exists (select from runs where id = $3)",
            owner,
            key,
            run,
        )

    async def keep_hints(self, run: UUID, hints: str) -> None:
        """Keep the code hints (JSON) of a run that is about to begin."""
        await self._pool.execute(
            "insert into run_hints (run, hints) values ($1, $2) on conflict (run) do nothing", run, hints
        )

    async def drop_hints(self, run: UUID) -> None:
        """Forget the code hints of a run that never began."""
        await self._pool.execute(
            "delete from run_hints where run = $1 and not exists (select from runs where id = $1)", run
        )

    async def hints(self, run: UUID) -> str | None:
        """The code hints of the run, as JSON; None if it came without."""
        hints: str | None = await self._pool.fetchval("select hints from run_hints where run = $1", run)
        return hints
