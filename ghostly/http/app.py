"""The routes, and the server that answers them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
from aiohttp import web
from aiohttp.typedefs import Middleware

from ghostly.accounts import People, Vault
from ghostly.accounts.requests import Requests
from ghostly.domain.flow import Guardrails
from ghostly.event_log import EventLog
from ghostly.heals import Heals
from ghostly.http import (
    about,
    account,
    artifacts,
    cancel,
    context,
    docs,
    heals,
    health,
    keys,
    listing,
    llm_settings,
    plan,
    projects,
    record,
    secrets,
    start,
    trace_viewer,
)
from ghostly.http.auth import SIGNER, Signer
from ghostly.http.body import LARGE
from ghostly.http.headers import on_prepare, preflight
from ghostly.http.metrics import counted, metrics
from ghostly.http.problems import problems
from ghostly.http.records import RECORDS, Records
from ghostly.http.server import NotListening, Runner
from ghostly.http.stream import STREAMS, Streams, stream
from ghostly.http.web_pages import pages
from ghostly.runs import Runs
from ghostly.settings import Network, address
from ghostly.tail import Tail
from ghostly.worker.brains import Brains
from ghostly.worker.lookout import Lookout
from ghostly.workers import Workers

ROUTES = [
    web.get("/health", health.health),
    web.get("/ready", health.ready),
    web.get("/metrics", metrics),
    web.get("/openapi.json", docs.openapi),
    web.get("/docs", docs.docs),
    web.get("/docs/style.css", docs.style),
    web.get("/v1/ping", about.ping),
    web.get("/v1/version", about.version),
    web.post("/v1/update", about.update),
    web.post("/v1/auth/login", account.log_in),
    web.get("/v1/auth/me", account.me),
    web.post("/v1/auth/register", account.register),
    web.post("/v1/auth/stream-ticket", account.stream_ticket),
    web.get("/v1/users", account.get_users),
    web.delete("/v1/users/{id}", account.remove_user),
    web.get("/v1/api-keys", keys.get_keys),
    web.post("/v1/api-keys", keys.issue),
    web.delete("/v1/api-keys/{id}", keys.revoke),
    web.get("/v1/projects", projects.get_projects),
    web.post("/v1/projects", projects.create),
    web.delete("/v1/projects/{id}", projects.remove),
    web.get("/v1/secrets", secrets.get_secrets),
    web.put("/v1/secrets/{name}", secrets.store),
    web.delete("/v1/secrets/{name}", secrets.remove),
    web.post("/v1/run", start.start),
    web.get("/v1/runs", listing.get_runs),
    web.get("/v1/runs/{id}", record.get_run),
    web.post("/v1/runs/{id}/cancel", cancel.cancel),
    web.get("/v1/runs/{id}/events/stream", stream, allow_head=False),
    web.get("/v1/heals/{id}", heals.get_heal),
    web.post("/v1/heals/{id}/approve", heals.approve),
    web.post("/v1/heals/{id}/reject", heals.reject),
    web.post("/v1/plan", plan.plan),
    web.get("/v1/settings/llm", llm_settings.get_settings),
    web.put("/v1/settings/llm", llm_settings.store),
    web.post("/v1/settings/llm/test", llm_settings.test),
    web.get("/v1/settings/llm/providers", llm_settings.get_providers),
    web.get("/v1/settings/llm/models", llm_settings.get_models),
    web.get("/artifacts/{id}/trace", artifacts.trace),
    web.get("/artifacts/{id}/{file}", artifacts.artifact),
    web.get("/trace-viewer/{file}", trace_viewer.page),
    web.get("/trace-viewer/assets/{file}", trace_viewer.asset),
]

DRAIN_S = 2.0


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What the handlers share."""

    pool: asyncpg.Pool
    log: EventLog
    runs: Runs
    heals: Heals
    tail: Tail
    workers: Workers
    people: People
    vault: Vault
    guardrails: Guardrails
    signer: Signer
    clock: Callable[[], datetime]
    artifacts: Path
    brains: Brains
    lookout: Lookout | None = None  # who looks at pages, if this node drives browsers
    viewer: Path | None  # where the trace viewer's files lie, if there is one
    limits: context.Limits = field(default_factory=context.Limits)
    origins: frozenset[str] = frozenset()
    proxies: tuple[Network, ...] = ()  # whose word counts on where a request comes from
    pages: Path | None = None
    streams: Streams = field(default_factory=Streams)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)  # what has to go on meanwhile


