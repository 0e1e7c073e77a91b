"""The embedded PostgreSQL: whoever comes first starts it, the last one out tells it to stop.

Three lock files tell what a process id can only guess, because the kernel drops a lock when the
last process that has it open is gone, however it went:

``start.lock``    alone: one process at a time looks, starts or stops.
``holders.lock``  shared by all who hold the server: nobody there, nobody needs it.
``server.lock``   alone, inherited by the server and all its processes: free, not one of them lives.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from ghostly.database.cluster import Answer, Cluster
from ghostly.database.directories import make_directory
from ghostly.database.errors import EmbeddedUnavailable
from ghostly.database.installation import OTHERWISE
from ghostly.database.locks import FileLock

PATIENCE = 60.0  # seconds: recovery after a crash reads up to max_wal_size again
PARTING = 3.0  # seconds: of one that was told to stop and is not heard of for so long, nobody waits for the end
KNOCK = 1  # seconds
SOON = 0.5


class EmbeddedPostgres:
    """A PostgreSQL that belongs to one directory and runs as long as somebody holds it.

    It outlives any holder that is killed, also the one that started it; then whoever lets go last
    tells it to stop. It opens no port, and neither Ctrl-C nor the end of a terminal reaches it.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory.resolve()
        self._share: FileLock | None = None

    def acquire(self) -> str:
        """Holds the server, started if need be, and tells its address; again, it revives it."""
        try:
            make_directory(self._directory)
            with self._nobody_else_starting():
                cluster = Cluster(self._directory)
                self._ensure_running(cluster)
                self._hold()
                return cluster.dsn
        except (OSError, subprocess.SubprocessError) as error:
            raise EmbeddedUnavailable(
                f"The embedded PostgreSQL cannot run in {self._directory} ({error}): "
                f"set GHOSTLY_DATA_DIR to another place, {OTHERWISE}"
            ) from error

    def revive(self) -> bool:
        """Starts it anew if it crashed while we hold it; False if it lives, or somebody sees to it already."""
        with self._lock("start") as alone:
            if not alone.try_alone() or self._lives():
                return False
        self.acquire()
        return True

    def release(self) -> None:
        """Lets go; the last holder tells the server to stop, and leaves when it has, or has fallen silent.

        One that hangs stops as soon as it goes on; until then, whoever starts next waits for it.
        """
        if self._share is None:
            return
        share, self._share = self._share, None
        with share, self._nobody_else_starting():
            if share.try_alone():
                self._stop(Cluster(self._directory))

    def __enter__(self) -> str:
        return self.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    @contextmanager
    def _nobody_else_starting(self) -> Iterator[None]:
        with self._lock("start") as alone:
            if not alone.wait_alone(2 * PATIENCE):
                raise EmbeddedUnavailable(
                    f"Another process has kept {self._directory}/start.lock for {2 * PATIENCE:.0f} "
                    "seconds: end it and try again."
                )
            yield

    def _hold(self) -> None:
        if self._share is None:
            self._share = self._lock("holders")
            self._share.try_share()  # nobody takes it alone but under the start lock

    def _ensure_running(self, cluster: Cluster) -> None:
        if self._comes_up(cluster):
            return
        with self._lock("server") as server:
            if server.try_alone():
                cluster.start(server.descriptor)
        if not self._comes_up(cluster):
            raise EmbeddedUnavailable(
                f"The embedded PostgreSQL in {self._directory} does not start: {cluster.last_words}"
            )

    def _comes_up(self, cluster: Cluster) -> bool:
        """Waits, while a server lives, until it accepts; False if none lives, or no longer."""
        deadline, pause = time.monotonic() + PATIENCE, 0.01
        while self._lives():
            if cluster.ask() is Answer.ACCEPTS:
                return True
            if time.monotonic() > deadline:
                raise EmbeddedUnavailable(
                    f"The embedded PostgreSQL in {self._directory} is still not ready after "
                    f"{PATIENCE:.0f} seconds ({cluster.last_words}): wait a while and try again."
                )
            time.sleep(pause)
            pause = min(1.2 * pause, 0.5)  # each question during a recovery is a line in its log
        return False

    def _stop(self, cluster: Cluster) -> None:
        for mode in ("fast", "immediate"):
            if not cluster.stop(mode) or self._is_done_with(cluster):
                break
        cluster.tidy()

    def _is_done_with(self, cluster: Cluster) -> bool:
        """Waits until it is gone, or nothing is heard of it; False if it still answers after half a minute."""
        told = heard = time.monotonic()
        while not self._is_gone_within(SOON):
            now = time.monotonic()
            if cluster.ask(KNOCK) is not Answer.SILENCE:
                heard = now
            if now - heard > PARTING:
                return True
            if now - told > PATIENCE / 2:
                return False
        return True

    def _is_gone_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while (lives := self._lives()) and time.monotonic() < deadline:
            time.sleep(0.01)
        return not lives

    def _lives(self) -> bool:
        with self._lock("server") as server:
            return not server.try_alone()

    def _lock(self, name: str) -> FileLock:
        return FileLock(self._directory / f"{name}.lock")
