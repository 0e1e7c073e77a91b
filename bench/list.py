"""A page of the list with many runs stored, beside the same with few."""

from __future__ import annotations

from contextlib import AsyncExitStack
from uuid import UUID

import asyncpg

from bench import stories
from bench.pairs import Bar, Row, Side, beside
from bench.stage import Child, Node, Stage
from ghostly.node import Store

FEW, MANY = 100, 100_000
SECONDS = 0.4
CONNECTIONS = 8
PATH = "/v1/runs?limit=50"
BAR = Bar("≥", 0.8)

RUNS = """
insert into runs (id, seq, hash, owner, project, phase, status, started_at, finished_at, about, summary, state,
                  projection_version)
select gen_random_uuid(), seq, hash, owner, project, phase, status, started_at - n * interval '1 second',
       finished_at, about, summary, state, projection_version
  from runs, generate_series(1, $2) n where id = $1
"""

STEPS = "insert into steps select r.id, s.index, s.data from runs r, steps s where s.run = $1 and r.id <> $1"


async def measure(stage: Stage) -> list[Row]:
    """Requests a second for the newest fifty of a hundred thousand runs, and of a hundred."""
    many = MANY // 10 if stage.short else MANY
    async with AsyncExitStack() as stack:
        sides: dict[str, Side] = {}
        for stored in (FEW, many):
            dsn = await stack.enter_async_context(stage.database())
            node = await stack.enter_async_context(stage.node(dsn))
            with stage.doing(f"list: writing {stored:,} runs"):
                await _fill(stage, dsn, stored)
            client = await stack.enter_async_context(stage.child("hammer", host=node.host, port=node.port))
            sides[f"{stored:,}"] = _side(node, client)
        await stage.quiet()
        taken = await stage.in_turn("list", sides, stage.rounds(25))
    what, than = f"GET {PATH} of {many:,} runs", f"of {FEW:,} runs"
    return [beside(taken[f"{many:,}"], taken[f"{FEW:,}"], what=what, than=than, unit="/s", bar=BAR)]


def _side(node: Node, client: Child) -> Side:
    async def side() -> float:
        request = node.get(PATH).decode()
        return float((await client.ask(request=request, seconds=SECONDS, connections=CONNECTIONS))["rate"])

    return side


async def _fill(stage: Stage, dsn: str, stored: int) -> None:
    """One run is told as always; the others are its copies, a second apart."""
    async with stage.store(dsn) as store:
        run = await stories.begin(store.runs, owner=await store.pool.fetchval("select id from users"))
        await stories.tell(store.runs, run, *stories.steps(5))
        await stories.finish(store.runs, run)
        await _copy(store, run, stored - 1)


async def _copy(store: Store, run: UUID, times: int) -> None:
    connection: asyncpg.Connection
    async with store.pool.acquire() as connection:
        await connection.execute(RUNS, run, times)
        await connection.execute(STEPS, run)
        await connection.execute("vacuum analyze runs, steps")
