"""Event to frames: a pure map, so that resuming needs no history. Wire names live here and nowhere else.

A stored payload of today's version *is* the wire payload: it is spliced into the frame without being decoded.
Only older versions are decoded first.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct

from ghostly.domain import events as ev
from ghostly.domain.moment import rfc3339
from ghostly.domain.verdict import Status
from ghostly.event_log import Stored, decode, encode

_NAMES: dict[type[ev.RunEvent], str] = {
    ev.StepStarted: "step_start",
    ev.StepPassed: "step_success",
    ev.StepFailed: "step_failure",
    ev.StepGivenUp: "step_failure",
    ev.HealingStarted: "heal_start",
    ev.HealingAttempted: "heal_action",
    ev.HealingSucceeded: "heal_success",
    ev.HealingFailed: "heal_failure",
    ev.PageSurveyed: "recon",
    ev.StepsPlanned: "plan_chunk",
    ev.LoopStateReached: "loop_state",
    ev.HorizonStarted: "horizon_start",
    ev.HorizonEnded: "horizon_end",
    ev.VictoryChecked: "victory_check",
    ev.MemoryRecalled: "memory_hit",
    ev.MemoryMissed: "memory_miss",
    ev.VerdictGiven: "judge_verdict",
    ev.RunPassed: "run_end",
    ev.RunFailed: "run_end",
    ev.RunCancelled: "run_end",
    ev.RunAbandoned: "run_end",
}

WIRE: dict[str, str] = {fact.TOPIC: name for fact, name in _NAMES.items()}
"""The wire's name of every topic that has one; the others (who drives, who asked to stop) are in the log only."""

_VERSIONS = {topic: getattr(fact, "class_version", 1) for topic, fact in ev.TOPICS.items()}


class Frame(Struct, frozen=True, gc=False):
    """One event as followers get it: ``bytes`` is empty where the event has no wire form."""

    seq: int
    at: datetime
    topic: str
    type: str | None
    bytes: bytes
    ending: Status | None = None


def frame(stored: Stored) -> Frame:
    """The event as an SSE message ``assist``, with its seq as id."""
    name = WIRE.get(stored.topic)
    if name is None:
        return Frame(stored.seq, stored.at, stored.topic, None, b"")
    message = f'id: {stored.seq}\nevent: assist\ndata: {{"kind":"assist",{told(stored, name)}}}\n\n'.encode()
    if stored.topic not in ev.ENDINGS:
        return Frame(stored.seq, stored.at, stored.topic, name, message)
    ending: Status = "pass" if stored.topic == ev.RunPassed.TOPIC else "fail"
    return Frame(stored.seq, stored.at, stored.topic, name, message, ending)


def told(stored: Stored, name: str) -> str:
    """The members ``type, seq, at, stepIndex?, payload`` of the event's JSON object, for a record or a frame."""
    payload = _payload(stored)
    step = f'"stepIndex":{_index(payload)},' if name.startswith(("step_", "heal_")) else ""
    return f'"type":"{name}","seq":{stored.seq},"at":"{rfc3339(stored.at)}",{step}"payload":{payload}'


def status_message(status: Status, at: datetime, seq: int | None = None) -> bytes:
    """The SSE message ``status``; the closing one carries the seq of its ``run_end`` once more."""
    head = "" if seq is None else f"id: {seq}\n"
    return f'{head}event: status\ndata: {{"kind":"status","status":"{status}","at":"{rfc3339(at)}"}}\n\n'.encode()


def end_message(at: datetime) -> bytes:
    """The SSE message ``end``, the last of every stream."""
    return f'event: end\ndata: {{"kind":"end","at":"{rfc3339(at)}"}}\n\n'.encode()


def ping_message(at: datetime) -> bytes:
    """The SSE message ``ping``: milliseconds since 1970."""
    return f"event: ping\ndata: {int(at.timestamp() * 1000)}\n\n".encode()


def ping_line(at: datetime) -> bytes:
    """The message ``ping`` for who reads lines."""
    return f'{{"kind":"ping","at":"{rfc3339(at)}"}}\n'.encode()


def line(message: bytes) -> bytes:
    """The message's JSON object as a line of its own; nothing for one without."""
    return message.partition(b"data: ")[2][:-1]


def _payload(stored: Stored) -> str:
    if stored.data is None:
        return "{}"
    if stored.version == _VERSIONS[stored.topic]:
        return stored.data
    return encode(decode(stored))[1].data


class _Index(Struct):
    index: int = 0


_index_of = msgspec.json.Decoder(_Index)


def _index(payload: str) -> int:
    return _index_of.decode(payload).index
