from __future__ import annotations

import asyncio

from written import DAWN, FINISHED, driven, keep_writing, report, tamper

from ghostly.domain.events import LoopStateReached
from ghostly.domain.run import say
from ghostly.event_log import Append, chained, encode, genesis
from ghostly.projections.audit import Verification, verify


async def test_a_sound_log_is_found_sound(pool, run):
    assert await verify(pool) == Verification(events=2 * FINISHED + 2, streams=3)


async def test_an_empty_log_is_sound(pool):
    assert await verify(pool) == Verification()


async def test_one_run_is_checked_alone(pool, run):
    await tamper(pool, "update events set actor = 'eve' where stream <> $1", run)

    assert await verify(pool, run_id=run) == Verification(events=FINISHED, streams=1)


async def test_progress_reaches_the_total(pool, run):
    seen = []
    await verify(pool, progress=lambda checked, total: seen.append((checked, total)))

    assert seen == [(2 * FINISHED + 2, 2 * FINISHED + 2)]


async def test_the_total_of_one_run_is_its_own(pool, run):
    seen = []
    await verify(pool, run_id=run, progress=lambda checked, total: seen.append((checked, total)))

    assert seen == [(FINISHED, FINISHED)]


async def test_a_history_of_several_pages_is_one_history(pool, runs, run):
    long = await driven(runs)
    for _ in range(9):
        await report(runs, long, *(say(LoopStateReached, state="acting") for _ in range(500)))

    assert await verify(pool) == Verification(events=2 * FINISHED + 4 + 4500, streams=4)


async def test_what_is_written_meanwhile_is_no_difference(pool, runs):
    done = asyncio.Event()
    writers = [asyncio.create_task(keep_writing(runs, await driven(runs), done)) for _ in range(4)]
    found = [(await verify(pool)).differences for _ in range(20)]
    done.set()

    assert min(await asyncio.gather(*writers)) > 0
    assert found == [[]] * 20


async def test_a_stream_that_is_no_run_has_a_chain_and_no_rows(pool, runs):
    stream = runs.new_id()
    events = [encode(LoopStateReached(stream, seq, DAWN, "system", "kept"))[1] for seq in (1, 2)]
    hashes = chained(genesis("flow", stream), events)
    await runs._log.append(Append(stream=stream, kind="flow", expected=0, events=events, hashes=hashes))

    assert await verify(pool) == Verification(events=2, streams=1)
