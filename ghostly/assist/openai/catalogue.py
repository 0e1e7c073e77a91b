"""Whose models can be chosen: anybody's who speaks OpenAI's protocol, and those that people have at hand."""

from __future__ import annotations

from msgspec import Struct


class Option(Struct, frozen=True):
    """A model that can be chosen."""

    id: str
    label: str


class Provider(Struct, frozen=True, kw_only=True, rename="camel"):
    """Where models are, and what has to be known to ask them."""

    id: str
    label: str
    kind: str
    description: str
    needs_api_key: bool = False
    needs_base_url: bool = False
    default_base_url: str | None = None
    default_model: str = ""
    supports_auto_model: bool = False
    supports_live_models: bool = True
    model_options: list[Option] = []


def _local(name: str, label: str, port: int, model: str = "") -> Provider:
    return Provider(
        id=name,
        label=label,
        kind="http",
        description=f"{label} on this machine; the address can be changed.",
        needs_base_url=True,
        default_base_url=f"http://127.0.0.1:{port}/v1",
        default_model=model,
    )


SERVER = "server"
"""Choosing this is choosing nothing: the server's own model thinks, or rules alone."""

PROVIDERS = [
    Provider(
        id=SERVER,
        label="This server's choice",
        kind="builtin",
        description="The model that the server was given, or rules alone if it was given none.",
        default_model="auto",
        supports_auto_model=True,
        supports_live_models=False,
        model_options=[Option("auto", "As the server says")],
    ),
    Provider(
        id="offline",
        label="No model",
        kind="builtin",
        description="Rules alone: goals written as instructions, in English or Spanish. No key, no network.",
        default_model="offline",
        supports_live_models=False,
        model_options=[Option("offline", "Rules alone")],
    ),
    Provider(
        id="openai",
        label="OpenAI",
        kind="http",
        description="OpenAI's own API.",
        needs_api_key=True,
        default_base_url="https://api.openai.com/v1",
        default_model="gpt-4.1-mini",
        model_options=[Option("gpt-4.1-mini", "GPT-4.1 mini"), Option("gpt-4.1", "GPT-4.1")],
    ),
    Provider(
        id="azure",
        label="Azure OpenAI",
        kind="http",
        description="Your resource, as https://NAME.openai.azure.com/openai/v1; the model is the deployment.",
        needs_api_key=True,
        needs_base_url=True,
    ),
    _local("ollama", "Ollama", 11434),
    _local("lmstudio", "LM Studio", 1234),
    _local("llamacpp", "llama.cpp", 8080, "default"),
    _local("vllm", "vLLM", 8000),
    Provider(
        id="custom",
        label="Another one",
        kind="http",
        description="Anything else that speaks OpenAI's protocol, a gateway say.",
        needs_base_url=True,
    ),
]


def provider(name: str) -> Provider | None:
    """The provider of this id; None if there is none."""
    return next((one for one in PROVIDERS if one.id == name), None)
