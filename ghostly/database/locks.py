"""Locks that the kernel drops at the moment when the last process that has them open is gone."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self


class FileLock:
    """One open lock file; whoever inherits its descriptor holds the same lock with us."""

    def __init__(self, path: Path) -> None:
        # The descriptor is closed at exec, so only a child that is handed it on purpose inherits.
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)

    def try_alone(self) -> bool:
        """Takes it if nobody else has it in any way; a share of our own is given up by trying."""
        return self._try(fcntl.LOCK_EX)

    def try_share(self) -> bool:
        """Takes a share of it unless somebody has it alone."""
        return self._try(fcntl.LOCK_SH)

    def wait_alone(self, patience: float) -> bool:
        """Takes it alone within so many seconds, or says that somebody else kept it."""
        deadline = time.monotonic() + patience
        while not (taken := self.try_alone()) and time.monotonic() < deadline:
            time.sleep(0.01)
        return taken

    def close(self) -> None:
        """Lets go; those who inherited it keep it."""
        os.close(self.descriptor)

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self.descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
