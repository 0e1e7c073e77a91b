"""POST /v1/run: begin a run, once however often it is asked for."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from aiohttp import web

from ghostly.accounts import Caller, Project
from ghostly.accounts.scopes import WRITE
from ghostly.domain import flow as flows
from ghostly.domain.errors import Flaw, Invalid
from ghostly.domain.flow import Flow, Guardrails
from ghostly.domain.redaction import set_inputs_apart
from ghostly.event_log import Conflict, PayloadTooLarge
from ghostly.http.auth import allowed
from ghostly.http.body import LARGE, answer, read_json
from ghostly.http.context import (
    GUARDRAILS,
    LIMITS,
    POOL,
    PROJECTS,
    REQUESTS,
    RUNS,
    STOPPING,
    VAULT,
    WORKERS,
)
from ghostly.http.problems import Problem
from ghostly.http.run_request import RunRequest, parse
from ghostly.projections.run_view import find_stand

KEY = "Idempotency-Key"
LONGEST_KEY = 128
FULL_S = 5


class _Order(NamedTuple):
    """A run as it was asked for, found to be in order."""

    owner: UUID
    project: Project
    asked: RunRequest


async def start(request: web.Request) -> web.Response:
    """POST /v1/run."""
    caller = await allowed(request, WRITE)
    if request.app[STOPPING].is_set():
        raise Problem("shutting_down")
    key = _key(request)
    body = await read_json(request, LARGE)
    order = await _in_order(request, caller, parse(body))
    if key is not None:
        return await _once(request, order, key, _digest(request, body))
    await _there_is_room(request, order)
    run = request.app[RUNS].new_id()
    await _begin(request, order, run)
    return _begun(run)


async def _once(request: web.Request, order: _Order, key: str, digest: bytes) -> web.Response:
    """Begin the run that the key stands for, or say how it stands."""
    requests = request.app[REQUESTS]
    if await requests.claimed(order.owner, key) is None:
        await _there_is_room(request, order)
    claim = await requests.claim(order.owner, key, digest, request.app[RUNS].new_id())
    if claim.digest != digest:
        raise Problem("idempotency_conflict")
    if replay := await _replay(request, claim.run):
        return replay
    try:
        await _begin(request, order, claim.run)
    except Conflict:  # somebody with the same key was faster
        return await _replay(request, claim.run) or _begun(claim.run)
    except PayloadTooLarge:
        await requests.release(order.owner, key, claim.run)
        raise
    return _begun(claim.run)


async def _replay(request: web.Request, run: UUID) -> web.Response | None:
    stand = await find_stand(request.app[POOL], run)
    if stand is None:
        return None
    return answer({"ok": True, "id": run, "status": stand.status}, 200, **{"Idempotent-Replay": "true"})


def _begun(run: UUID) -> web.Response:
    return answer({"ok": True, "id": run, "status": "running"}, 202)


async def _in_order(request: web.Request, caller: Caller, asked: RunRequest) -> _Order:
    """The order, once everything about it was found right; raises ``Problem`` or ``Invalid``."""
    _check(asked.flow(), request.app[GUARDRAILS], may_be_without_steps=asked.assist is not None)
    project = await request.app[PROJECTS].find(caller.id, asked.project)
    if project is None:
        raise Problem("validation_error", [Flaw("project", "no project of yours has this id or slug")])
    if asked.assist is not None:
        raise Problem("assist_disabled")
    return _Order(caller.id, project, asked)


def _check(flow: Flow, guardrails: Guardrails, *, may_be_without_steps: bool) -> None:
    try:
        flows.check(flow, guardrails)
    except Invalid as error:
        absent = may_be_without_steps and not flow.steps
        flaws = [flaw for flaw in error.flaws if not (absent and flaw.field == "steps")]
        if flaws:
            raise Invalid(flaws) from None


async def _there_is_room(request: web.Request, order: _Order) -> None:
    most = request.app[LIMITS].queued
    if await request.app[WORKERS].queued(order.owner, most=most) >= most:
        flaw = Flaw("queue", f"{most} runs of yours wait to be driven, and there may be no more")
        raise Problem("rate_limited", [flaw], {"Retry-After": str(FULL_S)})


async def _begin(request: web.Request, order: _Order, run: UUID) -> None:
    asked, requests = order.asked, request.app[REQUESTS]
    flow, inputs = set_inputs_apart(asked.flow())
    if asked.code_hints is not None:
        await requests.keep_hints(run, msgspec.json.encode(asked.code_hints).decode())
    try:
        await request.app[RUNS].start(
            run,
            owner=order.owner,
            project=order.project.id,
            flow=flow.wire(),
            request={"projectSlug": order.project.slug, **asked.echoed()},
            inputs=request.app[VAULT].lock(inputs),
        )
    except PayloadTooLarge:
        await requests.drop_hints(run)
        raise


def _key(request: web.Request) -> str | None:
    key = request.headers.get(KEY, "")
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Problem("validation_error", [Flaw(KEY, f"must be at most {LONGEST_KEY} printable characters")])
    return key or None


def _digest(request: web.Request, body: Any) -> bytes:
    """The same for what is the same as JSON; what it types can be guessed by it as little as by its run."""
    return request.app[VAULT].digest(msgspec.json.encode(body, order="sorted"))
