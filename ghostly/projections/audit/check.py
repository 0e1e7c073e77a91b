"""Read everything at one moment, and check it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from ghostly.domain.account_events import KIND as ACCOUNT
from ghostly.domain.annotations import stream_of
from ghostly.projections.audit.account import AccountHistory, account_rows
from ghostly.projections.audit.differences import Verification
from ghostly.projections.audit.history import RUN, History
from ghostly.projections.audit.lines import Logged, pages
from ghostly.projections.audit.reviews import compare_reviews

FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)

# Between two pages we fold, and someone shows the progress: such a client is not lost.
PATIENT = "set local idle_in_transaction_session_timeout = '10min'"

HEADS = "select * from runs where id = any ($1)"
STEPS = "select run, index, data from steps where run = any ($1)"

WITHOUT_EVENTS = """
select id, named
  from (select id, 'runs' as named from runs union all select distinct run, 'steps' from steps) r
 where id between $1 and $2 and not exists (select from events e where e.stream = r.id and e.kind = 'run')
 order by id, named
"""

# Users who were there before accounts were told in the log have no events, and need none.
UNTOLD = """
select id, 'users' as named
  from users u
 where id between $1 and $2 and created_at > (select applied_at from schema_migrations where number = 5)
   and not exists (select from events e where e.stream = u.id and e.kind = 'account')
 order by id
"""

GAPS = """
select stream, seq, position, before
  from (select stream, seq, position, lag(position, 1, 0::bigint) over (order by position) as before from events) e
 where position <> before + 1 order by position
"""

Progress = Callable[[int, int], None]
"""How many events were checked, and of how many."""


def _quiet(_checked: int, _total: int) -> None:
    """Show nothing."""


async def verify(pool: asyncpg.Pool, *, run_id: UUID | None = None, progress: Progress = _quiet) -> Verification:
    """All streams, or those of one run, as they were at one moment: what is written meanwhile is no difference.

    Memory does not grow with the log. Cannot see newest events that were cut off with every row that knew of them.
    """
    spans = [(run_id, run_id), (beside := stream_of(run_id), beside)] if run_id else [(FIRST, LAST)]
    async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        await connection.execute(PATIENT)
        newest = await connection.fetchval("select coalesce(max(position), 0) from events")
        streams = [first for first, _ in spans]
        total = await connection.fetchval("select count(*) from events where stream = any ($1)", streams) or newest
        check = _Check(connection, newest)
        for first, last in spans:
            async for page in pages(connection, first, last):
                await check.take(page)
                progress(check.found.events, total)
        await check.finish(*spans[0])
        return check.found


class _Check:
    """A verification under way: the history whose events pass by, and what was found so far."""

    def __init__(self, connection: PoolConnectionProxy, newest: int) -> None:
        self.found = Verification()
        self._connection = connection
        self._newest = newest
        self._current: History | None = None

    async def take(self, page: Sequence[Logged]) -> None:
        """Check the events, and the rows of the runs that end among them."""
        ended: list[History | None] = []
        for event in page:
            if self._current is None or self._current.stream != event.stream:
                ended.append(self._current)
                self._current = (AccountHistory if event.kind == ACCOUNT else History)(event, self.found)
                self.found.streams += 1
            self._current.take(event, self._newest)
        self.found.events += len(page)
        await self._compare(ended)

    async def finish(self, first: UUID, last: UUID) -> None:
        """Check what no further event leads to: the last rows, rows without events, missing positions."""
        await self._compare([self._current])
        for query, kind in ((WITHOUT_EVENTS, RUN), (UNTOLD, ACCOUNT)):
            async for row in self._connection.cursor(query, first, last):
                self.found.note(row["id"], None, f"has rows in {row['named']}, but no events", kind)
        if (first, last) == (FIRST, LAST):
            await compare_reviews(self._connection, self.found)
            await self._find_gaps()

    async def _find_gaps(self) -> None:
        if self.found.events != self._newest:
            async for row in self._connection.cursor(GAPS):
                what = f"has position {row['position']}, but the one before has {row['before']}"
                self.found.note(row["stream"], row["seq"], what)

    async def _compare(self, ended: Sequence[History | None]) -> None:
        runs = [history for history in ended if history and history.kind == RUN]
        ids = [run.stream for run in runs]
        rows = {row["id"]: dict(row) for row in await self._connection.fetch(HEADS, ids)}
        steps: dict[UUID, dict[int, str]] = {run: {} for run in ids}
        for row in await self._connection.fetch(STEPS, ids):
            steps[row["run"]][row["index"]] = row["data"]
        for run in runs:
            run.compare(rows.get(run.stream), steps[run.stream])
        await self._compare_accounts([history for history in ended if isinstance(history, AccountHistory)])

    async def _compare_accounts(self, accounts: Sequence[AccountHistory]) -> None:
        told = await account_rows(self._connection, [account.stream for account in accounts])
        for account in accounts:
            account.compare_account(told.get(account.stream))
