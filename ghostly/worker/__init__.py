"""Takes runs, drives them, reports, lets go; settles those whose driver is gone."""

from __future__ import annotations

from ghostly.worker.reaper import Reaper
from ghostly.worker.worker import Worker

__all__ = ["Reaper", "Worker"]
