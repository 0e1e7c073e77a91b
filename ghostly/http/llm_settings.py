"""Which language model assists: none can be chosen yet, and whoever asks is told so."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from aiohttp import web
from msgspec import Meta, Struct

from ghostly.accounts.scopes import READ, WRITE
from ghostly.http.auth import allowed
from ghostly.http.body import answer, read
from ghostly.http.openapi import Answer, Group, described
from ghostly.http.problems import Problem
from ghostly.http.query import Text

PROVIDER = Text("providerId", "Whose models.")

Name = Annotated[str, Meta(min_length=1, max_length=256)]


class PlanRequest(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A goal in words, for which steps are wanted."""

    project: str
    base_url: Annotated[str, Meta(max_length=2048)]
    goal: Annotated[str, Meta(min_length=1, max_length=2000)]
    mode: Literal["v1", "v2"] = "v1"


class NewLlmSettings(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Which model shall assist, and how it is reached."""

    provider_id: Name
    model: Name
    api_key: str | None = None
    base_url: Annotated[str, Meta(max_length=2048)] | None = None
    clear_api_key: bool = False


class LlmStatus(Struct, frozen=True, rename="camel"):
    """Whether a model can be asked now, and where that was set up."""

    available: bool
    provider_id: str | None
    model: str | None
    source: Literal["user", "env"]


class LlmSettings(Struct, frozen=True, rename="camel"):
    """What the caller has set up, if anything, and what counts."""

    ok: bool
    settings: dict[str, Any] | None
    status: LlmStatus
    env_fallback: bool


class LlmTest(Struct, frozen=True):
    """What a model that was asked now would be."""

    ok: bool
    status: LlmStatus


class LlmModel(Struct, frozen=True):
    """A model that can be chosen."""

    id: str
    label: str


class LlmProviders(Struct, frozen=True):
    """Whose models can be chosen."""

    ok: bool
    providers: list[dict[str, Any]]


class LlmModels(Struct, frozen=True, rename="camel"):
    """The models of a provider, and whether it was asked for them."""

    ok: bool
    provider_id: str | None
    models: list[LlmModel]
    source: Literal["live", "static"]


NOTHING = LlmStatus(available=False, provider_id=None, model=None, source="env")


@described(
    "Plan steps",
    "Steps towards a goal in words. Assistance is not set up here yet, so that it is always refused.",
    Group.ASSISTANCE,
    WRITE,
    {},
    body=PlanRequest,
    errors=("assist_disabled",),
)
async def plan(request: web.Request) -> web.Response:
    """POST /v1/plan."""
    await allowed(request, WRITE)
    await read(request, PlanRequest)
    raise Problem("assist_disabled")


@described(
    "Get the model's settings",
    "Which language model assists: none, so far.",
    Group.ASSISTANCE,
    READ,
    Answer("The settings.", LlmSettings),
)
async def get_settings(request: web.Request) -> web.Response:
    """GET /v1/settings/llm."""
    await allowed(request, READ)
    return answer(LlmSettings(ok=True, settings=None, status=NOTHING, env_fallback=False))


@described(
    "Choose a model",
    "Which language model assists. There is none to be chosen yet, so that it is always refused.",
    Group.ASSISTANCE,
    WRITE,
    {},
    body=NewLlmSettings,
    errors=("assist_disabled",),
)
async def store(request: web.Request) -> web.Response:
    """PUT /v1/settings/llm."""
    await allowed(request, WRITE)
    await read(request, NewLlmSettings)
    raise Problem("assist_disabled")


@described(
    "Test the model",
    "Whether the model that assists answers.",
    Group.ASSISTANCE,
    WRITE,
    Answer("How it stands.", LlmTest),
)
async def test(request: web.Request) -> web.Response:
    """POST /v1/settings/llm/test."""
    await allowed(request, WRITE)
    return answer(LlmTest(ok=True, status=NOTHING))


@described(
    "List providers of models",
    "Whose models can be chosen: nobody's, so far.",
    Group.ASSISTANCE,
    READ,
    Answer("The providers.", LlmProviders),
)
async def get_providers(request: web.Request) -> web.Response:
    """GET /v1/settings/llm/providers."""
    await allowed(request, READ)
    return answer(LlmProviders(ok=True, providers=[]))


@described(
    "List models",
    "The models of a provider: none, so far.",
    Group.ASSISTANCE,
    READ,
    Answer("The models.", LlmModels),
    parameters=(PROVIDER,),
)
async def get_models(request: web.Request) -> web.Response:
    """GET /v1/settings/llm/models."""
    await allowed(request, READ)
    return answer(LlmModels(ok=True, provider_id=PROVIDER.of(request), models=[], source="static"))
