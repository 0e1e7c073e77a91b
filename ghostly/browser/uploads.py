"""The files that a page may be given: those inside one directory, wherever a link in it leads."""

from __future__ import annotations

import asyncio
import mimetypes
import os
import stat
from pathlib import Path

from playwright.async_api import FilePayload

from ghostly.browser.failures import StepError

_LARGEST = 50 * 1024 * 1024  # what Playwright takes from memory


class Uploads:
    """The uploads directory; without one, no file may be given away."""

    def __init__(self, directory: Path | None) -> None:
        self._directory = directory

    async def read(self, names: list[str]) -> list[FilePayload]:
        """The files, all in memory; raises ``StepError`` for one that is missing, outside, too large or no file.

        Read here and not handed over by name: between a look at a name and its use it can become another file.
        """
        files: list[FilePayload] = []
        room = _LARGEST
        for name in names:
            data = await asyncio.to_thread(self._read, name, room)
            room -= len(data)
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            files.append({"name": Path(name).name, "mimeType": kind, "buffer": data})
        return files

    def _read(self, name: str, room: int) -> bytes:
        if self._directory is None:
            raise StepError("no file can be uploaded: this worker has no uploads directory")
        try:
            with open(_opened(self._directory, name), "rb") as file:
                data = file.read(room + 1)
        except _Outside:
            raise StepError(f"the file '{name}' is not in the uploads directory") from None
        except (OSError, ValueError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or "not a name"
            raise StepError(f"the file '{name}' cannot be uploaded: {reason.lower()}") from None
        if len(data) > room:
            raise StepError(f"the file '{name}' cannot be uploaded: more than {_LARGEST >> 20} MiB in one step")
        return data


class _Outside(Exception):
    """A name leads out of the directory."""


def _opened(directory: Path, name: str) -> int:
    """A descriptor of a regular file inside. Links are followed first; none that appears later is."""
    root = directory.resolve(strict=True)
    target = (root / name).resolve(strict=False)
    if not target.is_relative_to(root):
        raise _Outside
    here = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    for part in target.relative_to(root).parts:
        try:
            inner = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here)
        finally:
            os.close(here)
        here = inner
    if stat.S_ISREG(os.fstat(here).st_mode):
        return here
    os.close(here)
    raise OSError(0, "Not a file")
