from __future__ import annotations

from stores import log, other_runs, runs, tail, workers

__all__ = ["log", "other_runs", "runs", "tail", "workers"]
