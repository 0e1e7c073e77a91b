"""The folder that ``GHOSTLY_WEB_DIR`` names: a dashboard's files, at every path that is nobody else's."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Iterable
from pathlib import Path

from aiohttp import hdrs, web

from ghostly.http.context import PAGES
from ghostly.http.files import plain
from ghostly.http.headers import CSP
from ghostly.http.problems import Handler

NOT_OURS = ("/v1", "/api", "/artifacts")
INDEX = "index.html"

_HEADERS = {
    CSP: "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-cache",
}


@web.middleware
async def pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Where there is no route, send the folder's file, or its ``index.html`` for a path that names none."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        root = request.app[PAGES]
        if root is None or request.method not in {hdrs.METH_GET, hdrs.METH_HEAD} or _is_not_ours(request.path):
            raise
        file = await asyncio.to_thread(_find, root, request.path)
        if file is None:
            raise
        return await plain(request, file, _HEADERS)


def _is_not_ours(path: str) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in NOT_OURS)


def _find(root: Path, path: str) -> Path | None:
    root = root.resolve()
    return _file(root, path.strip("/")) or _file(root, INDEX)


def _file(root: Path, name: str) -> Path | None:
    """The file of this name, wherever links lead, as long as they stay inside; none that is hidden."""
    try:
        found = (root / name).resolve(strict=True)
        hidden = _is_hidden(name.split("/")) or _is_hidden(found.relative_to(root).parts)
        return None if hidden or not stat.S_ISREG(found.stat().st_mode) else found
    except (OSError, ValueError, RuntimeError):  # it is not there, or not inside
        return None


def _is_hidden(parts: Iterable[str]) -> bool:
    return any(part.startswith(".") and part != ".well-known" for part in parts)
