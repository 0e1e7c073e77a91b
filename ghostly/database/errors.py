"""The ways the database says no; each is one sentence for the person who has to act on it."""

from __future__ import annotations


class DatabaseUnavailable(Exception):
    """Nothing can be read or written until a person has done what the sentence says."""


class EmbeddedUnavailable(DatabaseUnavailable):
    """The embedded PostgreSQL cannot run here as things are."""


class SchemaTooNew(Exception):
    """The database was migrated by a newer Ghostly; this one must not write to it."""


class MigrationChanged(Exception):
    """A migration that a database already has is not the one that this code knows by its number."""
