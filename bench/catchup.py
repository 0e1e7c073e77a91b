"""Catching up with a finished run of 10,000 events, beside reading the same rows and doing nothing."""

from __future__ import annotations

import asyncio
import socket
import time

import asyncpg

from bench import stories
from bench.pairs import Bar, Row, beside
from bench.stage import Node, Stage
from ghostly.event_log.stored import COLUMNS

EVENTS = 10_000
SILENT = 2  # that it started and who drives it has no form on the wire


async def measure(stage: Stage) -> list[Row]:
    """From the request to the last byte, on loopback, in another process than the server."""
    async with stage.database() as dsn:
        async with stage.store(dsn) as store:
            run = await stories.begin(store.runs)
            await stories.grow(store.runs, run, EVENTS - 1, tuple(stories.steps(25)))
            await stories.finish(store.runs, run)
        async with stage.node(dsn) as node:
            connection = await asyncpg.connect(dsn)

            async def ours() -> float:
                return await asyncio.to_thread(_catch_up, node, f"/v1/runs/{run}/events/stream")

            async def bare() -> float:
                began = time.perf_counter()
                rows = await connection.fetch(f"select {COLUMNS} from events where stream = $1 order by seq", run)
                took = time.perf_counter() - began
                assert len(rows) == EVENTS
                return took * 1000

            taken = await stage.in_turn("catchup", {"ours": ours, "bare": bare}, stage.rounds(30))
            await connection.close()
    what, than = f"SSE catch-up of {EVENTS:,} events, last byte", "the same rows by asyncpg, one fetch"
    return [beside(taken["ours"], taken["bare"], what=what, than=than, unit="ms", bar=Bar("≤", 4))]


def _catch_up(node: Node, path: str) -> float:
    """Milliseconds; raises ``RuntimeError`` if an event or the end is missing."""
    told, tail = [], b""
    began = time.perf_counter()
    with socket.create_connection((node.host, node.port), timeout=60) as client:
        client.sendall(node.get(path))
        while data := client.recv(2**18):
            told.append(data)
            tail = (tail + data)[-7:]
            if tail == b"\r\n0\r\n\r\n":
                break
        took = time.perf_counter() - began
    stream = b"".join(told)
    if stream.count(b"event: assist\n") != EVENTS - SILENT or b"event: end\n" not in stream:
        raise RuntimeError(f"{stream.count(b'event: assist')} events: {stream[-300:]!r}")
    return took * 1000
