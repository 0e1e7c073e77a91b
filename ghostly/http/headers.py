"""What every answer carries, streams and errors too: the request's id, what a browser may do, who may read it."""

from __future__ import annotations

from types import MappingProxyType

from aiohttp import hdrs, web
from multidict import CIMultiDict

from ghostly.http.context import ORIGINS
from ghostly.http.problems import ID, REQUEST_ID, Handler

CSP = "Content-Security-Policy"

ALWAYS = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",  # or a cache on the way gives to one caller what it got for another
    }
)
OF_DATA = MappingProxyType({CSP: "default-src 'none'; frame-ancestors 'none'", "X-Frame-Options": "DENY"})
"""JSON is no page: a browser that shows it loads nothing and runs nothing."""

READABLE = "ETag, Link, Retry-After, Idempotent-Replay, X-Request-Id"
PREFLIGHT = MappingProxyType(
    {
        "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE",
        "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, If-None-Match, "
        "Last-Event-ID, X-Api-Key, X-Request-Id",
        "Access-Control-Max-Age": "600",
    }
)


def harden(headers: CIMultiDict[str]) -> None:
    """Add what every answer tells a browser; an answer that says one of these things itself is left to it."""
    headers[hdrs.SERVER] = "Ghostly"  # which versions of what is nobody's business
    for name, value in ALWAYS.items():
        headers.setdefault(name, value)
    if CSP not in headers:
        headers.update(OF_DATA)


async def on_prepare(request: web.Request, response: web.StreamResponse) -> None:
    """Complete the headers of an answer that is about to be sent."""
    if ID in request:
        response.headers[REQUEST_ID] = request[ID]
    harden(response.headers)
    if request.app[ORIGINS]:
        response.headers.add(hdrs.VARY, hdrs.ORIGIN)
        if (origin := _known_origin(request)) is not None:
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = origin
            response.headers[hdrs.ACCESS_CONTROL_EXPOSE_HEADERS] = READABLE


@web.middleware
async def preflight(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a browser that asks whether a page of a known origin may call us."""
    asks = request.method == hdrs.METH_OPTIONS and hdrs.ACCESS_CONTROL_REQUEST_METHOD in request.headers
    if asks and _known_origin(request) is not None:
        return web.Response(status=204, headers=PREFLIGHT)
    return await handler(request)


def _known_origin(request: web.Request) -> str | None:
    origin = request.headers.get(hdrs.ORIGIN)
    return origin if origin in request.app[ORIGINS] else None
