from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from ghostly.domain import run
from ghostly.event_log import Stored, decode
from ghostly.projections import run_record
from ghostly.projections.run_view import as_of
from ghostly.projections.timeline import frame

FILES = sorted(Path(__file__).parent.glob("*.json"))


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def history(request):
    return json.loads(request.param.read_text("utf-8"))


@pytest.fixture
def rows(history):
    return [
        Stored(**row | {"stream": UUID(row["stream"]), "at": datetime.fromisoformat(row["at"])})
        for row in history["rows"]
    ]


def shown(rows):
    return json.loads(msgspec.json.encode(as_of(rows)))


def test_there_is_a_history_for_each_way_to_end():
    endings = {json.loads(file.read_text("utf-8"))["rows"][-1]["topic"] for file in FILES}

    assert endings >= {"run-passed", "run-failed", "run-cancelled", "run-abandoned"}


def test_an_old_history_folds_to_the_record_that_it_had(history, rows):
    known = history["record"]

    assert like(known, shown(rows)) == known


def like(old, new):
    """The new value without what a later release added to it."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {name: like(old[name], new[name]) for name in old if name in new}
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [like(*pair) for pair in zip(old, new, strict=True)]
    return new


def test_an_old_history_folds_up_to_any_event(rows):
    for seq in range(1, len(rows) + 1):
        record = run_record.fold(map(decode, rows[:seq]))

        assert (record.summary.seq, record.run.seq) == (seq, seq)


def test_the_rules_still_know_how_an_old_run_stands(rows):
    stands = run.fold(None, map(decode, rows))

    assert (stands.phase, stands.seq) == ("finished", len(rows))


def test_a_cut_anywhere_loses_no_frame_of_an_old_run(rows):
    for cut in range(len(rows) + 1):
        assert streamed(rows[:cut]) + streamed(rows[cut:]) == streamed(rows)


def streamed(rows):
    return b"".join(frame(row).bytes for row in rows)


def test_every_frame_of_an_old_run_is_json(history, rows):
    told = [json.loads(message.partition(b"data: ")[2]) for row in rows if (message := frame(row).bytes)]

    assert [event["seq"] for event in told] == history["told"]
    assert told[-1]["type"] == "run_end"
