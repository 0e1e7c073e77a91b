"""POST /v1/run: begin a run, once however often it is asked for."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from aiohttp import web
from msgspec import Struct

from ghostly.accounts import Caller, Project
from ghostly.accounts.scopes import WRITE
from ghostly.domain import flow as flows
from ghostly.domain.errors import Flaw
from ghostly.domain.moment import rfc3339
from ghostly.domain.redaction import set_inputs_apart
from ghostly.domain.verdict import Status
from ghostly.event_log import Conflict, PayloadTooLarge
from ghostly.http.auth import allowed
from ghostly.http.body import LARGE, answer, read_json
from ghostly.http.context import (
    BRAINS,
    CLOCK,
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
from ghostly.http.openapi import Answer, Group, Header, described
from ghostly.http.problems import Problem
from ghostly.http.run_request import RunRequest, RunWithPlan, parse
from ghostly.projections.run_view import find_stand

LONGEST_KEY = 128
KEY = Header("Idempotency-Key", "The same key and body within 24 hours are the same run.", LONGEST_KEY)
REPLAYED = Header("Idempotent-Replay", "`true`")
FULL_S = 5


class Begun(Struct, frozen=True):
    """The run, which is durable and which every node can read."""

    ok: bool
    id: UUID
    status: Status


class _Order(NamedTuple):
    """A run as it was asked for, found to be in order."""

    owner: UUID
    project: Project
    asked: RunRequest


@described(
    "Start a run",
    "When the answer arrives, the run is durable and every node can read it. `plan` may hold any of the other "
    "fields: it fills what the top level leaves out or gives as null.",
    Group.RUNS,
    WRITE,
    {
        202: Answer("It has begun.", Begun),
        200: Answer("It had begun before, with this Idempotency-Key.", Begun, headers=(REPLAYED,)),
    },
    parameters=(KEY,),
    body=(RunRequest, RunWithPlan),
    errors=("idempotency_conflict", "rate_limited", "shutting_down"),
)
async def start(request: web.Request) -> web.Response:
    """POST /v1/run."""
    caller = await allowed(request, WRITE)
    if request.app[STOPPING].is_set():
        raise Problem("shutting_down")
    key = _key(request)
    body = await read_json(request, LARGE)
    asked = parse(body)
    if key is not None:
        return await _once(request, caller, asked, key, _digest(request, body))
    order = await _in_order(request, caller, asked)
    await _there_is_room(request, order)
    run = request.app[RUNS].new_id()
    await _begin(request, order, run)
    return _begun(run)


async def _once(request: web.Request, caller: Caller, asked: RunRequest, key: str, digest: bytes) -> web.Response:
    """Begin the run that the key stands for, or say how it stands."""
    requests = request.app[REQUESTS]
    taken = await requests.claimed(caller.id, key)
    # What began once is not judged again: its project may be gone by now.
    if taken and taken.digest == digest and (replay := await _replay(request, taken.run)):
        return replay
    order = await _in_order(request, caller, asked)
    if taken is None:
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
    return answer(Begun(ok=True, id=run, status=stand.status), 200, **{REPLAYED.name: "true"})


def _begun(run: UUID) -> web.Response:
    return answer(Begun(ok=True, id=run, status="running"), 202)


async def _in_order(request: web.Request, caller: Caller, asked: RunRequest) -> _Order:
    """The order, once everything about it was found right; raises ``Problem`` or ``Invalid``."""
    flows.check(asked.flow(), request.app[GUARDRAILS])
    project = await request.app[PROJECTS].find(caller.id, asked.project)
    if project is None:
        raise Problem("validation_error", [Flaw("project", "no project of yours has this id or slug")])
    return _Order(caller.id, project, await _planned(request, caller, asked))


async def _planned(request: web.Request, caller: Caller, asked: RunRequest) -> RunRequest:
    """The request, saying who will plan, if nobody has planned yet."""
    if asked.assist is None or asked.assisted is not None:
        return asked
    thinker = await request.app[BRAINS].thinker(caller.id)
    at = rfc3339(request.app[CLOCK]())
    return asked.planned(model=thinker.model, prompt_version=thinker.prompt_version, at=at)


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
    key = KEY.of(request)
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Problem("validation_error", [Flaw(KEY.name, f"must be at most {LONGEST_KEY} printable characters")])
    return key or None


def _digest(request: web.Request, body: Any) -> bytes:
    """The same for what is the same as JSON; what it types can be guessed by it as little as by its run."""
    return request.app[VAULT].digest(msgspec.json.encode(body, order="sorted"))
