"""Work that has to go on as long as the process does: where such a task ends by itself, everything stops."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

logger = logging.getLogger("ghostly.node")

AnyTask = asyncio.Task[Any]


class Broke(Exception):
    """A part ended that must not end; the log has its traceback. The text is a sentence for the user."""


@asynccontextmanager
async def vital(tasks: Iterable[AnyTask]) -> AsyncIterator[None]:
    """Cancel who is inside as soon as one of the tasks ends by itself; raises ``Broke`` then.

    A task that was cancelled did not end by itself.
    """
    inside, watched, ended = asyncio.current_task(), list(tasks), list[AnyTask]()

    def on_end(task: AnyTask) -> None:
        if not task.cancelled() and not ended and inside is not None:
            logger.critical("%s ended, which must not be: everything stops", task.get_name(), exc_info=_why(task))
            ended.append(task)
            inside.cancel()

    for task in watched:
        task.add_done_callback(on_end)
    try:
        yield
    except asyncio.CancelledError:
        if not ended or (inside is not None and inside.cancelling() > 1):  # somebody wants it to stop as well
            raise
    finally:
        for task in watched:
            task.remove_done_callback(on_end)
    if ended:
        raise _broke(ended[0], inside)


def _broke(task: AnyTask, inside: AnyTask | None) -> Broke:
    if inside is not None:
        inside.uncancel()
    broke = Broke(f"Ghostly stopped because a part of it broke ({task.get_name()}): the log has the traceback.")
    broke.__cause__ = _why(task)
    return broke


def _why(task: AnyTask) -> BaseException | None:
    return task.exception()
