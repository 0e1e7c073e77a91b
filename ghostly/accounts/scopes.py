"""What a credential allows, and who makes a request with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

READ = "runs:read"
WRITE = "runs:write"
EVERYTHING = "audit:read"
ADMIN = "admin"
ALL = frozenset({READ, WRITE, EVERYTHING, ADMIN})
SCOPES = {"member": frozenset({READ, WRITE}), "admin": ALL}


class Caller(NamedTuple):
    """Who makes a request, and what the credential allows; ``key`` is the API key, if it came with one."""

    id: UUID
    email: str
    role: str
    scopes: frozenset[str]
    key: UUID | None = None


def effective(scopes: Iterable[str], role: str) -> frozenset[str]:
    """What a key with these scopes allows as long as its owner has this role.

    Who may read everything may read what is its own, too.
    """
    kept = SCOPES[role].intersection(scopes)
    return kept | {READ} if EVERYTHING in kept else kept
