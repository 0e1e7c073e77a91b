from __future__ import annotations

from stores import log, runs

__all__ = ["log", "runs"]
