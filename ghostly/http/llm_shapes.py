"""What is said of language models over HTTP: what a user chose, what can be chosen, how it stands."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from ghostly.accounts import Choice
from ghostly.assist.openai.catalogue import Option, Provider

Name = Annotated[str, Meta(min_length=1, max_length=256, pattern=r"\S")]
Source = Literal["user", "env"]


class NewLlmSettings(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Which model shall assist, and how it is reached. `server` as provider takes the choice back."""

    provider_id: Name
    model: Name
    api_key: Annotated[str, Meta(max_length=4096)] | None = None
    base_url: Annotated[str, Meta(max_length=2048)] | None = None
    clear_api_key: bool = False


class LlmChoice(Struct, frozen=True, rename="camel"):
    """What the caller chose. The key itself is in no answer."""

    provider_id: str
    model: str
    base_url: str | None
    api_key_configured: bool
    api_key_hint: str | None


class LlmStatus(Struct, frozen=True, rename="camel"):
    """Who assists now, and who said so: the user, or the server's environment. `message` says what is wrong."""

    available: bool
    provider_id: str
    model: str
    source: Source
    message: str | UnsetType = UNSET


class LlmSettings(Struct, frozen=True, rename="camel"):
    """What the caller chose, if anything, and who assists. `envFallback`: the server's own model does."""

    ok: bool
    settings: LlmChoice | None
    status: LlmStatus
    env_fallback: bool


class LlmTest(Struct, frozen=True):
    """Whether whoever assists answers."""

    ok: bool
    status: LlmStatus


class LlmProviders(Struct, frozen=True):
    """Whose models can be chosen."""

    ok: bool
    providers: list[Provider]


class LlmModels(Struct, frozen=True, rename="camel"):
    """The models of a provider; `live` if it was asked for them just now. `message` says why it was not."""

    ok: bool
    provider_id: str
    models: list[Option]
    source: Literal["live", "static"]
    message: str | UnsetType = UNSET


def shown(choice: Choice | None) -> LlmChoice | None:
    """The choice as it is shown."""
    if choice is None:
        return None
    return LlmChoice(
        provider_id=choice.provider,
        model=choice.model,
        base_url=choice.base_url,
        api_key_configured=choice.key_hint is not None,
        api_key_hint=choice.key_hint,
    )
