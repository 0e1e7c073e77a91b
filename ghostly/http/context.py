"""What the handlers share, under typed keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import asyncpg
from aiohttp import web

from ghostly.accounts import Keys, Logins, Models, Projects, Secrets, Users, Vault
from ghostly.accounts.requests import Requests
from ghostly.domain.flow import Guardrails
from ghostly.event_log import EventLog
from ghostly.heals import Heals
from ghostly.runs import Runs
from ghostly.settings import Network
from ghostly.tail import Tail
from ghostly.worker.brains import Brains
from ghostly.worker.lookout import Lookout
from ghostly.workers import Workers


class Limits(NamedTuple):
    """What one user may have at a time: runs that wait for a driver."""

    queued: int = 1_000


POOL: web.AppKey[asyncpg.Pool] = web.AppKey("pool", asyncpg.Pool)
LOG = web.AppKey("log", EventLog)
HEALS = web.AppKey("heals", Heals)
RUNS = web.AppKey("runs", Runs)
TAIL = web.AppKey("tail", Tail)
USERS = web.AppKey("users", Users)
KEYS = web.AppKey("keys", Keys)
LOGINS = web.AppKey("logins", Logins)
PROJECTS = web.AppKey("projects", Projects)
SECRETS = web.AppKey("secrets", Secrets)
VAULT = web.AppKey("vault", Vault)
MODELS = web.AppKey("models", Models)
BRAINS = web.AppKey("brains", Brains)
LOOKOUT: web.AppKey[Lookout | None] = web.AppKey("lookout")
WORKERS = web.AppKey("workers", Workers)
ARTIFACTS = web.AppKey("artifacts", Path)
VIEWER: web.AppKey[dict[str, Path]] = web.AppKey("viewer", dict)
REQUESTS = web.AppKey("requests", Requests)
LIMITS = web.AppKey("limits", Limits)
STOPPING = web.AppKey("stopping", asyncio.Event)
ORIGINS: web.AppKey[frozenset[str]] = web.AppKey("origins", frozenset)
PROXIES: web.AppKey[tuple[Network, ...]] = web.AppKey("proxies")
PAGES: web.AppKey[Path | None] = web.AppKey("pages")
GUARDRAILS = web.AppKey("guardrails", Guardrails)
CLOCK: web.AppKey[Callable[[], datetime]] = web.AppKey("clock", Callable)  # type: ignore[arg-type]
