"""Finds out whether a file gives a secret away, also if it is packed."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

MOST_BYTES = 8 * 1024 * 1024
MOST_IN_ALL = 4 * MOST_BYTES  # a small file can be unpacked for hours
DEEPEST = 3
_CHUNK = 256 * 1024  # looked through without a pause, so the event loop waits for no more than one
_OVERLAP = 16 * 1024
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")

Holds = Callable[[str], bool]


def may_hold(path: Path, holds: Holds) -> bool:
    """Whether ``holds`` is true of some text in the file; true as well if it cannot be looked through."""
    try:
        with path.open("rb") as file:
            return _Look(holds).finds(file, DEEPEST)
    except Exception:  # noqa: BLE001 - a file can be broken in more ways than those who unpack it tell
        return True


class _TooLargeError(Exception):
    pass


class _Look:
    """One look through a file and all that is packed in it, as long as that is not too much."""

    def __init__(self, holds: Holds) -> None:
        self._holds = holds
        self._left = MOST_IN_ALL

    def finds(self, file: IO[bytes], deepest: int) -> bool:
        data = file.read(MOST_BYTES + 1)
        self._left -= len(data)
        if len(data) > MOST_BYTES or self._left < 0 or deepest == 0:
            raise _TooLargeError
        return any(map(self._holds, _texts(data))) or any(self.finds(part, deepest - 1) for part in _parts(data))


def _texts(data: bytes) -> Iterator[str]:
    for start in range(0, len(data), _CHUNK):
        chunk = data[max(0, start - _OVERLAP) : start + _CHUNK]
        for encoding in _ENCODINGS:
            for shift in range(1 if encoding == "utf-8" else 2):
                yield chunk[shift:].decode(encoding, "replace")


def _parts(data: bytes) -> Iterator[IO[bytes]]:
    if data.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            yield io.BytesIO(packed.read(MOST_BYTES + 1))
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield io.BytesIO("\n".join(archive.namelist()).encode())
            for name in archive.namelist():
                with archive.open(name) as part:
                    yield part
