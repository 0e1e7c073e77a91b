"""What a goal asks for, one thing at a time."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Verb = Literal[
    "visit", "go", "click", "dblclick", "hover", "check", "uncheck", "fill", "select", "attach", "press", "scroll",
    "snapshot", "do", "make", "see", "unseen", "address", "state", "holds", "reads",
]  # fmt: skip
"""``go``: follow a link, tab or menu item. ``do``: what a control of the page says it does; ``make``: something
new of that name. ``see`` to ``reads`` expect something and change nothing."""

EXPECTATIONS: frozenset[Verb] = frozenset({"see", "unseen", "address", "state", "holds", "reads"})


class Target(Struct, frozen=True):
    """What an instruction is about, as its author names it.

    ``kind`` is what it is called besides its name, as in "button"; ``ordinal`` counts from 1, and -1 is the last;
    ``near`` is a text beside it, ``within`` the part of the page it lies in. ``exact``: the name was quoted.
    ``whole`` is all that was said, where it may be a name as it stands: Add row, First steps.
    """

    name: str = ""
    kind: str = ""
    ordinal: int = 0
    near: str = ""
    within: str = ""
    exact: bool = False
    whole: str = ""


class Instruction(Struct, frozen=True, kw_only=True):
    """One thing to do or to expect; ``sentence`` is the part of the goal that asks for it.

    ``how`` says more where the verb alone does not: which state, which way to scroll, which part of an address.
    """

    verb: Verb
    sentence: str
    target: Target | None = None
    values: tuple[str, ...] = ()
    how: str = ""

    @property
    def value(self) -> str:
        """The first value, or nothing."""
        return self.values[0] if self.values else ""

    @property
    def label(self) -> str:
        """What a person reads beside the step. What is typed is not in it: it may be a secret."""
        what = self.target.name or self.target.kind if self.target else ""
        if self.verb in {"visit", "press", "address"}:
            what = self.value
        near = self.target.near if self.target and self.verb in EXPECTATIONS else ""
        beside = self.value if self.verb == "reads" else near
        told = [self.verb, self.how, f"'{what}'" if what else "", f"beside '{beside}'" if beside else ""]
        return " ".join(filter(None, told))[:256]
