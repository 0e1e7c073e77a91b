"""The official trace viewer: public files, which speak to nobody but this server and run nothing of a trace."""

from __future__ import annotations

import asyncio
from pathlib import Path

from aiohttp import web

from ghostly.http.context import VIEWER
from ghostly.http.files import Plain, plain
from ghostly.http.openapi import Answer, Group, described
from ghostly.http.problems import Problem

_WORKER = "sw.bundle.js"

_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webmanifest": "application/manifest+json",
}

MEDIA = tuple(_KINDS.values())

# A trace holds what a strange page had in it, and anybody can make a link to the viewer with a trace of their own.
# This keeps foreign scripts out of the viewer's page, and its service worker from fetching a trace from elsewhere.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; "
    "font-src 'self' data:; media-src 'self' blob:; connect-src 'self'; frame-src 'self' data:; "
    "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}

# What the service worker answers has no headers of ours. Its snapshots forbid scripts, but under file/ it gives
# out any file of a trace, to a tab as a page. Such a navigation comes to us instead, and we have no such page.
_GUARD = b"""addEventListener("fetch", event => {
  const { url, mode } = event.request, scope = registration.scope;
  if (mode === "navigate" && url.startsWith(scope) && !url.startsWith(scope + "snapshot/"))
    event.stopImmediatePropagation();
});
"""


@described(
    "Open the trace viewer",
    "A file of Playwright's viewer: public, the same for everybody. It reads traces from this server only.",
    Group.FILES,
    None,
    {200: Answer("The file.", media=MEDIA), 304: Answer("The client has it already.", media=())},
    errors=("range_not_satisfiable",),
    stored=False,
)
async def page(request: web.Request) -> web.StreamResponse:
    """GET /trace-viewer/{file}."""
    name = request.match_info["file"]
    return await (_guarded(request) if name == _WORKER else _file(request, name))


@described(
    "Fetch a part of the trace viewer",
    "More of its files.",
    Group.FILES,
    None,
    {200: Answer("The file.", media=MEDIA), 304: Answer("The client has it already.", media=())},
    errors=("range_not_satisfiable",),
    stored=False,
)
async def asset(request: web.Request) -> Plain:
    """GET /trace-viewer/assets/{file}."""
    return await _file(request, f"assets/{request.match_info['file']}")


async def _guarded(request: web.Request) -> web.Response:
    path = _path(request, _WORKER)
    return web.Response(body=_GUARD + await asyncio.to_thread(path.read_bytes), headers=_headers(path))


async def _file(request: web.Request, name: str) -> Plain:
    path = _path(request, name)
    return await plain(request, path, _headers(path))


def _path(request: web.Request, name: str) -> Path:
    path = request.app[VIEWER].get(name)
    if path is None:
        raise Problem("not_found")
    return path


def _headers(path: Path) -> dict[str, str]:
    return _HEADERS | {"Content-Type": _KINDS[path.suffix]}


def files(directory: Path | None) -> dict[str, Path]:
    """The viewer's files by name; none, rather than a viewer whose service worker cannot be guarded."""
    if directory is None or not (directory / _WORKER).is_file():
        return {}
    found = [path for path in directory.rglob("*") if path.suffix in _KINDS and path.is_file()]
    # Some installers link each file of a package to their store.
    return {path.relative_to(directory).as_posix(): path.resolve() for path in found}
