"""What a run left behind: its files, and its trace in the viewer."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web

from ghostly.accounts.scopes import READ
from ghostly.http.auth import TOKEN, allowed
from ghostly.http.context import ARTIFACTS, ORIGINS
from ghostly.http.files import PART, RANGE, Plain, plain, size_of
from ghostly.http.openapi import Answer, Group, Header, described
from ghostly.http.problems import Problem
from ghostly.http.visible import find

TRACE = "trace.zip"
LOCATION = Header("Location", "Where the viewer is, and which trace it shows.")

CORP = "Cross-Origin-Resource-Policy"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")

# Only what a browser shows without ever running it; all the rest is saved.
_SHOWN = {".png": "image/png", ".webm": "video/webm", ".txt": "text/plain; charset=utf-8"}
_SAVED = {".zip": "application/zip"}
_OTHER = "application/octet-stream"
MEDIA = (*_SHOWN.values(), *_SAVED.values(), _OTHER)

_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
# The page that a browser makes around a video fetches it again, which an origin of its own would keep it from.
_POLICY_OF_VIDEO = "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'"

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-cache",
}


@described(
    "Fetch a file",
    "A screenshot, a video, a trace, a download: what the record calls `./artifacts/<id>/<file>`. A browser shows "
    "pictures, videos and texts, and runs nothing of them; all the rest is saved.",
    Group.FILES,
    READ,
    {
        200: Answer("The file.", media=MEDIA),
        206: Answer("The part of it that was asked for.", media=MEDIA, headers=(PART,)),
        304: Answer("The client has it already.", media=()),
    },
    parameters=(RANGE,),
    errors=("range_not_satisfiable",),
    in_url=True,
)
async def artifact(request: web.Request) -> Plain:
    """GET /artifacts/{id}/{file}."""
    path = await _path(request, request.match_info["file"])
    return await plain(request, path, _HEADERS | _kind(path) | _embedding(request))


@described(
    "Look at the trace",
    "Opens the run's trace in Playwright's own viewer: one link for a browser's address bar.",
    Group.FILES,
    READ,
    {302: Answer("On to the viewer, with the token of this request.", media=(), headers=(LOCATION,))},
    in_url=True,
)
async def trace(request: web.Request) -> web.Response:
    """GET /artifacts/{id}/trace: on to the viewer, which reads the trace with the token of this request."""
    path = await _path(request, TRACE)
    await size_of(path)
    token = TOKEN.given(request)
    source = f"/artifacts/{path.parent.name}/{TRACE}" + (f"?{urlencode({TOKEN.name: token})}" if token else "")
    location = f"/trace-viewer/index.html?{urlencode({'trace': source})}"
    return web.Response(status=302, headers=_HEADERS | {"Location": location, "Cache-Control": "no-store"})


async def _path(request: web.Request, name: str) -> Path:
    run = await find(request, await allowed(request, READ, in_url=True))
    if not _NAME.match(name):
        raise Problem("not_found")
    return request.app[ARTIFACTS] / str(run.id) / name


def _embedding(request: web.Request) -> dict[str, str]:
    """Pages of known origins may show pictures and videos; a browser cannot be told which origins these are."""
    return {CORP: "cross-origin" if request.app[ORIGINS] else "same-origin"}


def _kind(path: Path) -> dict[str, str]:
    suffix = path.suffix.lower()
    shown = _SHOWN.get(suffix)
    policy = {"Content-Security-Policy": _POLICY_OF_VIDEO} if suffix == ".webm" else {}
    return policy | {
        "Content-Type": shown or _SAVED.get(suffix, _OTHER),
        "Content-Disposition": f'{"inline" if shown else "attachment"}; filename="{path.name}"',
    }
