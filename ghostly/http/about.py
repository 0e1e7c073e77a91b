"""What this is: its name, its version, and what is set up."""

from __future__ import annotations

from aiohttp import web

from ghostly import __version__
from ghostly.http.auth import identified
from ghostly.http.body import answer
from ghostly.http.problems import Problem

SERVICE = "ghostly-api"
ENVIRONMENT = "production"


async def ping(request: web.Request) -> web.Response:
    """GET /v1/ping: the credential is good, and what may be expected here."""
    await identified(request)
    llm = {"provider": None, "model": None, "available": False, "source": "env"}
    return answer({"ok": True, "service": SERVICE, "env": ENVIRONMENT, "assistConfigured": False, "llm": llm})


async def version(request: web.Request) -> web.Response:
    """GET /v1/version: nobody is asked whether there is a newer one."""
    await identified(request)
    return answer({"current": __version__, "latest": __version__, "updateAvailable": False})


async def update(request: web.Request) -> web.Response:
    """POST /v1/update: that is the business of whatever installed this."""
    await identified(request)
    raise Problem("update_not_supported")
