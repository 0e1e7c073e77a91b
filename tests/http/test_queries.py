"""Whatever stands in a query, and whatever a client asks of a route beside its method."""

from __future__ import annotations

import asyncio

import pytest
from yarl import URL

NASTY = [
    "",
    "0",
    "-1",
    "²",
    "1e9",
    "9" * 400,
    "%00",
    "%ED%A0%80",
    "%FF",
    "'",
    "%25",
    "a,b",
    ",",
    "null",
    "[]",
    "true",
]
NASTY += ["2026-01-01T00:00:00Z", "9999-12-31T23:59:59.999999-23:59", "2026-01-01T00:00:00+00:00", "x" * 5000]
OF_LIST = [
    "project",
    "status",
    "verdict",
    "contextId",
    "tag",
    "healed",
    "since",
    "until",
    "q",
    "limit",
    "cursor",
    "owner",
]
OF_RECORD = ["summary", "steps", "atSeq", "at", "token"]
OF_STREAM = ["types", "after", "format", "token"]


async def statuses(caller, path: str, names: list[str]) -> set[int]:
    asked = [caller.get(URL(f"{path}?{name}={value}", encoded=True)) for name in names for value in NASTY]
    return {answer.status for answer in await asyncio.gather(*asked)}


async def test_no_query_of_the_list_breaks_us(ana, finished):
    assert await statuses(ana, "/v1/runs", OF_LIST) <= {200, 400, 404}


async def test_no_query_of_the_record_breaks_us(ana, finished):
    assert await statuses(ana, f"/v1/runs/{finished}", OF_RECORD) == {200, 400}


async def test_no_query_of_the_stream_breaks_us(ana, finished):
    assert await statuses(ana, f"/v1/runs/{finished}/events/stream", OF_STREAM) == {200, 400}


@pytest.mark.parametrize("path", ["/v1/runs", "/v1/runs/{}", "/health", "/metrics"])
async def test_who_asks_for_the_head_alone_gets_it_at_once(ana, driven, path):
    async with asyncio.timeout(20):
        answer = await ana.ask("HEAD", path.format(driven))

    assert (answer.status, answer.text) == (200, "")


@pytest.mark.parametrize("query", [{}, {"format": "ndjson"}])
async def test_a_stream_has_no_head_without_its_body(ana, driven, query):
    answer = await ana.ask("HEAD", f"/v1/runs/{driven}/events/stream", params=query)

    assert (answer.status, answer.headers["Allow"]) == (405, "GET")
