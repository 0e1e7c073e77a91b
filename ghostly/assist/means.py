"""What a pursuit can do: the page and the log, as the loop sees them."""

from __future__ import annotations

from typing import Any, Protocol

from msgspec import Struct

from ghostly.domain.events import Report
from ghostly.domain.observation import Concealed, Control, Observation
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import AnyStep


class Tried(Struct, frozen=True, kw_only=True):
    """A step that was tried: its index, the seq of the event that says how it ended, and why it failed, if it did.

    ``note`` is what is worth knowing about one that passed. ``was_begun``: it failed, and may have had its effect
    nevertheless; nobody tries that again, and pays twice.
    """

    index: int
    seq: int
    error: str | None = None
    note: str | None = None
    was_begun: bool = False


class Checked(Struct, frozen=True):
    """One part of a victory condition, and whether it held."""

    check: str
    passed: bool


class Means(Protocol):
    """Every method may end with ``BrowserGone``: the page went away, or the run was stopped."""

    async def open(self) -> None:
        """Open the base URL; raises ``StepError`` if it cannot be shown."""
        ...

    async def do(self, step: AnyStep, *, instead_of: str | None = None, meant: Control | None = None) -> Tried:
        """Carry the step out as the next of the run; ``instead_of`` is the selector that it was given.

        Not on what stands in another row than the control that is ``meant``.
        """
        ...

    async def finds(self, meant: Control) -> bool:
        """Whether the control is there now, in a row that says what its row said."""
        ...

    async def do_instead(self, tried: Tried, step: AnyStep, heal_id: str) -> Tried:
        """Try this in place of the step that failed; the run hears of it only if it works, as a healed step."""
        ...

    def new_id(self) -> str:
        """An id that nothing else has."""
        ...

    async def look(self) -> Observation:
        """What the page looks like, without any secret of the run."""
        ...

    async def concealed(self) -> tuple[Concealed, ...]:
        """What is there and not shown, without any secret of the run; asked only where someone judges."""
        ...

    async def grows(self) -> bool:
        """Whether more comes when the page is scrolled to its end; asked only where a run is about to end."""
        ...

    async def rest(self) -> None:
        """Let what the page asked for be answered, for a few seconds at most."""
        ...

    async def check(self, victory: Victory, seen: Observation) -> list[Checked]:
        """Each part of the victory condition, as it is now."""
        ...

    async def reload(self) -> None:
        """Ask for the page anew, with GET; raises ``StepError`` if it does not come."""
        ...

    async def tell(self, fact: type[Report], **fields: Any) -> int:
        """Tell the run; the seq of that event."""
        ...

    def note(self, fact: type[Report], **fields: Any) -> None:
        """To be told with whatever is told next, which is soon."""
        ...

    async def pause(self, milliseconds: int) -> None:
        """Let time pass."""
        ...
