"""How far runs are, asked of the database for many at once."""

from __future__ import annotations

import asyncio
from uuid import UUID

import asyncpg

from ghostly.projections.run_view import Stand, find_stands

Answer = asyncio.Future[Stand | None]


class Stands:
    """Whoever asks while a question is under way shares the next one, which began after they asked."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._waiting: dict[UUID, Answer] = {}
        self._asking: asyncio.Task[None] | None = None

    async def of(self, run: UUID) -> Stand | None:
        """How far the run is now; None if there is no such run. Raises what the database does."""
        answer = self._waiting.get(run)
        if answer is None:
            answer = self._waiting[run] = asyncio.get_running_loop().create_future()
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask(), name="stands")
        return await asyncio.shield(answer)  # others may wait for it too

    async def _ask(self) -> None:
        try:
            while self._waiting:
                asked, self._waiting = self._waiting, {}
                await self._answer(asked)
        finally:
            self._asking = None

    async def _answer(self, asked: dict[UUID, Answer]) -> None:
        try:
            found = await find_stands(self._pool, asked)
        except BaseException as error:
            for answer in asked.values():
                answer.set_exception(error)
                answer.exception()  # nobody may be left to look at it
            if not isinstance(error, Exception):
                raise
        else:
            for run, answer in asked.items():
                answer.set_result(found.get(run))
