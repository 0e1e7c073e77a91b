"""The messages of a run's stream as types: the shapes of what ``timeline`` tells, made of the facts themselves."""

from __future__ import annotations

from dataclasses import Field, fields
from functools import reduce
from inspect import getdoc
from operator import or_
from types import NoneType
from typing import Annotated, Any, TypeAlias, get_args, get_type_hints

from msgspec import UNSET, Meta, Struct, UnsetType, defstruct

from ghostly.domain.events import FACTS, RunEvent
from ghostly.domain.verdict import Status
from ghostly.http.openapi import Time
from ghostly.http.openapi.shapes import REF
from ghostly.http.record_shape import RecordEvent
from ghostly.projections.timeline import WIRE

_IN_COLUMNS = {each.name for each in fields(RunEvent)}


def _payload(fact: type[RunEvent]) -> type[Struct]:
    """What an event of this kind says, under the names that it has on the wire."""
    hints = get_type_hints(fact)
    members = [_member(each, hints[each.name]) for each in fields(fact) if each.name not in _IN_COLUMNS]
    made = defstruct(fact.__name__, members, rename="camel", kw_only=True)
    says = (getdoc(fact) or "").partition("\n\n")[0].replace("\n", " ").replace("``", "`")
    for name, told in zip(made.__struct_fields__, made.__struct_encode_fields__, strict=True):
        says = says.replace(f"`{name}`", f"`{told}`")
    made.__doc__ = f"{says} The payload of `{WIRE[fact.TOPIC]}`."
    return made


def _member(each: Field[Any], kind: Any) -> tuple[str, Any] | tuple[str, Any, Any]:
    if each.default is not None:
        return each.name, kind
    # What has no value is left out, never null.
    return each.name, reduce(or_, [one for one in get_args(kind) if one is not NoneType]) | UnsetType, UNSET


PAYLOADS = {fact: _payload(fact) for fact in FACTS if fact.TOPIC in WIRE}
"""What each kind of event that has a wire form says."""

_ONE_OF_THEM = {"anyOf": [{"$ref": REF.format(name=fact.__name__)} for fact in PAYLOADS]}


class StatusMessage(Struct, frozen=True, tag_field="kind", tag="status"):
    """How the run stands, and since when: the first message, and behind the `run_end` of one that went on."""

    status: Status
    at: Time


class AssistMessage(RecordEvent, frozen=True, rename="camel", tag_field="kind", tag="assist"):
    """Something that happened to the run. `stepIndex` is there for types that begin with `step_` or `heal_`."""

    payload: Annotated[dict[str, Any], Meta(extra_json_schema=_ONE_OF_THEM)]


class EndMessage(Struct, frozen=True, tag_field="kind", tag="end"):
    """There is nothing more to come: the last message."""

    at: Time


class PingMessage(Struct, frozen=True, tag_field="kind", tag="ping"):
    """The server is there. As a server-sent event its data is a bare number: milliseconds since 1970."""

    at: Time


Message: TypeAlias = StatusMessage | AssistMessage | EndMessage | PingMessage
