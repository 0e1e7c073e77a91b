"""What a model may answer: the types that check it, and the schemas that tell it so."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

import msgspec
from msgspec import Struct

from ghostly.assist.brain import Confidence
from ghostly.domain.steps import AnyStep
from ghostly.domain.verdict import Verdict

LONGEST = 64 * 1024
_THOUGHT = "</think>"
_KEPT = {"type", "properties", "required", "additionalProperties", "anyOf", "enum", "items", "$ref", "$defs"}

T = TypeVar("T")


class Unusable(Exception):
    """The answer is not what was asked for; the text tells the model why."""


class Plan(Struct, frozen=True, rename="camel"):
    """The strategist's answer."""

    steps: list[AnyStep]
    has_more: bool = False


class Mend(Struct, frozen=True, rename="camel"):
    """The healer's answer."""

    selector: str | None
    rationale: str = ""


class Judgement(Struct, frozen=True, rename="camel"):
    """The judge's answer."""

    verdict: Verdict | Literal["continue"]
    confidence: Confidence
    reasoning: str
    evidence: list[str] = []
    evidence_seqs: list[int] = []
    summary: str | None = None
    hint: str | None = None


def read(text: str, kind: type[T]) -> T:
    """The JSON object in the text as this type; raises ``Unusable``."""
    if len(text) > LONGEST:
        raise Unusable(f"the answer has more than {LONGEST} characters")
    bare = text.rpartition(_THOUGHT)[2]  # where thinking begins is not always said
    start, end = bare.find("{"), bare.rfind("}")
    if start < 0 or end < start:
        raise Unusable("the answer holds no JSON object")
    try:
        return msgspec.json.decode(bare[start : end + 1].encode(errors="replace"), type=kind)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Unusable(str(error)[:300]) from error


def schema(kind: type[Any], most: int) -> dict[str, Any]:
    """The type as a JSON schema of its shape alone: endpoints stumble over the rest, and we check it anyway.

    It has an end, with at most so many entries in a list: what keeps to a shape without one may never stop.
    """
    whole = _plain(msgspec.json.schema(kind))
    definitions = whole["$defs"]
    shape = definitions.pop(kind.__name__)
    for entry in shape["properties"].values():
        if entry.get("type") == "array":
            entry["maxItems"] = most
    return {**shape, "additionalProperties": False, "$defs": definitions}


def _plain(node: Any, *, names: bool = False) -> Any:
    if isinstance(node, dict):
        return {
            key: _plain(value, names=key in {"properties", "$defs"} and not names)
            for key, value in node.items()
            if names or key in _KEPT
        }
    return [_plain(each) for each in node] if isinstance(node, list) else node
