"""What an assisted run needs beside its page: who thinks, what is remembered, and a clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple
from uuid import UUID

from ghostly.assist.brain import Brain
from ghostly.worker.memories import Memories


class Assistance(NamedTuple):
    """The same for all assisted runs of a worker; ``brain_of`` tells who thinks for an owner, now.

    ``milliseconds`` tells how time passes.
    """

    brain_of: Callable[[UUID], Awaitable[Brain]]
    memories: Memories
    milliseconds: Callable[[], float]
