"""What the handlers share, under typed keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import asyncpg
from aiohttp import web

from ghostly.accounts import Keys, Logins, Projects, Secrets, Users, Vault
from ghostly.domain.flow import Guardrails
from ghostly.event_log import EventLog
from ghostly.runs import Runs
from ghostly.tail import Tail
from ghostly.workers import Workers

POOL: web.AppKey[asyncpg.Pool] = web.AppKey("pool", asyncpg.Pool)
LOG = web.AppKey("log", EventLog)
RUNS = web.AppKey("runs", Runs)
TAIL = web.AppKey("tail", Tail)
USERS = web.AppKey("users", Users)
KEYS = web.AppKey("keys", Keys)
LOGINS = web.AppKey("logins", Logins)
PROJECTS = web.AppKey("projects", Projects)
SECRETS = web.AppKey("secrets", Secrets)
VAULT = web.AppKey("vault", Vault)
WORKERS = web.AppKey("workers", Workers)
ARTIFACTS = web.AppKey("artifacts", Path)
VIEWER: web.AppKey[dict[str, Path]] = web.AppKey("viewer", dict)
GUARDRAILS = web.AppKey("guardrails", Guardrails)
CLOCK: web.AppKey[Callable[[], datetime]] = web.AppKey("clock", Callable)  # type: ignore[arg-type]
