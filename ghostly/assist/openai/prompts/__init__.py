"""What the model is told it is: a file for each role, and a new file, with the next number, for each change."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

from msgspec import Struct

Role = Literal["strategist", "healer", "judge"]
VERSIONS: dict[Role, int] = {"strategist": 1, "healer": 1, "judge": 1}


class Prompt(Struct, frozen=True):
    """The words for a role, and their version: ``strategist-1``."""

    role: Role
    version: str
    text: str


@cache
def prompt(role: Role) -> Prompt:
    """What whoever has this role is told today."""
    version = f"{role}-{VERSIONS[role]}"
    return Prompt(role, version, (files(__package__) / f"{version}.md").read_text(encoding="utf-8"))
