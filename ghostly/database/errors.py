"""The ways the database says no; each is one sentence for the person who has to act on it."""

from __future__ import annotations

import asyncpg

from ghostly.domain.errors import Obstacle

UNREACHABLE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what asyncpg says at times when a session is killed in the wrong moment
    asyncpg.OperatorInterventionError,  # it stops, starts, or a person cut the session
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresSystemError,
    asyncpg.InternalServerError,
    asyncpg.InvalidTransactionStateError,  # a copy that only reads, as after a switch to another server
    asyncpg.TransactionRollbackError,
    asyncpg.ObjectNotInPrerequisiteStateError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)
"""What is raised when the database does not answer just now, or a connection to it was lost.

Not that a statement is wrong, as where a table is missing: waiting mends no such thing.
"""

REFUSING = (*UNREACHABLE, asyncpg.PostgresError)
"""Whatever a statement can raise."""


class DatabaseUnavailable(Obstacle):
    """Nothing can be read or written until a person has done what the sentence says."""


class EmbeddedUnavailable(DatabaseUnavailable):
    """The embedded PostgreSQL cannot run here as things are."""


class SchemaTooNew(Obstacle):
    """The database was migrated by a newer Ghostly; this one must not write to it."""


class MigrationChanged(Obstacle):
    """A migration that a database already has is not the one that this code knows by its number."""
