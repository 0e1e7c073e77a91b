"""Which language model assists: chosen by each user, asked whether it answers; its key never comes back."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from aiohttp import web

from ghostly.accounts import Choice
from ghostly.accounts.scopes import READ, WRITE
from ghostly.assist.openai import LlmFailed
from ghostly.assist.openai.catalogue import PROVIDERS, SERVER, Option, Provider, provider
from ghostly.browser.failures import BrowserUnavailable
from ghostly.domain.errors import Flaw
from ghostly.domain.flow import origin
from ghostly.http.auth import allowed
from ghostly.http.body import answer, read
from ghostly.http.context import BRAINS, MODELS
from ghostly.http.llm_shapes import (
    LlmModels,
    LlmProviders,
    LlmSettings,
    LlmStatus,
    LlmTest,
    NewLlmSettings,
    shown,
)
from ghostly.http.openapi import Answer, Group, described
from ghostly.http.problems import Problem
from ghostly.http.query import Text
from ghostly.worker.brains import OFFLINE

PROVIDER = Text("providerId", "Whose models; `openai` if absent.")


@described(
    "Get the model's settings",
    "What the caller chose, and who assists: the caller's model, else that of the server's settings, else "
    "`offline`, which is rules alone.",
    Group.ASSISTANCE,
    READ,
    Answer("The settings.", LlmSettings),
)
async def get_settings(request: web.Request) -> web.Response:
    """GET /v1/settings/llm."""
    caller = await allowed(request, READ)
    return answer(_settings(request, await request.app[MODELS].of(caller.id)))


@described(
    "Choose a model",
    "From now on it assists the caller's runs. The key is encrypted, shown in no answer, and sent only to the "
    "host that it was given for: with another host in `baseUrl`, it has to be given again. Without `apiKey` the "
    "stored one stays.",
    Group.ASSISTANCE,
    WRITE,
    Answer("It is chosen.", LlmSettings),
    body=NewLlmSettings,
)
async def store(request: web.Request) -> web.Response:
    """PUT /v1/settings/llm."""
    caller = await allowed(request, WRITE)
    wanted = await read(request, NewLlmSettings)
    models, found = request.app[MODELS], _known(wanted.provider_id)
    if found.id == SERVER:
        await models.forget(caller.id)
        return answer(_settings(request, None))
    base_url = _base_url(request, wanted, found)
    key = await _key(request, caller.id, wanted, base_url)
    if found.needs_api_key and key is None:
        raise Problem("validation_error", [Flaw("apiKey", f"{found.label} wants one for this address")])
    return answer(
        _settings(request, await models.choose(caller.id, found.id, wanted.model.strip(), base_url, key))
    )


@described(
    "Test the model",
    "Says a few words to the model that assists the caller. That it does not answer is no error here: "
    "`status.available` says so, and `message` why.",
    Group.ASSISTANCE,
    WRITE,
    Answer("How it stands.", LlmTest),
)
async def test(request: web.Request) -> web.Response:
    """POST /v1/settings/llm/test."""
    caller = await allowed(request, WRITE)
    status = status_of(request, await request.app[MODELS].of(caller.id))
    try:
        line = await request.app[BRAINS].line_of(caller.id)
        if line is not None:
            await line.greet()
    except (LlmFailed, BrowserUnavailable) as error:
        status = LlmStatus(False, status.provider_id, status.model, status.source, str(error))
    return answer(LlmTest(ok=True, status=status))


@described(
    "List providers of models",
    "Whose models can be chosen, and what has to be known to ask them.",
    Group.ASSISTANCE,
    READ,
    Answer("The providers.", LlmProviders),
)
async def get_providers(request: web.Request) -> web.Response:
    """GET /v1/settings/llm/providers."""
    await allowed(request, READ)
    return answer(LlmProviders(ok=True, providers=PROVIDERS))


@described(
    "List models",
    "The models of a provider: the endpoint is asked where it is known, because the caller chose it or because it "
    "wants no key; else those that are known here.",
    Group.ASSISTANCE,
    READ,
    Answer("The models.", LlmModels),
    parameters=(PROVIDER,),
)
async def get_models(request: web.Request) -> web.Response:
    """GET /v1/settings/llm/models."""
    caller = await allowed(request, READ)
    found = _known(PROVIDER.of(request) or "openai")
    try:
        names = await _live(request, caller.id, found)
    except (LlmFailed, BrowserUnavailable) as error:
        return answer(LlmModels(True, found.id, found.model_options, "static", str(error)))
    if names is None:
        return answer(LlmModels(True, found.id, found.model_options, "static"))
    return answer(LlmModels(True, found.id, [Option(name, name) for name in names], "live"))


def status_of(request: web.Request, choice: Choice | None) -> LlmStatus:
    """Who assists, as far as it is known without asking."""
    environment = request.app[BRAINS].environment
    if choice is not None:
        return LlmStatus(True, choice.provider, choice.model, "user")
    if environment is not None:
        return LlmStatus(True, "custom", environment.model, "env")
    return LlmStatus(True, OFFLINE, OFFLINE, "env")


def _settings(request: web.Request, choice: Choice | None) -> LlmSettings:
    fallback = choice is None and request.app[BRAINS].environment is not None
    return LlmSettings(ok=True, settings=shown(choice), status=status_of(request, choice), env_fallback=fallback)


def _known(name: str) -> Provider:
    found = provider(name)
    if found is None:
        known = ", ".join(one.id for one in PROVIDERS)
        raise Problem("validation_error", [Flaw("providerId", f"must be one of {known}")])
    return found


def _base_url(request: web.Request, wanted: NewLlmSettings, found: Provider) -> str | None:
    if found.kind == "builtin":
        return None
    url = (wanted.base_url or "").strip() or found.default_base_url
    if url is None:
        missing = f"is missing: the provider {found.id} has no address of its own"
        raise Problem("validation_error", [Flaw("baseUrl", missing)])
    if wrong := _wrong(request, url):
        raise Problem("validation_error", [Flaw("baseUrl", wrong)])
    return url


def _wrong(request: web.Request, url: str) -> str | None:
    if origin(url) is None or "\0" in url:
        return "must be an absolute http(s) URL"
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        return "must hold no user, password, query or fragment"
    kind = request.app[BRAINS].refusal(parts.hostname or "")
    return f"is a {kind} address, which may not be reached from here" if kind else None


async def _key(request: web.Request, owner: UUID, wanted: NewLlmSettings, base_url: str | None) -> str | None:
    if given := (wanted.api_key or "").strip():
        if not (given.isascii() and given.isprintable()):
            raise Problem("validation_error", [Flaw("apiKey", "must be printable ASCII")])
        return given
    try:
        return None if wanted.clear_api_key or base_url is None else await request.app[MODELS].key(owner, base_url)
    except ValueError:  # encrypted with a key that this server no longer has
        return None


async def _live(request: web.Request, owner: UUID, found: Provider) -> list[str] | None:
    """What the provider itself says; None if it cannot be asked."""
    brains, choice = request.app[BRAINS], await request.app[MODELS].of(owner)
    if choice is not None and choice.provider == found.id:
        line = await brains.line_of(owner)
    elif found.default_base_url and not found.needs_api_key:
        line = await brains.line_to(found.default_base_url, found.default_model)
    else:
        line = None
    return await line.models() if line else None
