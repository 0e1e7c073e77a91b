"""The list of runs: newest first, without what is large, a page at a time.

A page walks one index that is in the list's own order: that of the filter that leads. What else was asked for is
looked at on the way, of so many runs at most, so that no page costs more the longer the history is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
from msgspec import Struct

from ghostly.projections.run_view import Row, listed

LOOKED_AT = 20_000


class Place(NamedTuple):
    """A place in the list: that of the run behind which a page begins."""

    started_at: datetime
    id: UUID


class Wanted(Struct, frozen=True, kw_only=True):
    """Which of the owner's runs; None is any. ``q`` is a part of the base URL or of the goal, in any case."""

    owner: UUID
    project: UUID | None = None
    status: str | None = None
    verdict: str | None = None
    context_id: str | None = None
    tag: str | None = None
    healed: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    q: str | None = None
    after: Place | None = None


class Page(NamedTuple):
    """Some runs, and the place behind which there may be more; None if there are none."""

    items: list[dict[str, Any]]
    next: Place | None


# The filters as SQL, the one that leaves the fewest runs, mostly, first: the first that is given leads the way.
_FILTERS = {
    "tag": "t.tag = {}",
    "context_id": "r.about ->> 'contextId' = {}",
    "healed": "r.healed and {}",
    "verdict": "r.verdict = {}",
    "status": "r.status = {}",
    "project": "r.project = {}",
    "q": "strpos(lower(concat_ws(' ', r.about ->> 'baseUrl', r.about -> 'assisted' ->> 'goal')), lower({})) > 0",
}
_LEADING = ("tag", "context_id", "healed", "verdict", "status", "project")

_RANGE = {"since": "{of}.started_at >= {}", "until": "{of}.started_at < {}"}

_PAGE = """
select p.id, p.seq, p.owner, p.project, p.started_at, p.about, p.summary,
       coalesce((select json_agg(s.data order by s.index) from steps s where s.run = p.id), '[]') as steps
  from (select r.* from ({walk}) r where {rest} order by r.started_at desc, r.id desc limit {limit}) p
 order by p.started_at desc, p.id desc
"""

_LAST_LOOKED_AT = "select w.started_at, w.id from ({walk}) w offset {before}"


async def list_runs(pool: asyncpg.Pool, wanted: Wanted, limit: int, looked_at: int = LOOKED_AT) -> Page:
    """The wanted runs, newest first by ``(startedAt, id)``, at most ``limit``.

    There may be fewer although there are more: behind ``next``.
    """
    query = Query(wanted, limit, looked_at)
    rows = [Row(*row) for row in await pool.fetch(query.page, *query.arguments)]
    items = [listed(row) for row in rows[:limit]]
    if len(rows) > limit:
        return Page(items, Place(rows[limit - 1].started_at, rows[limit - 1].id))
    if query.last_looked_at is None:
        return Page(items, None)
    last = await pool.fetchrow(query.last_looked_at, *query.arguments[: query.walking])
    return Page(items, Place(*last) if last else None)


class Query:
    """A page as SQL, and its arguments, of which the first ``walking`` are those of the walk."""

    def __init__(self, wanted: Wanted, limit: int, looked_at: int) -> None:
        self.arguments: list[Any] = []
        given = {name: value for name in _FILTERS if (value := getattr(wanted, name)) is not None}
        lead = next((name for name in given if name in _LEADING), None)
        most = limit + 1 if set(given) <= {lead} else looked_at
        walk = self._walk(wanted, lead, most)
        self.walking = len(self.arguments)
        rest = [_FILTERS[name].format(self._put(value)) for name, value in given.items() if name != lead]
        self.page = _PAGE.format(walk=walk, rest=" and ".join(rest) or "true", limit=limit + 1)
        self.last_looked_at = _LAST_LOOKED_AT.format(walk=walk, before=most - 1) if rest else None

    def _walk(self, wanted: Wanted, lead: str | None, most: int) -> str:
        """The runs to look at, in the list's order, by the columns of the index that is in that order."""
        source, of, run = ("run_tags t join runs r on r.id = t.run", "t", "t.run")
        if lead != "tag":
            source, of, run = ("runs r", "r", "r.id")
        where = [f"{of}.owner = {self._put(wanted.owner)}"]
        if lead:
            where.append(_FILTERS[lead].format(self._put(getattr(wanted, lead))))
        for name, sql in _RANGE.items():
            if (value := getattr(wanted, name)) is not None:
                where.append(sql.format(self._put(value), of=of))
        if wanted.after:
            place = ", ".join(map(self._put, wanted.after))
            where.append(f"({of}.started_at, {run}) < ({place})")
        order = f"{of}.started_at desc, {run} desc"
        return f"select r.* from {source} where {' and '.join(where)} order by {order} limit {most}"  # noqa: S608

    def _put(self, value: Any) -> str:
        self.arguments.append(value)
        return f"${len(self.arguments)}"