def app(parts: Parts) -> web.Application:
    """The application."""
    made = web.Application(middlewares=_middlewares(parts), client_max_size=LARGE)
    made.add_routes(ROUTES)
    made[context.POOL] = parts.pool
    made[context.LOG] = parts.log
    made[context.RUNS] = parts.runs
    made[context.HEALS] = parts.heals
    made[context.TAIL] = parts.tail
    made[context.WORKERS] = parts.workers
    made[context.USERS] = parts.people.users
    made[context.KEYS] = parts.people.keys
    made[context.LOGINS] = parts.people.logins
    made[context.PROJECTS] = parts.people.projects
    made[context.SECRETS] = parts.people.secrets
    made[context.VAULT] = parts.vault
    made[context.MODELS] = parts.people.models
    made[context.BRAINS] = parts.brains
    made[context.LOOKOUT] = parts.lookout
    made[context.REQUESTS] = Requests(parts.pool)
    made[context.LIMITS] = parts.limits
    made[context.STOPPING] = parts.stopping
    made[context.ORIGINS] = parts.origins
    made[context.PROXIES] = parts.proxies
    made[context.PAGES] = parts.pages
    made[context.GUARDRAILS] = parts.guardrails
    made[context.CLOCK] = parts.clock
    made[context.ARTIFACTS] = parts.artifacts
    made[context.VIEWER] = trace_viewer.files(parts.viewer)
    made[SIGNER] = parts.signer
    made[RECORDS] = Records(parts.pool, parts.log)
    made[STREAMS] = parts.streams
    made[docs.DESCRIBED] = docs.Described(ROUTES)
    made.on_response_prepare.append(on_prepare)
    made.on_cleanup.append(lambda app: app[context.BRAINS].close())
    tending = {"streams": made[STREAMS].tend, "logins": lambda app: app[context.LOGINS].refusals.tend()}
    for name, tend in tending.items():
        made.cleanup_ctx.append(partial(_tending, name=name, tend=tend, tasks=parts.tasks))
    return made


def _middlewares(parts: Parts) -> list[Middleware]:
    """What every request passes, from the outside in; what is not set up costs nothing."""
    wanted = [
        (counted, True),
        (problems, True),
        (preflight, bool(parts.origins)),
        (pages, parts.pages is not None),
    ]
    return [middleware for middleware, is_wanted in wanted if is_wanted]


@asynccontextmanager
async def serve(parts: Parts, host: str, port: int) -> AsyncIterator[str]:
    """Answer requests as long as this lasts; yields the URL (port 0 takes a free one). Raises ``NotListening``."""
    # A stream whose client has gone is cancelled, not kept until there is something to tell it.
    runner = Runner(app(parts), access_log=None, shutdown_timeout=DRAIN_S, handler_cancellation=True)
    await runner.setup()
    try:
        await _listen(runner, host, port)
        yield address(*runner.addresses[0][:2])
    finally:
        parts.stopping.set()
        await parts.tail.close()  # streams end cleanly before their connections are waited for
        await runner.cleanup()


async def _listen(runner: Runner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port, backlog=1024).start()
    except OSError as error:
        raise NotListening(host, port, error) from error


Tend = Callable[[web.Application], Coroutine[Any, Any, None]]


async def _tending(
    made: web.Application, *, name: str, tend: Tend, tasks: list[asyncio.Task[None]]
) -> AsyncIterator[None]:
    tending = asyncio.create_task(tend(made), name=name)
    tasks.append(tending)
    yield
    tending.cancel()
    with suppress(asyncio.CancelledError):
        await tending
