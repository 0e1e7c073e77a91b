"""Ghostly runs browser tests and serves everything that happened to them from an append-only log."""

__version__ = "0.1.0"
