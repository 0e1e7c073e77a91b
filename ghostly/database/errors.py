"""The ways the database says no; each is one sentence for the person who has to act on it."""

from __future__ import annotations

import asyncpg

UNREACHABLE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what asyncpg says at times when a session is killed in the wrong moment
)
"""What is raised when the database does not answer, or a connection to it was lost."""


class DatabaseUnavailable(Exception):
    """Nothing can be read or written until a person has done what the sentence says."""


class EmbeddedUnavailable(DatabaseUnavailable):
    """The embedded PostgreSQL cannot run here as things are."""


class SchemaTooNew(Exception):
    """The database was migrated by a newer Ghostly; this one must not write to it."""


class MigrationChanged(Exception):
    """A migration that a database already has is not the one that this code knows by its number."""
