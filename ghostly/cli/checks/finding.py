"""What a look at one thing finds."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Finding(Struct, frozen=True):
    """How one thing is: good; ``limited``, so that something cannot be done; or ``missing``, so that nothing can.

    ``mend`` is a command or a sentence.
    """

    what: str
    state: Literal["good", "limited", "missing"]
    said: str
    mend: str | None = None
