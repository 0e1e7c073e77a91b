"""A server on loopback that speaks OpenAI's protocol, and says what a test wants it to say."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec
from aiohttp import web

from ghostly.assist.brain import Done, Dossier, Evidence, Situation
from ghostly.assist.openai import Endpoint, Line, OpenAIBrain
from ghostly.domain.flow import Guardrails
from ghostly.domain.observation import Control, Observation
from ghostly.domain.steps import Click

Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


def says(text: Any, *, tokens: tuple[int, int] | None = (11, 7), **message: Any) -> Reply:
    """A completion with this text; what is no text is said as JSON."""
    content = text if isinstance(text, str) or text is None else msgspec.json.encode(text).decode()

    async def reply(_: web.Request) -> web.Response:
        message_ = {"role": "assistant", "content": content, **message}
        body: dict[str, Any] = {
            "id": "c1",
            "object": "chat.completion",
            "created": 1,
            "model": "tiny",
            "choices": [{"index": 0, "finish_reason": "stop", "message": message_}],
        }
        if tokens:
            total = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)}
            body["usage"] = total
        return web.json_response(body)

    return reply


def answers(status: int, body: Any = None, **headers: str) -> Reply:
    """This status, and no completion."""

    async def reply(_: web.Request) -> web.Response:
        return web.json_response(body or {"error": {"message": "no"}}, status=status, headers=headers)

    return reply


def sends(body: bytes, content_type: str = "application/json", **headers: str) -> Reply:
    """These bytes."""

    async def reply(_: web.Request) -> web.Response:
        return web.Response(body=body, content_type=content_type, headers=headers)

    return reply


async def never(_: web.Request) -> web.StreamResponse:
    """No answer, for as long as anybody waits."""
    await asyncio.sleep(3600)
    raise AssertionError


async def endless(request: web.Request) -> web.StreamResponse:
    """An answer without an end."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    while True:
        await response.write(b" " * 65_536)


@dataclass
class Model:
    """What the server says, one thing after the other (the last for ever), and what it was asked."""

    replies: list[Reply]
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    models: Reply = field(default_factory=lambda: sends(b'{"object":"list","data":[{"id":"b"},{"id":"a"}]}'))

    @property
    def words(self) -> str:
        """All that the model was told, in one."""
        return "\n".join(message["content"] for body in self.asked for message in body["messages"])

    async def chat(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.json())
        self.headers.append(dict(request.headers))
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return await reply(request)

    async def list(self, request: web.Request) -> web.StreamResponse:
        self.headers.append(dict(request.headers))
        return await self.models(request)


@asynccontextmanager
async def model(*replies: Reply, host: str = "127.0.0.1") -> AsyncIterator[Model]:
    """A server that says this."""
    made = Model(list(replies) or [says({})])
    app = web.Application()
    app.add_routes([web.post("/v1/chat/completions", made.chat), web.get("/v1/models", made.list)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, host, 0).start()
    made.url = f"http://{host}:{runner.addresses[0][1]}/v1"
    try:
        yield made
    finally:
        await runner.cleanup()


@asynccontextmanager
async def thinking(*replies: Reply, **endpoint: Any) -> AsyncIterator[tuple[OpenAIBrain, Model]]:
    """A brain whose model says this."""
    async with model(*replies) as server:
        given = {"base_url": server.url, "model": "tiny", "api_key": "sk-hush-hush", "patience_s": 20.0} | endpoint
        line = Line(Endpoint(**given))
        try:
            yield OpenAIBrain(line, Guardrails()), server
        finally:
            await line.close()


# ---- what a brain is asked about

BUY = Control(selector="#buy", role="button", name="Buy", tag="button")
NAME = Control(selector="#name", role="textbox", name="Name", tag="input", type="text")
SHOP = Observation(
    url="http://shop/",
    title="Shop",
    tree="- button 'Buy'",
    node_count=2,
    text="Order 7 was saved",
    controls=(BUY, NAME),
)


def asking(goal: str = "buy it", seen: Observation = SHOP, **more: Any) -> Situation:
    return Situation(goal=goal, base_url="http://shop/", observation=seen, **more)


def grey(reason: str = "victory-candidate", seen: Observation = SHOP, **more: Any) -> Dossier:
    """A case in which one step was done: event 5."""
    given = {
        "done": (Done(step=Click(selector="#buy"), seq=5),),
        "evidence": (Evidence(2, "The page was opened"), Evidence(5, "'click #buy' was done")),
    }
    return Dossier(reason=reason, goal="buy it", observation=seen, **(given | more))


SUCCESS = {
    "verdict": "success",
    "confidence": "high",
    "reasoning": "The order was saved.",
    "evidence": ["Order 7 was saved"],
    "evidenceSeqs": [5],
}
