"""Whether a run is over, for who needs nothing else of it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg


class End(NamedTuple):
    """Whose run it is, and when it ended; None as long as it goes on."""

    owner: UUID
    finished_at: datetime | None


async def find_end(pool: asyncpg.Pool, run_id: UUID) -> End | None:
    """How it stands; None if there is no such run."""
    row = await pool.fetchrow("select owner, finished_at from runs where id = $1", run_id)
    return End(*row) if row else None
