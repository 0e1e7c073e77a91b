"""GET /v1/runs/{id}: the record, as it is or as it was, whole or in part."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from uuid import UUID

import msgspec
from aiohttp import web
from msgspec import Raw, Struct

from ghostly.accounts.scopes import READ
from ghostly.http.auth import allowed
from ghostly.http.body import answer_bytes
from ghostly.http.conditional import (
    ETAG,
    IF_NONE_MATCH,
    as_gzip,
    etag,
    held,
    labelled,
    not_modified,
)
from ghostly.http.context import LOG, TAIL, WORKERS
from ghostly.http.openapi import Answer, Group, described
from ghostly.http.packing import takes_gzip
from ghostly.http.query import Moment, Number, Numbers, flag
from ghostly.http.record_shape import Record
from ghostly.http.records import RECORDS, Kept
from ghostly.http.streams import STREAMS
from ghostly.http.visible import find
from ghostly.projections import run_view
from ghostly.projections.run_view import Stand

LONGEST_WAIT_S = 60
NOTHING_SAID = 0  # what people say of a run is no part of how it was

SUMMARY = flag("summary", "Leaves out `steps[].a11y` and `events`.")
STEPS = Numbers("steps", "Keeps the steps with these indices.")
AT_SEQ = Number("atSeq", "The record as it was after this event.", least=1)
AT = Moment("at", "The record as it was at this time.")
WAIT = Number("wait", "Answers when the run has finished, or after so many seconds.", greatest=LONGEST_WAIT_S)

_members = msgspec.json.Decoder(dict[str, Raw])
_steps = msgspec.json.Decoder(list[dict[str, Raw]])


class View(Struct, frozen=True):
    """Which parts of a record someone wants to see."""

    summary: bool = False
    steps: tuple[int, ...] | None = None

    @property
    def name(self) -> str:
        """What tells it from other views, in an ETag."""
        kept = "" if self.steps is None else "-".join(["", "steps", *map(str, self.steps)])
        return ("summary" if self.summary else "full") + kept

    def of(self, record: bytes) -> bytes:
        """These parts of the record."""
        if self == View():
            return record
        shown = _members.decode(record)
        if self.summary:
            shown.pop("events", None)
        return msgspec.json.encode({**shown, "steps": [self._step(step) for step in self._kept(shown["steps"])]})

    def _kept(self, steps: Raw) -> list[dict[str, Raw]]:
        wanted = self.steps
        return [step for step in _steps.decode(steps) if wanted is None or int(bytes(step["index"])) in wanted]

    def _step(self, step: dict[str, Raw]) -> dict[str, Raw]:
        return {name: value for name, value in step.items() if not (self.summary and name == "a11y")}


@described(
    "Get a run",
    "The record: how the run stands, readable as soon as the start was answered; or how it stood.",
    Group.RUNS,
    READ,
    {
        200: Answer("The record.", Record, headers=(ETAG,)),
        304: Answer("The client has it already.", media=(), headers=(ETAG,)),
    },
    parameters=(SUMMARY, STEPS, AT_SEQ, AT, WAIT, IF_NONE_MATCH),
    errors=("rate_limited",),
)
async def get_run(request: web.Request) -> web.Response:
    """GET /v1/runs/{id}."""
    caller = await allowed(request, READ)
    stand = await find(request, caller)
    view = View(SUMMARY.of(request), STEPS.of(request))
    if (seq := await _seq_of_the_past(request, stand)) is not None:
        return await _as_it_was(request, stand.id, seq, view)
    if (wait := WAIT.of(request)) and not stand.finished:
        with request.app[STREAMS].shares.one_of(caller.id):  # it costs what a stream costs
            await _until_finished(request, stand, wait)
        stand = await find(request, caller)
    return await _as_it_is(request, stand, view)


async def _as_it_is(request: web.Request, stand: Stand, view: View) -> web.Response:
    is_queued = stand.phase == "queued"
    if not is_queued and (tag := held(request, etag(stand.seq, stand.annotations, view.name))):
        return not_modified(tag)
    if not is_queued and view.summary:
        seen, body = await request.app[RECORDS].summary(stand.id)
        return answer_bytes(view.of(body), 200, **labelled(etag(seen.seq, seen.annotations, view.name)))
    kept = await request.app[RECORDS].at_least(stand)
    if kept.stand.phase == "queued":
        return answer_bytes(view.of(await _with_position(request, stand.id, kept.body)))
    return await _whole(request, kept, view)


async def _whole(request: web.Request, kept: Kept, view: View) -> web.Response:
    tag = etag(kept.stand.seq, kept.stand.annotations, view.name)
    if view == View() and takes_gzip(request) and (packed := await request.app[RECORDS].packed(kept)):
        return answer_bytes(packed, 200, **as_gzip(tag))
    return answer_bytes(view.of(kept.body), 200, **labelled(tag))


async def _with_position(request: web.Request, run: UUID, record: bytes) -> bytes:
    """The record and its place in the queue, which changes although nothing happens to the run: hence no tag."""
    position = await request.app[WORKERS].position(run)
    return record if position is None else b'%b,"queuePosition":%d}' % (record[:-1], position)


async def _as_it_was(request: web.Request, run: UUID, seq: int, view: View) -> web.Response:
    tag = etag(seq, NOTHING_SAID, view.name)
    if held(request, tag):
        return not_modified(tag)
    record = run_view.as_of(await run_view.read_all(request.app[LOG], run, up_to=seq))
    return answer_bytes(view.of(msgspec.json.encode(record)), 200, **labelled(tag))


async def _seq_of_the_past(request: web.Request, stand: Stand) -> int | None:
    """The event after which the record is wanted; None for as it is."""
    if (seq := AT_SEQ.of(request)) is not None:
        if seq > stand.seq:
            raise AT_SEQ.wrong(f"must be 1 to {stand.seq}")
        return seq
    at = AT.of(request)
    if at is None:
        return None
    seq = await request.app[LOG].seq_at(stand.id, at)
    if seq is None:
        raise AT.wrong("is before the run's start")
    return seq


async def _until_finished(request: web.Request, stand: Stand, seconds: int) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds), aclosing(request.app[TAIL].follow(stand.id, after=stand.seq)) as new:
            async for frames in new:
                if frames[-1].ending:
                    return
