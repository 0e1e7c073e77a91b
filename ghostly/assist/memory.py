"""What a pursuit may know from earlier ones."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from ghostly.domain.heals import Repair
from ghostly.domain.observation import Control
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import AnyStep


class Remembered(Struct, frozen=True, kw_only=True):
    """The steps of an earlier success for the same goal, confirmed twice, and the condition that confirmed it.

    No heal in them was rejected by a person.
    """

    steps: tuple[AnyStep, ...]
    victory: Victory | None = None
    repairs: tuple[Repair, ...] = ()  # the heals in the steps


class Reviewed(Struct, frozen=True, kw_only=True):
    """What people said of the heals of one selector: which one stands in for it, and which ones never shall."""

    approved: str | None = None
    rejected: tuple[str, ...] = ()


class Memory(Protocol):
    """Of one owner, project, base URL and goal."""

    async def recall(self) -> Remembered | None:
        """The steps that reached this goal last time; None if nothing is remembered."""
        ...

    async def fingerprint(self, step: AnyStep) -> Control | None:
        """How the element of this step looked when a step with its selector last worked; None if it never did."""
        ...

    async def reviewed(self, selector: str) -> Reviewed:
        """What people said of the heals of this selector, up to now; also for who wants no memory."""
        ...
