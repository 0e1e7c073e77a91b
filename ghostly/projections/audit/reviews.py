"""What people said of heals, told anew from the log and held against the rows that later runs look at."""

from __future__ import annotations

from asyncpg.pool import PoolConnectionProxy

from ghostly.domain.account_events import KIND as ACCOUNT
from ghostly.domain.annotations import KIND, HealApproved, HealRejected
from ghostly.projections.audit.differences import Verification

ERASED = f"select true from events where kind = '{KIND}' and data is null limit 1"  # noqa: S608

# Another fold than the one that writes the rows: a slip in either shows. Of each selector the last word counts;
# the approved one is that of the newest approval, unless it was rejected since.
DIFFERENT = f"""
with said as (
  select r.owner, r.project, rtrim(r.about ->> 'baseUrl', '/') as base_url, e.data ->> 'lost' as lost,
         e.data ->> 'selector' as selector, e.topic = '{HealApproved.TOPIC}' as approved, e.position
    from events e join runs r on r.id = (e.data ->> 'run')::uuid
   where e.kind = '{KIND}' and e.topic in ('{HealApproved.TOPIC}', '{HealRejected.TOPIC}')
), last as (
  select distinct on (owner, project, base_url, lost, selector) * from said
   order by owner, project, base_url, lost, selector, position desc
), newest as (
  select owner, project, base_url, lost, max(position) filter (where approved) as position
    from said group by 1, 2, 3, 4
), told as (
  select n.owner, n.project, n.base_url, n.lost,
         max(l.selector) filter (where l.position = n.position) as approved,
         coalesce(array_agg(l.selector order by l.position) filter (where not l.approved), '{{}}') as rejected
    from newest n join last l using (owner, project, base_url, lost) group by 1, 2, 3, 4
)
select owner, project, base_url, lost, t.approved as told_approved, t.rejected as told_rejected,
       r.approved, r.rejected
  from told t full join heal_reviews r using (owner, project, base_url, lost)
 where (t.approved, t.rejected) is distinct from (r.approved, r.rejected)
 order by owner, project, base_url, lost
"""  # noqa: S608


async def compare_reviews(connection: PoolConnectionProxy, found: Verification) -> None:
    """Check what counts for each lost selector; not where a review was erased, for nobody knows what it said."""
    if await connection.fetchval(ERASED):
        found.unfolded += 1
        return
    async for row in connection.cursor(DIFFERENT):
        stored, told = (_shown(row[f"{whose}approved"], row[f"{whose}rejected"]) for whose in ("", "told_"))
        what = f"row in heal_reviews for {row['lost']!r} at {row['base_url']} has {stored} instead of {told}"
        found.note(row["owner"], None, what, ACCOUNT)


def _shown(approved: str | None, rejected: list[str] | None) -> str:
    if rejected is None:
        return "nothing"
    return f"approved {approved!r}, rejected {rejected}"
