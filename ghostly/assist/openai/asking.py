"""One question to a model: an answer that was checked, or None; and what it cost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from time import monotonic
from typing import Any, Generic, TypeVar

from msgspec import Struct, to_builtins

from ghostly.assist.openai.answers import Unusable, read, schema
from ghostly.assist.openai.endpoint import LlmFailed, LlmTimeout
from ghostly.assist.openai.line import Line, Message, Said, Tokens
from ghostly.assist.openai.prompts import Prompt
from ghostly.domain.events import Json

logger = logging.getLogger("ghostly.assist")

LONGEST_WAIT_S = 5.0
MOST = 10
_WAIT_S = 1.0
_ECHO = 2_000

T = TypeVar("T")


class Usage(Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What one question cost: kept in the log. ``error`` says why there was no answer."""

    role: str
    model: str
    prompt_version: str
    latency_ms: int
    input_tokens: int | None = None
    output_tokens: int | None = None
    retries: int = 0
    error: str | None = None


class Answer(Struct, Generic[T], frozen=True, kw_only=True):
    """What came of a question. ``failure`` is why there is no value."""

    value: T | None
    usage: Json
    failure: LlmFailed | None = None

    @property
    def why_not(self) -> str:
        """Why there is no value, for people."""
        return str(self.failure) if self.failure else ""


class Question(Generic[T]):
    """A question under way: it is asked again once, with what was wrong with the first answer.

    ``check`` turns a well-formed answer into what is wanted, or raises ``Unusable``. ``most`` is how long a list
    in it shall be.
    """

    def __init__(
        self, line: Line, prompt: Prompt, kind: type[Any], check: Callable[..., T], *, most: int = MOST
    ) -> None:
        self._line = line
        self._prompt = prompt
        self._kind = kind
        self._check = check
        self._schema = schema(kind, most)
        self._tokens: list[Tokens] = []
        self._retries = 0

    async def ask(self, told: str) -> Answer[T]:
        """Ask, and never raise but when cancelled."""
        began = monotonic()
        value: T | None = None
        failure: LlmFailed | None = None
        patience = self._line.endpoint.patience_s
        try:
            async with asyncio.timeout(patience):
                value = await self._ask([_message("system", self._prompt.text), _message("user", told)])
        except TimeoutError:
            failure = LlmTimeout(f"the model did not answer within {patience:g} s")
        except LlmFailed as error:
            failure = error
        except Exception:
            # Whatever a model's words made break here, a run must not break of it.
            logger.exception("asking the model broke")
            failure = LlmFailed("asking the model broke; the log has the rest")
        return Answer(value=value, usage=self._usage(began, failure), failure=failure)

    async def _ask(self, messages: list[Message]) -> T:
        for last in (False, True):
            self._retries = int(last)
            try:
                said = await self._line.say(messages, self._prompt.role, self._schema)
            except LlmFailed as failure:
                if last or not failure.passes_by:
                    raise
                await asyncio.sleep(min(failure.retry_after_s or _WAIT_S, LONGEST_WAIT_S))
                continue
            try:
                return self._read(said)
            except Unusable as error:
                if last:
                    raise LlmFailed(f"the model's answer cannot be used: {error}") from error
                messages = [*messages, _message("assistant", said.text[:_ECHO]), _message("user", _again(error))]
        raise AssertionError("the last try returns or raises")

    def _read(self, said: Said) -> T:
        self._tokens.append(said.tokens)
        return self._check(read(said.text, self._kind))

    def _usage(self, began: float, failure: LlmFailed | None) -> Json:
        usage = Usage(
            role=self._prompt.role,
            model=self._line.endpoint.model,
            prompt_version=self._prompt.version,
            latency_ms=round((monotonic() - began) * 1000),
            input_tokens=_sum([each.prompt_tokens for each in self._tokens]),
            output_tokens=_sum([each.completion_tokens for each in self._tokens]),
            retries=self._retries,
            error=str(failure) if failure else None,
        )
        told: Json = to_builtins(usage)
        return told


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}


def _again(error: Unusable) -> str:
    return f"That answer cannot be used: {error}. Answer again with one JSON object as it was asked for."


def _sum(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None
