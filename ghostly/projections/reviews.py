"""What counts for a selector that was lost: which one a person approved in its place, and which they rejected."""

from __future__ import annotations

from hashlib import sha256

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy
from msgspec import Struct

from ghostly.domain.annotations import KIND, Annotation, HealApproved, HealReviewed, Verdict
from ghostly.event_log import Stored, decode_annotation
from ghostly.event_log.stored import COLUMNS
from ghostly.projections.lessons import Subject, subject


class Reviewed(Struct, frozen=True):
    """The last word on each selector that stood in for a lost one; of the approved ones the newest."""

    approved: str | None = None
    rejected: tuple[str, ...] = ()

    def counts(self, verdict: Verdict, selector: str) -> bool:
        """Whether this is what is known of the selector."""
        return selector == self.approved if verdict == "approved" else selector in self.rejected


FIND = "select approved, rejected from heal_reviews where owner = $1 and project = $2 and key = $3"

APPROVE = """
insert into heal_reviews (owner, project, key, base_url, lost, approved, rejected)
values ($1, $2, $3, $4, $5, $6, '{}')
on conflict (owner, project, key) do update
   set approved = excluded.approved, rejected = array_remove(heal_reviews.rejected, excluded.approved)
"""

REJECT = """
insert into heal_reviews (owner, project, key, base_url, lost, rejected)
values ($1, $2, $3, $4, $5, array[$6])
on conflict (owner, project, key) do update
   set approved = nullif(heal_reviews.approved, $6),
       rejected = array_append(array_remove(heal_reviews.rejected, $6), $6)
"""

# Not truncated: that would wait for whoever reads, and let nobody read before we have committed.
FORGET = "lock table heal_reviews in share row exclusive mode; delete from heal_reviews"

SAID = f"""
select e.*, r.owner, r.project, r.about ->> 'baseUrl'
  from (select {COLUMNS} from events where kind = '{KIND}' and data is not null) e
  join runs r on r.id = (e.data ->> 'run')::uuid
 order by e.position
"""  # noqa: S608


async def find_reviewed(pool: asyncpg.Pool | PoolConnectionProxy, whom: Subject, lost: str) -> Reviewed:
    """What counts for the selector wherever this subject uses it."""
    row = await pool.fetchrow(FIND, whom.owner, whom.project, _key(whom, lost))
    return Reviewed(row["approved"], tuple(row["rejected"])) if row else Reviewed()


async def keep(connection: PoolConnectionProxy, whom: Subject, said: Annotation) -> None:
    """Let this count, behind whatever else is being said of the selector."""
    where = (whom.owner, whom.project, _key(whom, said.lost), whom.base_url, said.lost)
    await connection.execute(APPROVE if isinstance(said, HealApproved) else REJECT, *where, said.selector)


async def remake(pool: asyncpg.Pool) -> int:
    """Forget everything, and let count anew what was said, in that order; how many reviews there are.

    Whoever reviews meanwhile waits for us, and drives do not: until then they see what counted before.
    """
    counted = 0
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(FORGET)
        async for row in connection.cursor(SAID):
            *stored, owner, project, base_url = row
            said = decode_annotation(Stored(*stored))
            if isinstance(said, HealReviewed):
                await keep(connection, subject(owner, project, base_url), said)
                counted += 1
    return counted


def _key(whom: Subject, lost: str) -> bytes:
    return sha256(msgspec.json.encode([whom.base_url, lost])).digest()
