"""The append-only log: append and read events; conflicts."""

from __future__ import annotations

from ghostly.event_log.append import Append, Head, chained
from ghostly.event_log.chain import genesis
from ghostly.event_log.codec import Encoded, PayloadTooLarge, decode, decode_account, decode_annotation, encode
from ghostly.event_log.log import EventLog
from ghostly.event_log.stored import Stored
from ghostly.event_log.within import append_within
from ghostly.event_log.writer import Conflict, LogUnavailable

__all__ = [
    "Append",
    "Conflict",
    "Encoded",
    "EventLog",
    "Head",
    "LogUnavailable",
    "PayloadTooLarge",
    "Stored",
    "append_within",
    "chained",
    "decode",
    "decode_account",
    "decode_annotation",
    "encode",
    "genesis",
]
