from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ghostly.http.wording import BLOCK, Wording
from ghostly.projections.timeline import Frame


def frame(size: int, kind: str = "step_start") -> Frame:
    return Frame(1, datetime(2026, 4, 20, tzinfo=UTC), "step-started", kind, b"x" * size)


def wording(*, chunked: bool = False) -> Wording:
    return Wording(frozenset({"step_start"}), "sse", chunked)


@pytest.mark.parametrize(("size", "told"), [(BLOCK - 1, True), (BLOCK, False), (BLOCK + 1, False)])
def test_what_fills_a_block_is_not_told_at_once(size, told):
    assert (wording().at_once([frame(1), frame(size - 1)]) is not None) == told


def test_what_is_told_at_once_is_a_chunk_where_the_response_goes_in_chunks():
    assert wording(chunked=True).at_once([frame(26), frame(5, "recon")]) == b"1a\r\n" + b"x" * 26 + b"\r\n"


def test_nothing_is_no_chunk_which_would_end_the_response():
    assert wording(chunked=True).at_once([frame(5, "recon")]) == b""
