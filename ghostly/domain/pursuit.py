"""What an assisted run is asked to do: a goal, how its victory is known, and how much may be spent on it."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Check = Annotated[str, Meta(min_length=1, max_length=1024)]
Checks = Annotated[tuple[Check, ...], Meta(max_length=10)]
MemoryMode = Literal["off", "runtime", "adaptive"]


class Victory(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """How victory is known. ``revalidate``: reload and look again; None: if the goal implies saving.

    Nothing that ``selector_hidden`` matches may be seen.
    """

    text_includes: Checks = ()
    selector_visible: Checks = ()
    url_includes: Checks = ()
    selector_hidden: Checks = ()
    must_all: bool = False
    revalidate: bool | None = None

    @property
    def configured(self) -> bool:
        """Whether there is anything to check."""
        return self.shows_something or bool(self.selector_hidden)

    @property
    def shows_something(self) -> bool:
        """Whether it asks for something that is to be seen: what is not to be seen is missing elsewhere, too."""
        return bool(self.text_includes or self.selector_visible or self.url_includes)


class Pursuit(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """The option ``assist`` of a start. Times are milliseconds."""

    goal: Annotated[str, Meta(min_length=1, max_length=2000)]
    v2: Literal[True] = True
    victory: Victory | None = None
    is_full_plan: bool = False
    max_healing_attempts_per_step: Annotated[int, Meta(ge=0, le=3)] = 1
    observer_max_nodes: Annotated[int, Meta(ge=50, le=1000)] = 300
    max_horizons: Annotated[int, Meta(ge=1, le=50)] = 12
    steps_per_horizon: Annotated[int, Meta(ge=1, le=10)] = 3
    max_loop_ms: Annotated[int, Meta(ge=10_000, le=3_600_000)] = 300_000
    modal_loader_max_wait_ms: Annotated[int, Meta(ge=3_000, le=600_000)] = 180_000
    memory_mode: MemoryMode = "runtime"
