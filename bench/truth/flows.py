"""Goals for the fixture application, each with the verdict that is true of it."""

from __future__ import annotations

import re
from typing import Any, Literal

from msgspec import Struct

from bench.truth.app import Site
from bench.truth.place import PLAIN
from ghostly.domain.verdict import StopReason, Verdict

Json = dict[str, Any]

TIMEOUT_MS = 3_000
SECRET = "SHOP"
_AT = re.compile(r"\bAT\b")


class Labelled(Struct, frozen=True, kw_only=True):
    """A run to ask for, and what must come out of it.

    ``AT``, a word of its own in the goal or in an address, stands for where its pages are. ``stop`` is the stop
    reason where the specification fixes it, ``healed`` how many steps must have been healed where that is tried.
    """

    name: str
    goal: str
    verdict: Verdict
    path: str = "/"
    faults: str = PLAIN
    steps: tuple[Json, ...] = ()
    victory: Json | None = None
    options: Json = {}
    stop: StopReason | None = None
    healed: int | None = None
    target: Literal["site", "down", "unknown"] = "site"

    def body(self, site: Site) -> Json:
        """The body for POST /v1/run."""
        home = {"site": site.url, "down": site.down, "unknown": "http://ghostly-truth.invalid"}[self.target]
        at = f"{home}/{re.sub(r'[^a-z0-9]+', '-', self.name.lower())}/{self.faults}"
        assist: Json = {"v2": True, "goal": _AT.sub(at, self.goal), **self.options}
        return {
            "project": "default",
            "baseUrl": at + self.path,
            "defaultTimeoutMs": TIMEOUT_MS,
            "steps": [{name: _AT.sub(at, str(value)) for name, value in step.items()} for step in self.steps],
            "assist": assist | ({"victory": self.victory} if self.victory else {}),
        }


def click(selector: str) -> Json:
    """A step of a given plan."""
    return {"action": "click", "selector": selector}


def fill(selector: str, value: str) -> Json:
    """A step of a given plan."""
    return {"action": "fill", "selector": selector, "value": value}
