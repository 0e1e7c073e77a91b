"""Shapes that many answers share."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta, Struct

from ghostly.http.openapi.operation import Header

REF = "#/components/schemas/{name}"

Time: TypeAlias = Annotated[
    str, Meta(description="RFC 3339, UTC, with milliseconds and `Z`", extra_json_schema={"format": "date-time"})
]


class Done(Struct, frozen=True):
    """It was done, and there is nothing more to say."""

    ok: bool


RETRY_AFTER = Header("Retry-After", "After how many seconds it is worth another try.")
