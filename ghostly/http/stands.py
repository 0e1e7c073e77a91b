"""How far runs are, asked of the database for many at once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from uuid import UUID

import asyncpg

from ghostly.projections.run_view import Stand, find_stands, heard_of

MOST = 10_000

Answer = asyncio.Future[Stand | None]


class Stands:
    """Whoever asks while a question is under way shares the next one, which began after they asked.

    Of a run that has ended only what was said of its heals is asked again: nothing else can change. That is known
    of the last ``most`` that were found so.
    """

    def __init__(self, pool: asyncpg.Pool, most: int = MOST) -> None:
        self._pool = pool
        self._most = most
        self._ended: OrderedDict[UUID, Stand] = OrderedDict()
        self._waiting: list[tuple[UUID, Answer]] = []
        self._asking: asyncio.Task[None] | None = None

    async def of(self, run: UUID) -> Stand | None:
        """How far the run is now; None if there is no such run. Raises what the database does."""
        ended = self._ended.get(run)
        return await (heard_of(self._pool, ended) if ended else self._now(run))

    async def _now(self, run: UUID) -> Stand | None:
        answer: Answer = asyncio.get_running_loop().create_future()
        self._waiting.append((run, answer))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask(), name="stands")
        return await answer

    async def _ask(self) -> None:
        try:
            while self._waiting:
                asked, self._waiting = self._waiting, []
                await self._answer(asked)
        finally:
            self._asking = None

    async def _answer(self, asked: list[tuple[UUID, Answer]]) -> None:
        try:
            found = await find_stands(self._pool, {run for run, _ in asked})
        except BaseException as error:
            for _, answer in asked:
                if not answer.done():  # its asker has not gone away
                    answer.set_exception(error)
                    answer.exception()  # nobody may be left to look at it
            if not isinstance(error, Exception):
                raise
        else:
            for run, answer in asked:
                if not answer.done():
                    answer.set_result(found.get(run))
            self._remember(found.values())

    def _remember(self, found: Iterable[Stand]) -> None:
        self._ended |= {stand.id: stand for stand in found if stand.finished}
        while len(self._ended) > self._most:
            self._ended.popitem(last=False)
