"""Whoever checks a run elsewhere, with nothing of Ghostly's."""

from __future__ import annotations

import hashlib
import json

from written import FINISHED, erase

from ghostly.projections.audit import log_lines


def recomputed(run: str, lines: list[dict]) -> list[str]:
    """The chain as the specification tells it, with nothing of Ghostly's."""
    before = hashlib.sha256(f"ghostly/run/{run}".encode()).digest()
    hashes = []
    for e in lines:
        digest = e["digest"]
        if e["raw"] is not None:
            digest = hashlib.sha256(bytes.fromhex(e["salt"]) + e["raw"].encode()).hexdigest()
        told = [e["seq"], e["type"], e["version"], e["at"], e["actor"], digest]
        text = json.dumps(told, separators=(",", ":"), ensure_ascii=False)
        before = hashlib.sha256(before + text.encode()).digest()
        hashes.append(before.hex())
    return hashes


async def lines_of(pool, run) -> list[dict]:
    return [json.loads(line) async for line in log_lines(pool, run)]


async def test_anyone_can_recompute_the_chain_from_the_lines(pool, run):
    lines = await lines_of(pool, run)

    assert [line["seq"] for line in lines] == list(range(1, FINISHED + 1))
    assert recomputed(str(run), lines) == [line["hash"] for line in lines]


async def test_anyone_can_recompute_the_chain_of_an_erased_run(pool, run):
    await erase(pool, run, by=2 * FINISHED + 1)
    lines = await lines_of(pool, run)

    assert {(line["data"], line["raw"], line["salt"]) for line in lines} == {(None, None, None)}
    assert recomputed(str(run), lines) == [line["hash"] for line in lines]


async def test_a_line_shows_the_payload_as_text_and_as_json(pool, run):
    lines = await lines_of(pool, run)

    assert [json.loads(line["raw"]) for line in lines] == [line["data"] for line in lines]
    assert lines[0]["data"]["request"] == {"tags": ["né"]}


async def test_a_run_that_is_not_there_has_no_lines(pool, run):
    assert await lines_of(pool, "00000000-0000-0000-0000-000000000000") == []
