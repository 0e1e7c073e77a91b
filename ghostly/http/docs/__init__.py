"""The OpenAPI document, and the page that people read: the same, made into HTML."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from types import MappingProxyType

import msgspec
from aiohttp import web

from ghostly.http.body import answer_bytes
from ghostly.http.docs.page import page_of
from ghostly.http.headers import CSP
from ghostly.http.openapi import Answer, Group, described
from ghostly.http.openapi.document import Json, document, read

HTML, CSS = "text/html", "text/css"

_STYLE = (files(__package__) / "style.css").read_text(encoding="utf-8")

# The page has no script, and everything that it loads is ours.
_HEADERS = MappingProxyType(
    {
        CSP: "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'",
        "Cache-Control": "no-cache",
    }
)


class Described:
    """What the routes take and give, made into a document and a page when somebody asks."""

    def __init__(self, routes: Sequence[web.RouteDef]) -> None:
        self._routes = routes

    @cached_property
    def document(self) -> Json:
        """The OpenAPI document."""
        return document(read(self._routes))

    @cached_property
    def json(self) -> bytes:
        """The document as JSON."""
        return msgspec.json.encode(self.document)

    @cached_property
    def page(self) -> str:
        """The document as a page."""
        return page_of(self.document)


DESCRIBED = web.AppKey("described", Described)


@described(
    "Get this document",
    "All that the server takes and gives, as OpenAPI 3.1: made of the types that check requests and make answers.",
    Group.SERVER,
    None,
    Answer("The document.", Json),
    stored=False,
)
async def openapi(request: web.Request) -> web.Response:
    """GET /openapi.json."""
    made = await asyncio.to_thread(getattr, request.app[DESCRIBED], "json")
    return answer_bytes(made, 200, **{"Cache-Control": "no-cache"})


@described(
    "Read this page",
    "The same for people. Nothing in it is loaded from elsewhere.",
    Group.SERVER,
    None,
    Answer("The page.", media=(HTML,)),
    stored=False,
)
async def docs(request: web.Request) -> web.Response:
    """GET /docs."""
    made = await asyncio.to_thread(getattr, request.app[DESCRIBED], "page")
    return web.Response(text=made, content_type=HTML, headers=_HEADERS)


@described(
    "Fetch the page's style",
    "How the page looks.",
    Group.SERVER,
    None,
    Answer("The style.", media=(CSS,)),
    stored=False,
)
async def style(_: web.Request) -> web.Response:
    """GET /docs/style.css."""
    return web.Response(text=_STYLE, content_type=CSS, headers=_HEADERS)
