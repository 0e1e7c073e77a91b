"""Between bodies and types: what comes in is checked by the type that describes it."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from aiohttp import web

from ghostly.domain.errors import Flaw
from ghostly.http.flaws import flaw_of
from ghostly.http.problems import Problem

SMALL = 1024 * 1024
LARGE = 8 * SMALL

T = TypeVar("T")


async def read_json(request: web.Request, limit: int = SMALL) -> Any:
    """The body as plain JSON; an absent body is ``{}``. Raises ``Problem`` (413, 415, 400)."""
    body = await _bytes(request, limit)
    if not body:
        return {}
    if request.content_type != "application/json":
        raise Problem("unsupported_media_type")
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem("invalid_json") from error


async def _bytes(request: web.Request, limit: int) -> bytes:
    """The body; raises ``Problem`` as soon as it is too large, whatever it says of its size."""
    if (request.content_length or 0) > limit:
        raise Problem("body_too_large")
    body = bytearray()
    try:
        async for part in request.content.iter_any():
            body += part
            if len(body) > limit:
                raise Problem("body_too_large")
    except web.RequestPayloadError as error:  # says that it is packed, and is not
        raise Problem("invalid_json") from error
    return bytes(body)


async def read(request: web.Request, kind: type[T]) -> T:
    """The body as this type; raises ``Problem``, naming the place."""
    return checked(await read_json(request), kind)


def checked(value: Any, kind: type[T]) -> T:
    """Plain JSON as this type; raises ``Problem``, naming the place (``steps[3].url``)."""
    try:
        return msgspec.convert(value, kind)
    except RecursionError as error:
        raise Problem("validation_error", [Flaw("body", "is nested too deep")]) from error
    except msgspec.ValidationError as error:
        raise Problem("validation_error", [flaw_of(error, kind)]) from error


def answer(value: Any, status: int = 200, **headers: str) -> web.Response:
    """The value as JSON."""
    return answer_bytes(msgspec.json.encode(value), status, **headers)


def answer_bytes(body: bytes, status: int = 200, **headers: str) -> web.Response:
    """JSON that was encoded before."""
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")
