"""What a run leaves on disk."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that a run left behind; ``path`` is the one that clients read (``./artifacts/<run>/<file>``)."""

    path: str
    sha256: str
    size: int
    content_type: str


class Artifacts:
    """The files of one run, all in ``directory``, which is made with the first of them."""

    def __init__(self, directory: Path, run: str) -> None:
        self._directory = directory
        self._run = run

    async def keep(self, name: str, data: bytes, content_type: str) -> Artifact:
        """Write the file, off the event loop; raises ``OSError`` where the disk refuses."""
        digest = await asyncio.to_thread(self._write, name, data)
        return Artifact(f"./artifacts/{self._run}/{name}", digest, len(data), content_type)

    async def adopt(self, name: str, source: Path, content_type: str) -> Artifact:
        """The same with a file that is there already, which is moved; raises ``OSError`` as well."""
        digest, size = await asyncio.to_thread(self._move, name, source)
        return Artifact(f"./artifacts/{self._run}/{name}", digest, size, content_type)

    @contextmanager
    def _whole(self, name: str) -> Iterator[Path]:
        """Where the file goes; what was written of it goes again if the disk does not take all."""
        self._directory.mkdir(parents=True, exist_ok=True)
        target = self._directory / name
        try:
            yield target
        except OSError:
            with suppress(OSError):
                target.unlink()
            raise

    def _write(self, name: str, data: bytes) -> str:
        with self._whole(name) as target:
            target.write_bytes(data)
        return hashlib.sha256(data).hexdigest()

    def _move(self, name: str, source: Path) -> tuple[str, int]:
        with self._whole(name) as target:
            shutil.move(source, target)
        with target.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), target.stat().st_size
