"""Logs and metrics: how they look and what they are called, in one place."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TextIO

import msgspec
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from ghostly.domain.moment import rfc3339

EXPOSITION_TYPE = CONTENT_TYPE_LATEST

REGISTRY = CollectorRegistry()
"""Every metric of this process. Labels are words of ours, never a user's."""

disable_created_metrics()  # type: ignore[no-untyped-call]
ProcessCollector(registry=REGISTRY)

REQUESTS = Counter(
    "ghostly_requests", "Requests that were answered", ("route", "method", "status"), registry=REGISTRY
)
EVENTS = Counter("ghostly_events_appended", "Events that were appended", ("type",), registry=REGISTRY)
APPENDS = Counter("ghostly_appends", "Appends to runs, each of one or more events", registry=REGISTRY)
RUNS_STARTED = Counter("ghostly_runs_started", "Runs that were registered", registry=REGISTRY)
RUNS_ENDED = Counter("ghostly_runs_ended", "Runs that ended, by how", ("ending",), registry=REGISTRY)
STEPS = Counter("ghostly_steps", "Steps that were done, by outcome", ("outcome",), registry=REGISTRY)
QUEUED = Gauge("ghostly_runs_queued", "Runs that wait for a driver", registry=REGISTRY)
STREAMS_OPEN = Gauge("ghostly_streams_open", "Event streams that are open", registry=REGISTRY)

NORMAL = logging.INFO
QUIET = logging.WARNING


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": rfc3339(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line).decode()


class _Stderr(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes to what standard error is at that moment: a progress bar takes its place, so as not to be torn."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:
        return sys.stderr


def configure(style: str, level: int = NORMAL) -> None:
    """Log to standard error, as ``text`` for people or ``json`` for programs; other libraries from warnings up."""
    handler = _Stderr()
    text = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s  %(message)s", "%H:%M:%S")
    handler.setFormatter(_Json() if style == "json" else text)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("ghostly").setLevel(level)


def exposition() -> bytes:
    """All metrics in Prometheus' text format."""
    return generate_latest(REGISTRY)


def tell(topics: Iterable[str]) -> None:
    """Count one append, and what its events say."""
    APPENDS.inc()
    for topic in topics:
        EVENTS.labels(topic).inc()
        if topic in _COUNTS:
            _COUNTS[topic].inc()


_COUNTS = {
    "run-started": RUNS_STARTED,
    **{f"run-{ending}": RUNS_ENDED.labels(ending) for ending in ("passed", "failed", "cancelled", "abandoned")},
    **{f"step-{outcome}": STEPS.labels(outcome) for outcome in ("passed", "failed")},
}
