"""Which form of which state of a record an answer is, and whether the client has it already."""

from __future__ import annotations

import re

from aiohttp import hdrs, web

from ghostly.http.openapi import Header

ETAG = Header("ETag", "Which form of which state of the record this is; none while it is queued.")
IF_NONE_MATCH = Header("If-None-Match", "Answers 304 if this is the record's `ETag`.")

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def etag(seq: int, annotations: int, view: str) -> str:
    """The tag of this view of the record after event ``seq``, of which so much was said."""
    return f'"{seq}.{annotations}.{view}"'


def labelled(tag: str) -> dict[str, str]:
    """The headers that go with it; a browser that keeps the answer asks each time whether it is still true."""
    return {ETAG.name: tag, hdrs.VARY: "Accept, Accept-Encoding", "Cache-Control": "private, no-cache"}


def as_gzip(tag: str) -> dict[str, str]:
    """The headers that go with it as gzip."""
    return labelled(packed(tag)) | {hdrs.CONTENT_ENCODING: "gzip"}


def packed(tag: str) -> str:
    """The tag of the same as gzip: they are other bytes, so that it is another view."""
    return f'{tag[:-1]}-gzip"'


def held(request: web.Request, tag: str) -> str | None:
    """The tag that ``If-None-Match`` names, as it is or packed, in whatever form: weak, in a list, or as ``*``."""
    given = ",".join(request.headers.getall(IF_NONE_MATCH.name, ()))
    if given.strip() == "*":
        return tag
    named = _TAG.findall(given)
    return next((each for each in (tag, packed(tag)) if each in named), None)


def not_modified(tag: str) -> web.Response:
    """The answer to a client that has it."""
    return web.Response(status=304, headers=labelled(tag))
