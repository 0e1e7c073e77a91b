"""The list of runs: newest first, without what is large."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import asyncpg

from ghostly.projections.run_view import Row, listed

LIMIT = 1_000

LIST = """
select r.id, r.seq, r.owner, r.project, r.started_at, r.about, r.summary,
       coalesce((select json_agg(s.data order by s.index) from steps s where s.run = r.id), '[]') as steps
  from runs r
 where r.owner = $1 and ($2::uuid is null or r.project = $2)
 order by r.started_at desc, r.id desc limit $3
"""


async def list_runs(
    pool: asyncpg.Pool, owner: UUID, *, project: UUID | None = None, limit: int = LIMIT
) -> list[dict[str, Any]]:
    """The owner's runs, newest first by ``(startedAt, id)``, at most ``limit``."""
    rows = await pool.fetch(LIST, owner, project, limit)
    return [listed(Row(*row)) for row in rows]
