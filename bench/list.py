"""A page of the list with many runs stored, beside the same with few."""

from __future__ import annotations

from contextlib import AsyncExitStack
from uuid import UUID

import asyncpg

from bench import stories
from bench.pairs import Bar, Row, Side, beside
from bench.stage import Child, Node, Stage

FEW, MANY = 100, 100_000
SECONDS = 0.4
CONNECTIONS = 8
PATH = "/v1/runs?limit=50"
BAR = Bar("≥", 0.8)

RUNS = """
insert into runs (id, seq, hash, owner, project, phase, status, started_at, finished_at, about, summary, state,
                  projection_version)
select gen_random_uuid(), seq, hash, (select id from users), project, phase, status,
       started_at - n * interval '1 second', finished_at, about, summary, state, projection_version
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
            run = await _one(stage, dsn)  # before a node could take it
            node = await stack.enter_async_context(stage.node(dsn))
            with stage.doing(f"list: writing {stored:,} runs"):
                await _copy(dsn, run, stored)
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


async def _one(stage: Stage, dsn: str) -> UUID:
    """A run that is told as always."""
    async with stage.store(dsn) as store:
        run = await stories.begin(store.runs)
        await stories.tell(store.runs, run, *stories.steps(5))
        await stories.finish(store.runs, run)
        return run


async def _copy(dsn: str, run: UUID, times: int) -> None:
    """Runs of the node's admin that are like it, a second apart."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(RUNS, run, times)
        await connection.execute(STEPS, run)
        await connection.execute("vacuum analyze runs")
        await connection.execute("vacuum analyze steps")
    finally:
        await connection.close()
