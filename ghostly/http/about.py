"""What this is: its name, its version, and what is set up."""

from __future__ import annotations

from aiohttp import web
from msgspec import Struct

from ghostly import __version__
from ghostly.http.auth import identified
from ghostly.http.body import answer
from ghostly.http.context import MODELS
from ghostly.http.llm_settings import status_of
from ghostly.http.openapi import Answer, Group, described
from ghostly.http.openapi.operation import ANY
from ghostly.http.problems import Problem

SERVICE = "ghostly-api"
ENVIRONMENT = "production"


class Model(Struct, frozen=True):
    """Who assists the caller: a language model, or `offline`, which is rules alone and always there."""

    provider: str
    model: str
    available: bool
    source: str


class Ping(Struct, frozen=True, rename="camel"):
    """What may be expected of this node."""

    ok: bool
    service: str
    env: str
    assist_configured: bool
    llm: Model


class Version(Struct, frozen=True, rename="camel"):
    """Which version runs."""

    current: str
    latest: str
    update_available: bool


@described(
    "Ping",
    "The credential is good, and what may be expected here.",
    Group.SERVER,
    ANY,
    Answer("Somebody is there.", Ping),
)
async def ping(request: web.Request) -> web.Response:
    """GET /v1/ping: the credential is good, and what may be expected here."""
    caller = await identified(request)
    status = status_of(request, await request.app[MODELS].of(caller.id))
    llm = Model(status.provider_id, status.model, status.available, status.source)
    return answer(Ping(ok=True, service=SERVICE, env=ENVIRONMENT, assist_configured=True, llm=llm))


@described(
    "Get the version",
    "Which version runs. Nobody is asked whether there is a newer one, so `latest` is the same.",
    Group.SERVER,
    ANY,
    Answer("The version.", Version),
)
async def version(request: web.Request) -> web.Response:
    """GET /v1/version: nobody is asked whether there is a newer one."""
    await identified(request)
    return answer(Version(current=__version__, latest=__version__, update_available=False))


@described(
    "Update the server",
    "Always refused: updating is the business of whatever installed this.",
    Group.SERVER,
    ANY,
    {},
    errors=("update_not_supported",),
)
async def update(request: web.Request) -> web.Response:
    """POST /v1/update: that is the business of whatever installed this."""
    await identified(request)
    raise Problem("update_not_supported")
