"""Directories for what browsers write before anybody knows whether it is wanted."""

from __future__ import annotations

import asyncio
import logging
import shutil
import tempfile
from pathlib import Path

from ghostly.database.locks import FileLock

log = logging.getLogger("ghostly.browser")

_PREFIX = "ghostly-scratch-"
_LOCK = "lock"


class Scratch:
    """A directory of its owner's own. Held by a lock, so that others can tell it from one that was left behind."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = FileLock(self.path / _LOCK)
        self._lock.try_alone()

    def room(self, name: str) -> Path:
        """A directory in it."""
        room = self.path / name
        room.mkdir(exist_ok=True)
        return room

    def close(self) -> None:
        """Nothing of it is left."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.close()


async def drop(directory: Path) -> None:
    """Nothing of the directory is left; mostly there is none, and to look costs less than a thread."""
    if directory.exists():  # noqa: ASYNC240 - a look, and no more
        await asyncio.to_thread(shutil.rmtree, directory, ignore_errors=True)


def sweep() -> int:
    """Drop the directories whose owners are gone without a word; how many there were."""
    return sum(_drop(path) for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"))


def _drop(path: Path) -> bool:
    try:
        lock = FileLock(path / _LOCK)
    except OSError:  # another user's, or another process sweeps too
        return False
    with lock:
        if not lock.try_alone():
            return False
        log.warning("Dropping what an earlier process left behind: %s", path.name)
        shutil.rmtree(path, ignore_errors=True)
        return True
