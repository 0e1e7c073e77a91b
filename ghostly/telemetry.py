"""Logs: how they look, in one place."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime

import msgspec

from ghostly.domain.moment import rfc3339

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


def configure(style: str, level: int = NORMAL) -> None:
    """Log to standard error, as ``text`` for people or ``json`` for programs; other libraries from warnings up."""
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s  %(message)s", "%H:%M:%S")
    handler.setFormatter(_Json() if style == "json" else text)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("ghostly").setLevel(level)
