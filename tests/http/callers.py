"""Whoever speaks to a node: callers, over HTTP; and a driver whose every word a test decides."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import aiohttp
import msgspec
from yarl import URL

from ghostly import node
from ghostly.domain.events import (
    HealingAttempted,
    HealingStarted,
    HealingSucceeded,
    StepFailed,
    StepPassed,
    StepStarted,
)
from ghostly.domain.run import Run, Said, say
from ghostly.domain.verdict import PASSED, Outcome
from ghostly.node import Store
from ghostly.workers import Membership

STEP = {"action": "click", "selector": "#save"}
STORE = {"action": "click", "selector": "#store"}
FLOW = {"project": "default", "baseUrl": "http://127.0.0.1:9/", "steps": [STEP]}


@dataclass(frozen=True)
class Answer:
    """What came back, read whole."""

    status: int
    headers: Any
    text: str

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.text)

    @property
    def code(self) -> str:
        return self.json["code"]

    @property
    def places(self) -> list[str]:
        return [detail["field"] for detail in self.json["details"]]


@dataclass(frozen=True)
class Message:
    """One message of an event stream."""

    event: str
    data: Any
    id: int | None = None

    @property
    def type(self) -> str:
        return self.data["type"] if self.event == "assist" else self.event


class Stream:
    """An open event stream: its messages one by one, or all that are left."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response

    async def __aiter__(self) -> AsyncIterator[Message]:
        fields: dict[str, str] = {}
        async for line in self.response.content:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                fields[name] = value
            elif "event" in fields:
                yield _message(fields)
            if not name:
                fields = {}

    async def next(self) -> Message:
        async for message in self:
            return message
        raise EOFError

    async def take(self, count: int) -> list[Message]:
        return [await self.next() for _ in range(count)]

    async def rest(self) -> list[Message]:
        return [message async for message in self]


def _message(fields: dict[str, str]) -> Message:
    return Message(
        fields["event"], msgspec.json.decode(fields["data"]), int(fields["id"]) if "id" in fields else None
    )


class Caller:
    """Speaks to one node with one credential."""

    def __init__(self, http: aiohttp.ClientSession, **headers: str) -> None:
        self.http = http
        self.headers = headers

    @property
    def url(self) -> URL:
        return self.http._base_url

    def anonymous(self) -> Caller:
        return Caller(self.http)

    def bearing(self, token: str) -> Caller:
        return Caller(self.http, Authorization=f"Bearer {token}")

    async def ask(self, method: str, path: str, headers: dict[str, str] | None = None, **options: Any) -> Answer:
        async with self.http.request(
            method, path, headers={**self.headers, **(headers or {})}, **options
        ) as response:
            return Answer(response.status, response.headers, await response.text())

    async def get(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> Answer:
        return await self.ask("GET", path, headers, params=query)

    async def post(self, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        content = {"data": body} if isinstance(body, bytes) else {"json": body}
        json = {"Content-Type": "application/json"}
        return await self.ask("POST", path, json | (headers or {}), **({} if body is None else content))

    async def asks_for(self, **changes: Any) -> Answer:
        return await self.post("/v1/run", {**FLOW, **changes})

    async def starts(self, **changes: Any) -> str:
        return (await self.asks_for(**changes)).json["id"]

    async def record(self, run: str, **query: Any) -> Any:
        return (await self.get(f"/v1/runs/{run}", **query)).json

    async def cancel(self, run: str, body: Any = None) -> Answer:
        return await self.post(f"/v1/runs/{run}/cancel", body)

    @asynccontextmanager
    async def stream(self, run: str, last: object = None, **query: Any) -> AsyncIterator[Stream]:
        headers = self.headers | ({} if last is None else {"Last-Event-ID": str(last)})
        async with self.http.get(f"/v1/runs/{run}/events/stream", headers=headers, params=query) as response:
            response.raise_for_status()
            yield Stream(response)

    async def follow(self, run: str, last: object = None, **query: Any) -> list[Message]:
        async with self.stream(run, last, **query) as stream:
            return await stream.rest()


class Driver:
    """A worker that is alive, because it holds its lock, and does nothing but what the test says."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._membership = Membership(node.new_id(), store.connect)
        self.id = self._membership.worker

    async def lives(self) -> None:
        await self._membership.enter()

    async def dies(self) -> None:
        await self._membership._connection.close()

    async def leaves(self) -> None:
        await self._membership.leave()

    async def decide(self, decision: Callable[..., Any], run: str, **words: Any) -> Run:
        return await self._store.runs.decide(UUID(run), partial(decision, **words))

    async def takes(self, run: str) -> None:
        await self.decide(Run.assign, run, worker=self.id)

    async def says(self, run: str, *facts: Said) -> None:
        await self.decide(Run.report, run, worker=self.id, facts=facts)

    async def does(self, run: str, *, steps: int, first: int = 0) -> None:
        """So many steps, each of which starts and passes: two events a step."""
        for index in range(first, first + steps):
            await self.says(run, say(StepStarted, index=index, step=STEP), passed(index))

    async def ends(self, run: str, outcome: Outcome = PASSED) -> None:
        await self.decide(Run.finish, run, worker=self.id, outcome=outcome)


def passed(index: int, step: Any = STEP, **fields: Any) -> Said:
    return say(StepPassed, index=index, step=step, duration_ms=1, **fields)


def repairing(heal: str, index: int = 0) -> tuple[Said, ...]:
    """The step was lost, and another selector is tried."""
    return (
        say(StepFailed, index=index, step=STEP, duration_ms=1, error="gone"),
        say(HealingStarted, index=index, attempt=1, max_attempts=1, node_count=9),
        say(HealingAttempted, index=index, heal_id=heal, step=STORE, rationale="It was renamed.", score=0.9),
    )


def repaired(heal: str, index: int = 0) -> tuple[Said, ...]:
    """It worked."""
    return say(HealingSucceeded, index=index, step=STORE), passed(index, STORE, healed=True, heal_id=heal)


@asynccontextmanager
async def raw(caller: Caller, run: str) -> AsyncIterator[socket.socket]:
    """A connection that takes no more than it is made to, with a tiny buffer."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.setblocking(False)
    await asyncio.get_running_loop().sock_connect(narrow, (caller.url.host, caller.url.port))
    head = f"GET /v1/runs/{run}/events/stream HTTP/1.1\r\nHost: x\r\n"
    head += f"X-Api-Key: {caller.headers['X-Api-Key']}\r\n\r\n"
    await asyncio.get_running_loop().sock_sendall(narrow, head.encode())
    try:
        yield narrow
    finally:
        narrow.close()
