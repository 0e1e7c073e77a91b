"""What a verification found."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

KEPT = 100


class Difference(Struct, frozen=True):
    """What is not as it must be; ``seq`` is the event it first shows at, if there is one."""

    stream: UUID
    seq: int | None
    what: str
    kind: str = "run"


class Verification(Struct):
    """What was looked at, and the differences found: how many, and the first 100 in the order of the streams.

    ``unfolded`` runs could not be folded, because payloads were erased, a newer program wrote their rows, or the
    fold broke (that is a difference as well). Of their rows only seq and hash are proved.
    """

    events: int = 0
    streams: int = 0
    unfolded: int = 0
    found: int = 0
    differences: list[Difference] = []

    def note(self, stream: UUID, seq: int | None, what: str, kind: str = "run") -> None:
        """Count a difference, and keep it if it is among the first."""
        self.found += 1
        if len(self.differences) < KEPT:
            self.differences.append(Difference(stream, seq, what, kind))
