"""Ghostly as a process of its own, which can be stopped, killed and frozen; and what it leaves behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
from ports import lasting_port

import ghostly
from ghostly.http.client import Client

PATIENCE_S = 60.0
MOMENT_S = 20.0  # that a busy machine takes at most to clear away what was killed


class Up:
    """``ghostly up``, ``serve`` or ``worker`` on a data directory, with the embedded PostgreSQL in it.

    When it is started again it is where it was.
    """

    def __init__(self, directory: Path, *, command: str = "up", **settings: object) -> None:
        self.directory = directory
        self.command = command
        self.port = lasting_port() if command != "worker" else 0
        self.settings = {"workers": 1, "settle_after_s": 2} | settings
        self.process: subprocess.Popen[bytes]

    async def start(self) -> Up:
        """Launch it and wait until it says where it is."""
        self.launch()
        await until(self._is_up)
        return self

    def launch(self) -> None:
        """Launch it, and wait for nothing."""
        self.directory.mkdir(mode=0o711, exist_ok=True)
        self._output = self.directory / f"output-{time.monotonic_ns()}"
        words = [self.command, "--data-dir", str(self.directory)]
        words += [] if self.command == "worker" else ["--port", str(self.port)]
        self.process = launch(words, self._output, **self.settings)

    @property
    def output(self) -> str:
        return self._output.read_text()

    @property
    def url(self) -> str:
        return self.output.partition("up at ")[2].split()[0]

    @property
    def key(self) -> str:
        return (self.directory / "admin.key").read_text()

    @asynccontextmanager
    async def client(self) -> AsyncIterator[Client]:
        async with Client(f"http://127.0.0.1:{self.port}", self.key) as client:
            yield client

    def family(self) -> set[psutil.Process]:
        """Its driver and browsers, and the PostgreSQL of its data directory."""
        return children(psutil.Process(self.process.pid)) | postgres(self.directory)

    def browsers(self) -> set[psutil.Process]:
        return {p for p in self.family() if any("--ghostly-owner" in word for word in words(p))}

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal; answers the exit code."""
        self.process.send_signal(how)
        await until(lambda: self.process.poll() is not None)
        return self.process.returncode

    async def kill(self) -> None:
        await self.stop(signal.SIGKILL)

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def _is_up(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(self.output)
        return ("up at " in self.output or "is up: " in self.output) and self.output.endswith("\n")


def launch(
    words: list[str], output: Path, *, separately: bool = False, **settings: object
) -> subprocess.Popen[bytes]:
    """A ``ghostly`` command that knows these settings only, and writes into the file, errors too or not."""
    with output.open("wb") as file:
        return subprocess.Popen(
            [sys.executable, "-m", "ghostly", *words],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.DEVNULL if separately else subprocess.STDOUT,
            cwd=output.parent,
            env=environment(**settings),
            start_new_session=True,
        )


SIZE = ("COLUMNS", "LINES")  # of whatever terminal the tests were begun in


def environment(**settings: object) -> dict[str, str]:
    """That of a command which knows these settings only."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GHOSTLY_", *SIZE))}
    own |= {f"GHOSTLY_{name.upper()}": str(value) for name, value in settings.items()}
    return own | {"PYTHONPATH": str(Path(ghostly.__file__).parents[1])}


def postgres(directory: Path) -> set[psutil.Process]:
    """Every process of the PostgreSQL whose data lie in the directory."""
    here = str(directory.resolve() / "postgres" / "data")
    found = {process for process in psutil.process_iter() if here in words(process)}
    return found | {child for process in found for child in children(process)}


def children(process: psutil.Process) -> set[psutil.Process]:
    try:
        return set(process.children(recursive=True))
    except psutil.Error:
        return set()


def words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def alive(processes: set[psutil.Process]) -> set[psutil.Process]:
    return {process for process in processes if process.is_running() and words(process)}


async def left(processes: set[psutil.Process], directory: Path) -> set[psutil.Process]:
    """Which of them, or of the PostgreSQL there, do not go away."""
    with suppress(TimeoutError):
        await until(lambda: not alive(processes) | postgres(directory), MOMENT_S)
    return alive(processes) | postgres(directory)


async def until(holds: Callable[[], Any], within: float = PATIENCE_S) -> None:
    """Wait for a fact."""
    async with asyncio.timeout(within):
        while not holds():
            await asyncio.sleep(0.02)


async def reached(client: Client, run: str, seq: int) -> None:
    """Wait until the run has so many events."""
    async with asyncio.timeout(PATIENCE_S):
        while (await client.record(run))["seq"] < seq:
            await asyncio.sleep(0.02)


async def told(client: Client, run: str) -> list[dict[str, Any]]:
    """Every event of the run that has a wire form, up to its end."""
    async with asyncio.timeout(PATIENCE_S):
        return [message.data async for message in client.follow(run) if message.kind == "assist"]
