"""The official client, kept from reading the environment and from answers without an end.

Importing this takes a second and 50 MiB, so it is imported when a model is asked for the first time.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import openai

from ghostly.assist.openai.endpoint import Endpoint, LlmFailed, LlmTimeout

MOST_BYTES = 512 * 1024
_CONNECT_S = 10.0
_NO_KEY = "none"
_SENT = frozenset({
    "host", "accept", "content-type", "content-length", "authorization", "user-agent", "connection",
})  # fmt: skip


class _TooLargeError(Exception):
    pass


class _Bounded(httpx2.AsyncByteStream):
    """The same bytes, but never more than fit."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            size += len(chunk)
            if size > MOST_BYTES:
                raise _TooLargeError(f"its answer has more than {MOST_BYTES} bytes")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


class _Careful(httpx2.AsyncBaseTransport):
    """Sends no header that the environment put in, takes nothing packed and nothing endless."""

    def __init__(self, inner: httpx2.AsyncBaseTransport, *, has_key: bool) -> None:
        self._inner = inner
        self._sent = _SENT if has_key else _SENT - {"authorization"}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        kept = [(name, value) for name, value in request.headers.multi_items() if name.lower() in self._sent]
        # The library still reads its own marks in the request that it made.
        bare = httpx2.Request(
            request.method,
            request.url,
            headers=[*kept, ("accept-encoding", "identity")],
            stream=request.stream,
            extensions=request.extensions,
        )
        response = await self._inner.handle_async_request(bare)
        if response.headers.get("content-encoding", "identity") != "identity":
            await response.aclose()
            raise _TooLargeError("its answer is packed, and nobody asked for that")
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Bounded(response.stream)
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


class Client:
    """One endpoint. Raises ``LlmFailed`` and ``LlmTimeout``, and nothing of the library's."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        timeout = httpx2.Timeout(endpoint.patience_s, connect=min(_CONNECT_S, endpoint.patience_s))
        inner = httpx2.AsyncHTTPTransport(proxy=endpoint.proxy)
        self._openai = openai.AsyncOpenAI(
            # Given even where there is none: what is left out is read from the environment, and sent to strangers.
            api_key=_sendable(endpoint.api_key) or _NO_KEY,
            admin_api_key=_NO_KEY,
            base_url=endpoint.base_url,
            max_retries=0,
            timeout=timeout,
            http_client=httpx2.AsyncClient(
                transport=_Careful(inner, has_key=bool(endpoint.api_key)), timeout=timeout, follow_redirects=False
            ),
        )

    async def chat(self, messages: list[Any], response_format: Any | None) -> bytes:
        """The body of a chat completion, as it came."""
        wanted = openai.omit if response_format is None else response_format
        try:
            raw = await self._openai.chat.completions.with_raw_response.create(
                model=self._endpoint.model, messages=messages, response_format=wanted
            )
        except openai.OpenAIError as error:
            raise self._failure(error) from None
        return raw.content

    async def models(self) -> bytes:
        """The body of the list of models, as it came."""
        try:
            raw = await self._openai.models.with_raw_response.list()
        except openai.OpenAIError as error:
            raise self._failure(error) from None
        return raw.content

    async def close(self) -> None:
        """No connection is open after this."""
        await self._openai.close()

    def _failure(self, error: openai.OpenAIError) -> LlmFailed:
        match error:
            case openai.APITimeoutError():
                return LlmTimeout(f"the model did not answer within {self._endpoint.patience_s:g} s")
            case openai.APIStatusError():
                said = self._endpoint.clean(f"the endpoint answered {error.status_code}: {error.message}")
                return LlmFailed(said, error.status_code, _wait(error))
            case openai.APIConnectionError(__cause__=cause) if cause is not None:
                guard = "; this server asks only where runs may go, too" if self._endpoint.proxy else ""
                return LlmFailed(self._endpoint.clean(f"the endpoint cannot be asked: {cause}") + guard)
        return LlmFailed(self._endpoint.clean(f"the endpoint cannot be asked: {error}"))


def _sendable(key: str | None) -> str:
    """The key as a header can hold it; a file from which it was read may end with a line break."""
    bare = (key or "").strip()
    if not (bare.isascii() and bare.isprintable()):
        raise ValueError("its key must be printable ASCII")
    return bare


def _wait(error: openai.APIStatusError) -> float | None:
    text = error.response.headers.get("retry-after", "")
    return float(text) if text.isdecimal() else None
