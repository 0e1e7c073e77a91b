"""The projects that runs belong to."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import datetime
from itertools import count
from typing import NamedTuple
from uuid import UUID

from ghostly.accounts.account import Accounts, Change, by
from ghostly.domain.account_events import ProjectCreated, ProjectRemoved
from ghostly.domain.errors import AccountNotFound

MOST = 1_000
SLUG = 64
COLOR = "#6366f1"
COLUMNS = "id, slug, label, color, created_at"


class Project(NamedTuple):
    """A user's project; requests name it by id or slug."""

    id: UUID
    slug: str
    label: str
    color: str
    created_at: datetime


class Projects:
    """All projects there are."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    async def find(self, owner: UUID, name: str) -> Project | None:
        """The owner's project with this id or slug; None if there is none, or it is someone else's."""
        row = await self._accounts.pool.fetchrow(
            f"select {COLUMNS} from projects where owner = $1 and $2 in (id::text, slug)"  # noqa: S608
            " order by id::text = $2 desc limit 1",  # a slug may look like the id of another
            owner,
            name,
        )
        return Project(*row) if row else None

    async def all(self, owner: UUID) -> list[Project]:
        """The owner's projects, the oldest first."""
        rows = await self._accounts.pool.fetch(
            f"select {COLUMNS} from projects where owner = $1 order by created_at, id",  # noqa: S608
            owner,
        )
        return [Project(*row) for row in rows]

    async def create(self, owner: UUID, label: str, color: str = COLOR) -> Project:
        """A new project, whose slug no other of the owner has; raises ``LimitReached``."""
        async with self._accounts.changing(owner, by(owner)) as change:
            await change.refuse_more_than(MOST, "projects")
            return await write_project(change, self._accounts.new_id(), label, color)

    async def remove(self, owner: UUID, project: UUID) -> None:
        """Take the project away; its runs stay. Raises ``AccountNotFound`` also for someone else's."""
        async with self._accounts.changing(owner, by(owner)) as change:
            sql = "delete from projects where id = $1 and owner = $2"
            if await change.connection.execute(sql, project, owner) == "DELETE 0":
                raise AccountNotFound(f"no project {project}")
            change.tell(ProjectRemoved, project=str(project))


async def write_project(change: Change, project: UUID, label: str, color: str = COLOR) -> Project:
    """Make a project of the account that is being changed."""
    # Nobody else can take a slug meanwhile: whoever makes one of this owner's projects holds the account.
    rows = await change.connection.fetch("select slug from projects where owner = $1", change.user)
    [row] = await change.connection.fetch(
        f"insert into projects (id, owner, slug, label, color) values ($1, $2, $3, $4, $5) returning {COLUMNS}",  # noqa: S608
        project,
        change.user,
        slug_of(label, {row["slug"] for row in rows}),
        label,
        color,
    )
    made = Project(*row)
    change.tell(ProjectCreated, project=str(project), slug=made.slug)
    return made


def slug_of(label: str, taken: Container[str]) -> str:
    """The label in lower case with ``-`` for all but letters and digits of ASCII, and ``-2`` where it is taken."""
    slug = re.sub("[^a-z0-9]+", "-", label.lower()).strip("-")[:SLUG].strip("-") or "project"
    candidates = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
    return next(candidate for candidate in candidates if candidate not in taken)
