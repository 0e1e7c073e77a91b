"""The line to one endpoint: a question goes out, text comes back, and what it cost is known."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from ghostly.assist.openai.endpoint import Endpoint, LlmFailed, LlmTimeout

if TYPE_CHECKING:
    from ghostly.assist.openai.client import Client

Message = dict[str, str]
_NOT_THAT_WAY = frozenset({400, 404, 415, 422, 501})  # how endpoints say that they do not know a response_format

_GREETING = 'Answer with the JSON object {"ok": true} and nothing else.'
_GREETED = {
    "type": "object",
    "properties": {"ok": {"type": "boolean"}},
    "required": ["ok"],
    "additionalProperties": False,
}


class Tokens(Struct, frozen=True):
    """What a completion cost, as far as the endpoint says."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Said(Struct, frozen=True):
    content: str | None = None
    refusal: str | None = None


class _Choice(Struct, frozen=True):
    message: _Said
    finish_reason: str | None = None


class _Completion(Struct, frozen=True):
    choices: list[_Choice]
    usage: Tokens | None = None


class Said(Struct, frozen=True):
    """What the model said, and what that cost."""

    text: str
    tokens: Tokens = Tokens()


class _Model(Struct, frozen=True):
    id: str


class _Models(Struct, frozen=True):
    data: list[_Model]


class Line:
    """Speaks to one endpoint. Every method raises ``LlmFailed`` or ``LlmTimeout``, and nothing else."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._client: Client | None = None
        self._opening = asyncio.Lock()
        self._plainness = 0  # how many ways of asking for JSON the endpoint did not know

    async def say(self, messages: list[Message], name: str, schema: dict[str, Any]) -> Said:
        """What the model says to this, as JSON of that schema if the endpoint can have it so."""
        body = await self._chat(messages, name, schema)
        try:
            completion = msgspec.json.decode(body, type=_Completion)
            said = completion.choices[0].message
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, IndexError) as error:
            raise LlmFailed("the endpoint's answer is no chat completion") from error
        if said.refusal:
            raise LlmFailed(self.endpoint.clean(f"the model refused: {said.refusal}"))
        if not said.content:
            why = completion.choices[0].finish_reason or "no reason"
            raise LlmFailed(self.endpoint.clean(f"the model said nothing, and stopped for: {why}"))
        return Said(self.endpoint.heard(said.content), completion.usage or Tokens())

    async def greet(self) -> None:
        """The model says something; raises ``LlmTimeout`` if it does not in time."""
        try:
            async with asyncio.timeout(self.endpoint.patience_s):
                await self.say([{"role": "user", "content": _GREETING}], "greeting", _GREETED)
        except TimeoutError as error:
            raise LlmTimeout(f"the model did not answer within {self.endpoint.patience_s:g} s") from error

    async def models(self) -> list[str]:
        """The names of the models that the endpoint has, sorted."""
        try:
            async with asyncio.timeout(self.endpoint.patience_s):
                body = await (await self._opened()).models()
            return sorted({model.id for model in msgspec.json.decode(body, type=_Models).data})
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise LlmFailed("the endpoint's answer is no list of models") from error
        except TimeoutError as error:
            raise LlmTimeout(f"the endpoint did not answer within {self.endpoint.patience_s:g} s") from error

    async def close(self) -> None:
        """No connection is open after this."""
        if self._client is not None:
            await self._client.close()

    async def _chat(self, messages: list[Message], name: str, schema: dict[str, Any]) -> bytes:
        client = await self._opened()
        formats = _formats(name, schema)
        for plainness, wanted in list(enumerate(formats))[self._plainness :]:
            try:
                body = await client.chat(messages, wanted)
            except LlmFailed as failure:
                if failure.status not in _NOT_THAT_WAY or wanted is None:
                    raise
            else:
                self._plainness = plainness
                return body
        raise AssertionError("the last way of asking returns or raises")

    async def _opened(self) -> Client:
        async with self._opening:
            if self._client is None:
                # The import would hold up the event loop for a second.
                module = await asyncio.to_thread(import_module, "ghostly.assist.openai.client")
                self._client = await asyncio.to_thread(self._made, module.Client)
            return self._client

    def _made(self, client: type[Client]) -> Client:
        try:
            return client(self.endpoint)
        except Exception as error:
            raise LlmFailed(self.endpoint.clean(f"the endpoint cannot be asked: {error}")) from error


def _formats(name: str, schema: dict[str, Any]) -> list[dict[str, Any] | None]:
    """The ways of asking for JSON, the strictest first; the last is not to ask for it."""
    strict = {"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": False}}
    return [strict, {"type": "json_object"}, None]
