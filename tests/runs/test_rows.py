"""The rows that are written with the events say what the events say."""

from __future__ import annotations

import json
from asyncio import gather
from random import Random

import msgspec
import pytest
from chance import TRIES
from stores import attempt, begin
from stories import WORKER

from ghostly.domain.run import Run
from ghostly.event_log import decode
from ghostly.projections.run_record import PROJECTION_VERSION, fold

COLUMNS = """
select r.*, e.hash as newest, (select json_agg(s.data order by s.index) from steps s where s.run = r.id) as steps
  from runs r join events e on e.stream = r.id and e.seq = r.seq where r.id = $1
"""


async def played(run_id, chance: Random, *nodes) -> None:
    """All sorts of things are tried, now by this node and now by that."""
    await attempt(chance.choice(nodes), run_id, Run.assign, worker=WORKER)
    for decision, words in chance.choices(TRIES, k=15):
        await attempt(chance.choice(nodes), run_id, decision, **words)


@pytest.fixture
async def run_ids(runs, other_runs):
    """Twelve runs with a past, written by two nodes."""
    begun = [await begin(runs, tags=["ñ"]) for _ in range(12)]
    await gather(*[played(run_id, Random(seed), runs, other_runs) for seed, run_id in enumerate(begun)])
    return begun


def plain(value):
    return json.loads(msgspec.json.encode(value))


async def test_the_rows_of_a_run_are_the_fold_of_its_events(run_ids, log, pool):
    for run_id in run_ids:
        row, record = await pool.fetchrow(COLUMNS, run_id), fold(map(decode, await log.read(run_id)))
        steps = [record.steps[index] for index in sorted(record.steps)]

        assert json.loads(row["steps"] or "[]") == plain(steps)
        assert json.loads(row["about"]) == plain(record.about)
        assert json.loads(row["summary"]) == plain(record.summary)
        assert json.loads(row["state"]) == plain(record.run)


async def test_the_columns_of_a_run_repeat_what_is_looked_for(run_ids, log, pool):
    for run_id in run_ids:
        row, record = await pool.fetchrow(COLUMNS, run_id), fold(map(decode, await log.read(run_id)))
        stands = record.summary

        assert (row["seq"], row["owner"], row["project"]) == (record.run.seq, record.owner, record.project)
        assert (row["phase"], row["status"], row["driver"]) == (record.run.phase, stands.status, record.run.driver)
        assert (row["started_at"], row["finished_at"]) == (record.started_at, stands.finished_at)
        assert (row["due_at"], row["projection_version"]) == (stands.due_at, PROJECTION_VERSION)
        assert row["hash"] == row["newest"]
