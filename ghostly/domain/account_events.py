"""Every fact that can be said of an account: who was let in, what was issued, stored, taken away or refused.

An account's stream bears the user's id and is of kind ``account``. The log keeps facts for ever, so none of these
says who a person is: no e-mail address and no label, only ids; and never a password, a key, a token or a secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias, get_args

from eventsourcing.domain import DomainEvent

KIND = "account"


@dataclass(frozen=True)
class AccountEvent(DomainEvent):
    """Something that happened to the account ``originator_id``, as its event number ``originator_version``.

    ``timestamp`` is UTC, cut to milliseconds, and never earlier than that of the event before. ``actor`` says
    who brought it about: ``user:<id>`` or ``system``.
    """

    TOPIC: ClassVar[str]
    STORED_WHOLE: ClassVar[bool] = True

    actor: str


@dataclass(frozen=True)
class UserRegistered(AccountEvent):
    """From now on there is this user, with this role."""

    TOPIC = "user-registered"

    role: str


@dataclass(frozen=True)
class UserRemoved(AccountEvent):
    """The user is gone, with all keys, projects and secrets; nothing follows. The runs stay in the log."""

    TOPIC = "user-removed"


@dataclass(frozen=True)
class KeyIssued(AccountEvent):
    """There is an API key with this id; its scopes count as far as its owner's role allows them."""

    TOPIC = "key-issued"

    key: str
    scopes: list[str]


@dataclass(frozen=True)
class KeyRevoked(AccountEvent):
    """The key opens nothing any more."""

    TOPIC = "key-revoked"

    key: str


@dataclass(frozen=True)
class LoginRefused(AccountEvent):
    """So many logins with this account's e-mail address were refused, since the last such event of this node."""

    TOPIC = "login-refused"

    times: int


@dataclass(frozen=True)
class SecretStored(AccountEvent):
    """``$secret:<name>`` now means what was stored, instead of what it meant before."""

    TOPIC = "secret-stored"

    name: str


@dataclass(frozen=True)
class SecretRemoved(AccountEvent):
    """Nothing is stored under this name any more."""

    TOPIC = "secret-removed"

    name: str


@dataclass(frozen=True)
class ModelChosen(AccountEvent):
    """A model of this provider thinks for the user's runs from now on; with no name, the server's own."""

    TOPIC = "model-chosen"

    name: str


@dataclass(frozen=True)
class ProjectCreated(AccountEvent):
    """There is a project with this id, named by this slug as long as it is there."""

    TOPIC = "project-created"

    project: str
    slug: str


@dataclass(frozen=True)
class ProjectRemoved(AccountEvent):
    """The project is gone; runs that belonged to it keep its id and slug."""

    TOPIC = "project-removed"

    project: str


AccountFact: TypeAlias = (
    UserRegistered
    | UserRemoved
    | KeyIssued
    | KeyRevoked
    | LoginRefused
    | SecretStored
    | SecretRemoved
    | ModelChosen
    | ProjectCreated
    | ProjectRemoved
)

ACCOUNT_FACTS: tuple[type[AccountEvent], ...] = get_args(AccountFact)
"""Every class that this program writes to the stream of an account."""

ACCOUNT_TOPICS: dict[str, type[AccountEvent]] = {fact.TOPIC: fact for fact in ACCOUNT_FACTS}
