"""One account while its events pass by, and what its rows must say. Pure, but for the query at the foot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec
from asyncpg.pool import PoolConnectionProxy
from msgspec import Struct

from ghostly.domain import account_events as ev
from ghostly.event_log import decode_account
from ghostly.projections.audit.differences import Verification
from ghostly.projections.audit.history import History
from ghostly.projections.audit.lines import Logged

ROWS = """
select u.id, u.role,
       coalesce((select json_object_agg(k.id, k.scopes) from api_keys k where k.owner = u.id), '{}') as keys,
       coalesce((select json_object_agg(p.id, p.slug) from projects p where p.owner = u.id), '{}') as projects,
       coalesce((select json_object_agg(s.name, true) from secrets s where s.owner = u.id), '{}') as secrets
  from users u where u.id = any ($1)
"""


class Told(Struct):
    """What the events of an account come to; ``role`` is None if there is no such user (any more)."""

    role: str | None = None
    keys: dict[str, Any] = {}
    projects: dict[str, Any] = {}
    secrets: dict[str, Any] = {}


class AccountHistory(History):
    """The stream of an account. Of users who were there before their stream, only the chain is checked."""

    def __init__(self, first: Logged, found: Verification) -> None:
        super().__init__(first, found)
        self._told = Told()
        self._whole = first.topic == ev.UserRegistered.TOPIC

    def take(self, event: Logged, newest: int) -> None:
        """Check the next event, and remember what it says."""
        super().take(event, newest)
        self._whole = self._whole and event.data is not None
        if self._whole:
            self._hear(event)

    def compare_account(self, rows: Told | None) -> None:
        """Check the rows of the account, all of whose events have passed by."""
        if not self._whole:
            self._found.unfolded += 1
            return
        for what in _differences(self._told, rows or Told()):
            self._found.note(self.stream, self._seq, what, self.kind)

    def _hear(self, event: Logged) -> None:
        try:
            _tell(self._told, decode_account(event))
        except Exception as error:  # noqa: BLE001 - a payload that someone changed breaks a fold in any way
            self._found.note(self.stream, event.seq, f"cannot be folded: {error!r}", self.kind)
            self._whole = False


def _tell(told: Told, fact: Any) -> None:
    match fact:
        case ev.UserRegistered():
            told.role = fact.role
        case ev.UserRemoved():
            told.role, told.keys, told.projects, told.secrets = None, {}, {}, {}
        case ev.KeyIssued():
            told.keys[fact.key] = list(fact.scopes)
        case ev.ProjectCreated():
            told.projects[fact.project] = fact.slug
        case ev.SecretStored():
            told.secrets[fact.name] = True
        case _:
            _take_away(told, fact)


def _take_away(told: Told, fact: Any) -> None:
    match fact:
        case ev.KeyRevoked():
            del told.keys[fact.key]
        case ev.ProjectRemoved():
            del told.projects[fact.project]
        case ev.SecretRemoved():
            del told.secrets[fact.name]


def _differences(told: Told, rows: Told) -> Iterator[str]:
    if told.role != rows.role:
        yield f"row in users has role {rows.role} instead of {told.role}"
    for table, wanted, there in (
        ("api_keys", told.keys, rows.keys),
        ("projects", told.projects, rows.projects),
        ("secrets", told.secrets, rows.secrets),
    ):
        yield from _of_table(table, wanted, there)


def _of_table(table: str, wanted: Mapping[str, Any], there: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(there.keys() - wanted.keys()):
        yield f"{name} is in {table}, but no event put it there"
    for name in sorted(wanted.keys() - there.keys()):
        yield f"{name} is not in {table}, but no event took it away"
    for name in sorted(wanted.keys() & there.keys()):
        if wanted[name] != there[name]:
            yield f"{name} in {table} has {there[name]} instead of {wanted[name]}"


async def account_rows(connection: PoolConnectionProxy, users: list[UUID]) -> dict[UUID, Told]:
    """What the rows of these accounts say; those who are no user are left out."""
    decode = msgspec.json.decode
    return {
        row["id"]: Told(row["role"], decode(row["keys"]), decode(row["projects"]), decode(row["secrets"]))
        for row in await connection.fetch(ROWS, users)
    }
