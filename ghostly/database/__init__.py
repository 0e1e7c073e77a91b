"""The database: one PostgreSQL, embedded or the user's own, its pool and its schema."""
