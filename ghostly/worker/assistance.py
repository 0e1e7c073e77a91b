"""What an assisted run needs beside its page: who thinks, what is remembered, and a clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ghostly.assist.brain import Brain
from ghostly.worker.memories import Memories


class Assistance(NamedTuple):
    """The same for all assisted runs of a worker; ``milliseconds`` tells how time passes."""

    brain: Brain
    memories: Memories
    milliseconds: Callable[[], float]
