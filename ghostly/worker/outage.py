"""How long a worker drives on without the database."""

from __future__ import annotations

OUTAGE_S = 60.0
"""For so many seconds a drive waits, where it has something to tell or to ask; then its browser is stopped."""
