"""Between events and what the log stores: names, bytes, sizes, versions."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

import msgspec
from eventsourcing.persistence import Mapper, StoredEvent, Transcoder
from eventsourcing.utils import register_topic

from ghostly.domain.account_events import ACCOUNT_TOPICS, AccountEvent, AccountFact
from ghostly.domain.annotations import ANNOTATION_TOPICS, Annotation, AnnotationEvent
from ghostly.domain.events import TOPICS, Event, RunEvent, UnknownFact
from ghostly.event_log import chain
from ghostly.event_log.stored import Stored

MAX_PAYLOAD = 256 * 1024
MARK = "… [truncated]"

Told = TypeVar("Told", bound=RunEvent | AccountEvent | AnnotationEvent)

_COLUMNS = frozenset({"timestamp", "actor", "class_version"})
_SURROGATE = re.compile("[\ud800-\udfff]")


class PayloadTooLarge(ValueError):
    """An event that must be stored whole is larger than 256 KiB."""


class Encoded(NamedTuple):
    """An event ready to be appended, but for its hash: that needs the event before."""

    seq: int
    topic: str
    version: int
    at: datetime
    actor: str
    data: str
    salt: bytes
    digest: bytes


class _Payload(bytes):
    """A stored payload that carries, beside its bytes, what the log keeps in columns."""

    columns: dict[str, Any]


class _PayloadTranscoder(Transcoder):
    """camelCase JSON without None and without what has a column of its own; msgspec, for its speed."""

    def encode(self, obj: Any) -> bytes:
        return msgspec.json.encode(
            {_camel(name): value for name, value in obj.items() if value is not None and name not in _COLUMNS}
        )

    def decode(self, data: bytes) -> Any:
        fields = {_snake(name): value for name, value in msgspec.json.decode(data).items()}
        return fields | cast("_Payload", data).columns


_mapper: Mapper[UUID] = Mapper(_PayloadTranscoder())


def encode(event: Told) -> tuple[Told, Encoded]:
    """The event as it will be read back, and as it is stored: no NUL, no lone surrogates, at most 256 KiB.

    A larger payload has its longest texts cut and marked; raises ``PayloadTooLarge`` where that may not be
    (``RunStarted``: half a flow is another flow) or does not help.
    """
    event, data = _fitting(*_clean(event))
    salt = os.urandom(16)
    version = getattr(type(event), "class_version", 1)
    columns = (event.originator_version, type(event).TOPIC, version, event.timestamp, event.actor)
    return event, Encoded(*columns, data.decode(), salt, chain.digest(salt, data))


def decode(stored: Stored) -> Event:
    """The event that was stored, brought to today's version; a topic unknown here becomes ``UnknownFact``."""
    return cast("Event", _told(stored)) if stored.topic in TOPICS else _unknown(stored)


def decode_account(stored: Stored) -> AccountFact | UnknownFact:
    """The same for an event of an account."""
    return cast("AccountFact", _told(stored)) if stored.topic in ACCOUNT_TOPICS else _unknown(stored)


def decode_annotation(stored: Stored) -> Annotation | UnknownFact:
    """The same for what was said beside a run; of what was erased, nothing is left but that it was said."""
    is_told = stored.topic in ANNOTATION_TOPICS and stored.data is not None
    return cast("Annotation", _told(stored)) if is_told else _unknown(stored)


def _unknown(stored: Stored) -> UnknownFact:
    data = msgspec.json.decode(stored.data or "{}")
    return UnknownFact(stored.stream, stored.seq, stored.at, stored.actor, stored.topic, data)


def _told(stored: Stored) -> Any:
    payload = _Payload((stored.data or "{}").encode())
    payload.columns = {"timestamp": stored.at, "actor": stored.actor, "class_version": stored.version}
    return _mapper.to_domain_event(StoredEvent(stored.stream, stored.seq, stored.topic, payload))


def _clean(event: Told) -> tuple[Told, bytes]:
    try:
        data = _mapper.to_stored_event(event).state
    except UnicodeEncodeError:
        return _clean(_changed(event, _without_surrogates))
    if b"\\u0000" in data:
        event = _changed(event, _without_nul)
        data = _mapper.to_stored_event(event).state
    return event, data


def _without_surrogates(text: str) -> str:
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _without_nul(text: str) -> str:
    return text.replace("\0", "")


def _fitting(event: Told, data: bytes) -> tuple[Told, bytes]:
    for most in (65_536, 8_192, 1_024, 128):
        if len(data) <= MAX_PAYLOAD or type(event).STORED_WHOLE:
            break
        event, data = _clean(_changed(event, partial(_cut, most)))
    if len(data) > MAX_PAYLOAD:
        raise PayloadTooLarge(f"{type(event).__name__} is larger than {MAX_PAYLOAD} bytes")
    return event, data


def _cut(most: int, text: str) -> str:
    return text if len(text) <= most + len(MARK) else text[:most] + MARK


def _changed(event: Told, change: Callable[[str], str]) -> Told:
    """The event with every text in its payload changed, names included."""
    fields = {name: value if name in _COLUMNS else _texts(value, change) for name, value in vars(event).items()}
    return type(event)(**fields)


def _texts(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(name): _texts(item, change) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_texts(item, change) for item in value]
    return value


_camels: dict[str, str] = {}
_snakes: dict[str, str] = {}


def _camel(name: str) -> str:
    if (known := _camels.get(name)) is None:
        head, *tail = name.split("_")
        known = _camels[name] = head + "".join(word.capitalize() for word in tail)
        _snakes[known] = name
    return known


def _snake(name: str) -> str:
    return _snakes.get(name) or re.sub(r"(?<!^)([A-Z])", lambda hump: "_" + hump[1].lower(), name)


for _topic, _fact in (TOPICS | ACCOUNT_TOPICS | ANNOTATION_TOPICS).items():
    register_topic(_topic, _fact)  # or a process that reads before it writes cannot find the class
    for _field in _fact.__dataclass_fields__:
        _camel(_field)
