"""Answers as gzip: to whom, which of them, and how."""

from __future__ import annotations

import asyncio
import gzip
import re

from aiohttp import hdrs, web

LEVEL = 6
SMALL = 16 * 1024
"""What is not larger is sent sooner than packed and unpacked."""

_GZIP = re.compile(r"gzip(?:;q=(?!0(?:\.0*)?$).*)?")


def takes_gzip(request: web.Request) -> bool:
    """Whether the client says that it can unpack gzip."""
    given = ",".join(request.headers.getall(hdrs.ACCEPT_ENCODING, ())).lower().replace(" ", "")
    return any(map(_GZIP.fullmatch, given.split(",")))


async def pack(body: bytes) -> bytes:
    """The body as gzip, the same each time; nobody waits meanwhile but who asks."""
    return await asyncio.to_thread(gzip.compress, body, LEVEL, mtime=0)
