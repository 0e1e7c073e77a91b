"""Finds out whether a file gives a secret away, also if it is packed."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

MOST_BYTES = 8 * 1024 * 1024
DEEPEST = 3
_CHUNK = 256 * 1024  # looked through without a pause, so the event loop waits for no more than one
_OVERLAP = 16 * 1024
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
_BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError)

Holds = Callable[[str], bool]


def may_hold(path: Path, holds: Holds) -> bool:
    """Whether ``holds`` is true of some text in the file; true as well if it cannot be looked through."""
    try:
        with path.open("rb") as file:
            return _may_hold(file, holds, DEEPEST)
    except (*_BROKEN, _TooLargeError):
        return True


class _TooLargeError(Exception):
    pass


def _may_hold(file: IO[bytes], holds: Holds, deepest: int) -> bool:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES or deepest == 0:
        raise _TooLargeError
    return any(map(holds, _texts(data))) or any(_may_hold(part, holds, deepest - 1) for part in _parts(data))


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
