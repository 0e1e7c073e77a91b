"""Where a benchmark plays: a directory, a PostgreSQL, processes; nothing of it is left afterwards."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
from rich.console import Console
from rich.progress import Progress

from bench.machine import cpu_seconds
from bench.pairs import Samples, Side, in_turn
from ghostly.database.embedded import EmbeddedPostgres
from ghostly.node import store
from ghostly.settings import Settings, load
from ghostly.store import Store

ROOT = Path(__file__).parents[1]
PATIENCE_S = 60.0


class Child:
    """A process of our own that speaks JSON, one line at a time."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log

    async def hear(self) -> Any:
        """What it says next; raises ``RuntimeError`` with its last words if it ended instead."""
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE_S)
        if not line:
            raise RuntimeError(f"{self._log.stem} ended: {self._log.read_text('utf-8')[-2000:]}")
        return json.loads(line)

    async def ask(self, **question: Any) -> Any:
        """What it says to this."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question).encode() + b"\n")
        return await self.hear()

    async def end(self) -> None:
        """It is gone after this."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), 30)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


class Node(NamedTuple):
    """A Ghostly in a process of its own."""

    host: str
    port: int
    key: str

    def get(self, path: str, **headers: str) -> bytes:
        """A request for this path, as bytes."""
        head = {"Host": self.host, "X-Api-Key": self.key} | headers
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
        return "\r\n".join([*lines, "", ""]).encode()

    def post(self, path: str, body: Any) -> bytes:
        """A request that sends this, as bytes."""
        sent = json.dumps(body).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: {self.host}\r\nX-Api-Key: {self.key}\r\n"
        return f"{head}Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n".encode() + sent


class Stage:
    """One PostgreSQL, with a fresh database for each benchmark."""

    def __init__(self, directory: Path, server: str, *, short: bool, progress: Progress) -> None:
        self.directory = directory
        self.short = short
        self.browser = load().chromium
        self._server = server
        self._progress = progress
        self._numbers = itertools.count()

    def rounds(self, usual: int) -> int:
        """So many rounds, or a tenth where it must be short."""
        return max(2, usual // 10) if self.short else usual

    async def in_turn(self, what: str, sides: Mapping[str, Side], rounds: int) -> dict[str, Samples]:
        """Each side once, in order, and so on, ``rounds`` times."""
        task = self._progress.add_task(what, total=rounds + 1)
        try:
            return await in_turn(sides, rounds, cpu=self.cpu, done=lambda: self._progress.advance(task))
        finally:
            self._progress.remove_task(task)

    @contextmanager
    def counting(self, what: str, total: int) -> Iterator[Callable[[], None]]:
        """Say how far it is meanwhile; what it yields is called for each that is done."""
        task = self._progress.add_task(what, total=total)
        try:
            yield lambda: self._progress.advance(task)
        finally:
            self._progress.remove_task(task)

    @property
    def console(self) -> Console:
        """Where to show more than figures."""
        return self._progress.console

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """Say so meanwhile."""
        task = self._progress.add_task(what, total=None)
        try:
            yield
        finally:
            self._progress.remove_task(task)

    def cpu(self) -> float:
        """Seconds that this process, all below it and PostgreSQL have spent."""
        return cpu_seconds([os.getpid(), postmaster(self.directory / "postgres")])

    async def quiet(self) -> None:
        """Wait until next to nothing is done by all that we have started; ten seconds at most."""
        for _ in range(20):
            before = self.cpu()
            await asyncio.sleep(0.5)
            if self.cpu() - before < 0.05:
                return

    @asynccontextmanager
    async def database(self) -> AsyncIterator[str]:
        """The address of an empty database, gone afterwards."""
        name = f"bench_{next(self._numbers)}"
        await self._execute(f"create database {name} template template0")
        try:
            yield self._server.replace("/postgres?", f"/{name}?")
        finally:
            await self._execute(f"drop database {name} with (force)")

    @asynccontextmanager
    async def store(self, dsn: str) -> AsyncIterator[Store]:
        """The log and what works on it, wired as in a node, in this process."""
        async with store(Settings(database_url=dsn, data_dir=self.directory / "store")) as opened:
            yield opened
            # Before Python 3.12 a task that is woken and cancelled at once may go on for ever; let the tail hear
            await asyncio.sleep(0.2)

    @asynccontextmanager
    async def node(
        self, dsn: str, *, workers: int = 1, guarded: bool = False, uploads: Path | None = None
    ) -> AsyncIterator[Node]:
        """A whole node in a process of its own, with its browsers warm; guarded, its runs may reach 127.0.0.1."""
        place = str(self.directory / f"node-{next(self._numbers)}")
        more = {"browser": self.browser, "guarded": guarded, "uploads": str(uploads) if uploads else None}
        async with self.child("up", dsn=dsn, data_dir=place, workers=workers, **more) as process:
            said = await process.hear()
            await self.quiet()
            yield Node(**said)

    @asynccontextmanager
    async def child(self, name: str, **arguments: Any) -> AsyncIterator[Child]:
        """The program ``bench/children/<name>.py`` as a process that is gone afterwards."""
        log = self.directory / f"{name}-{next(self._numbers)}.log"
        with log.open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", f"bench.children.{name}", json.dumps(arguments)),
                cwd=ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                limit=2**24,
                start_new_session=True,  # Ctrl-C is for us alone: we end it
            )
        child = Child(process, log)
        try:
            yield child
        finally:
            await child.end()

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self._server)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def open_stage(progress: Progress, *, short: bool) -> Iterator[tuple[Stage, str]]:
    """A stage and the address of its server; on a disk, because what is promised is durable."""
    directory = Path(tempfile.mkdtemp(prefix="ghostly-bench-"))
    directory.chmod(0o711)  # PostgreSQL's user, who is not root, has to walk through
    try:
        with EmbeddedPostgres(directory / "postgres") as dsn:
            yield Stage(directory, dsn, short=short, progress=progress), dsn
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def postmaster(embedded: Path) -> int:
    """The process id of the PostgreSQL whose files lie there."""
    return int((embedded / "data" / "postmaster.pid").read_text("utf-8").split("\n", 1)[0])
