"""Waiting for a database that is away."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from ghostly.database import errors
from ghostly.event_log.writer import LogUnavailable

AGAIN_S = 0.5
UNREACHABLE = (*errors.UNREACHABLE, LogUnavailable)

T = TypeVar("T")


async def patiently(ask: Callable[[], Awaitable[T]], patience: float) -> T:
    """What the database answers, asked again while it is away, for ``patience`` seconds from now.

    Raises ``LogUnavailable`` when they are over.
    """
    time = asyncio.get_running_loop().time
    deadline = time() + patience
    while True:
        try:
            return await ask()
        except UNREACHABLE as error:
            if time() >= deadline:
                raise LogUnavailable(f"the database is away: {error!r}") from error
            await asyncio.sleep(AGAIN_S)
