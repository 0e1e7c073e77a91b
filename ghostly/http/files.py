"""A file as an answer: whole or in part, and only what lies where it should."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.web_request import BaseRequest

from ghostly.http.openapi import Header
from ghostly.http.problems import Problem

RANGE = Header("Range", "Answers 206 with this part of the file: one range of bytes.")
PART = Header("Content-Range", "Which part of how many bytes it is.")

_DECIDED_BEFORE_THE_RANGE = {"If-Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"}


class Plain(web.FileResponse):
    """The very bytes of a file: a neighbour called ``.gz`` is another file, not a form of this one."""

    async def prepare(self, request: BaseRequest) -> AbstractStreamWriter | None:
        """Send it; what the client says of encodings is not looked at."""
        headers = request.headers.copy()
        headers.popall("Accept-Encoding", None)
        return await super().prepare(request.clone(headers=headers))


async def plain(request: web.Request, path: Path, headers: dict[str, str]) -> Plain:
    """The answer that sends this file, ranges and conditions included.

    Raises ``Problem``: 404 unless it is a regular file in a real directory, 416 for a range that it does not have.
    """
    size = await size_of(path)
    if _DECIDED_BEFORE_THE_RANGE.isdisjoint(request.headers) and not _has(request, size):
        raise Problem("range_not_satisfiable", headers={"Content-Range": f"bytes */{size}"})
    return Plain(path, headers=headers)


async def size_of(path: Path) -> int:
    """How many bytes it has; raises ``Problem`` (404) unless it is a regular file in a real directory."""
    size = await asyncio.to_thread(_size, path)
    if size is None:
        raise Problem("not_found")
    return size


def _size(path: Path) -> int | None:
    """Of a regular file; a link is none, whether it is the file or its directory."""
    try:
        directory, file = path.parent.lstat(), path.lstat()
    except (OSError, ValueError):
        return None
    return file.st_size if stat.S_ISDIR(directory.st_mode) and stat.S_ISREG(file.st_mode) else None


def _has(request: web.Request, size: int) -> bool:
    try:
        start = request.http_range.start
    except ValueError:
        return False
    return start is None or (size > 0 and start < size)
