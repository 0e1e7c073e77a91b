"""The projects that runs belong to."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg


class Project(NamedTuple):
    """A user's project; requests name it by id or slug."""

    id: UUID
    slug: str
    label: str
    color: str
    created_at: datetime


class Projects:
    """All projects there are."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def find(self, owner: UUID, name: str) -> Project | None:
        """The owner's project with this id or slug; None if there is none, or it is someone else's."""
        row = await self._pool.fetchrow(
            "select id, slug, label, color, created_at from projects where owner = $1 and $2 in (id::text, slug)",
            owner,
            name,
        )
        return Project(*row) if row else None

    async def all(self, owner: UUID) -> list[Project]:
        """The owner's projects, the oldest first."""
        rows = await self._pool.fetch(
            "select id, slug, label, color, created_at from projects where owner = $1 order by created_at, id",
            owner,
        )
        return [Project(*row) for row in rows]
