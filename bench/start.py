"""From the start of `ghostly up` until it is ready."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import sys
import time
from pathlib import Path

from bench.machine import cpu_seconds
from bench.pairs import Bar, Row, Samples, alone
from bench.stage import ROOT, Stage, postmaster

PATIENCE_S = 60.0


async def measure(stage: Stage) -> list[Row]:
    """Into an empty directory, and into one that was used before."""
    first, again = Samples(), Samples()
    with stage.doing("start"):
        for number in range(2 if stage.short else 3):
            place = stage.directory / f"start-{number}"
            await _start(place, first)
            for _ in range(1 if stage.short else 2):
                await _start(place, again)
            shutil.rmtree(place)
    return [
        alone(again, what="`ghostly up` to ready, second start", unit="s", bar=Bar("≤", 3)),
        alone(first, what="`ghostly up` to ready, first start", unit="s", bar=None),
    ]


async def _start(place: Path, samples: Samples) -> None:
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GHOSTLY_")}
    if chromium := os.environ.get("GHOSTLY_CHROMIUM"):
        environment["GHOSTLY_CHROMIUM"] = chromium
    with Path(os.devnull).open("wb") as nowhere:
        began = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "ghostly", "up", "--port", str(port), "--data-dir", str(place)),
            cwd=stage_for(place),  # no .env is read
            env=environment | {"PYTHONPATH": str(ROOT)},
            stdout=nowhere,
            stderr=nowhere,
            start_new_session=True,
        )
        try:
            await _ready(process, port)
            took = time.perf_counter() - began
            samples.cpu += cpu_seconds([process.pid, postmaster(place / "postgres")])
        finally:
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), PATIENCE_S)
    samples.values.append(took)
    samples.wall += took


def stage_for(place: Path) -> Path:
    """Where nothing lies that could be read as a setting."""
    return place.parent


async def _ready(process: asyncio.subprocess.Process, port: int) -> None:
    deadline = time.perf_counter() + PATIENCE_S
    while not await _says_ready(port):
        if process.returncode is not None or time.perf_counter() > deadline:
            raise RuntimeError(f"it did not start: exit code {process.returncode}")
        await asyncio.sleep(0.01)


async def _says_ready(port: int) -> bool:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.write(b"GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    answer = await reader.read()
    writer.close()
    return answer.startswith(b"HTTP/1.1 200 ")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
