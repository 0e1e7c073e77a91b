"""The other side: what a program does to start a run and follow it without losing anything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Self
from urllib.parse import quote, urlencode

import aiohttp
import msgspec
from msgspec import Struct

from ghostly.domain.errors import Obstacle

PATIENCE_S = 30.0
BUSY_S = 5.0  # whoever takes the connection is there, and may be busy: who gives up too soon starts another
PAGE = 200
LONGEST = 1024 * 1024  # bytes; an event is one line of the stream, of up to 256 KiB and what JSON makes of it

_SENTENCES = {
    401: "The API key is not valid: set GHOSTLY_API_KEY to one of this Ghostly.",
    404: "There is no such {}, or it is not yours.",
}


class ClientError(Obstacle):
    """The server said no, or does not answer."""


class _Unavailable(ClientError):
    """The server cannot answer just now."""


class Message(Struct, frozen=True):
    """One message of a run's stream: ``kind`` is ``status``, ``assist`` or ``end``."""

    kind: str
    data: dict[str, Any]


class Client:
    """Speaks to the Ghostly at ``url`` with an API key."""

    def __init__(self, url: str, api_key: str) -> None:
        self._url = url.rstrip("/")
        self._headers = {"X-Api-Key": api_key, "Accept-Language": "en"}  # as all else that a terminal shows
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            self._url,
            headers=self._headers,
            timeout=aiohttp.ClientTimeout(sock_connect=5, sock_read=60),
            read_bufsize=LONGEST,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()

    async def start(self, body: dict[str, Any]) -> str:
        """Start a run; answers its id."""
        answer: dict[str, Any] = await self._ask("POST", "/v1/run", json=body)
        return str(answer["id"])

    async def record(self, run_id: str, at_seq: int | None = None) -> dict[str, Any]:
        """The run's record, as it is or as it was after an event."""
        query = {} if at_seq is None else {"atSeq": at_seq}
        record: dict[str, Any] = await self._ask("GET", _path(run_id), params=query)
        return record

    async def runs(self, most: int, **filters: str) -> list[dict[str, Any]]:
        """The newest runs, at most so many; the filters are those of GET /v1/runs."""
        runs: list[dict[str, Any]] = []
        query = filters
        while len(runs) < most:
            page = await self._ask("GET", "/v1/runs", params=query | {"limit": str(min(PAGE, most - len(runs)))})
            runs += page["items"]
            if page["nextCursor"] is None:
                break
            query = filters | {"cursor": page["nextCursor"]}
        return runs

    async def cancel(self, run_id: str, reason: str | None = None) -> dict[str, Any]:
        """Ask the run to stop; answers how it stands: ``status``, and ``stale`` if nobody was driving it."""
        body = {"json": {"reason": reason}} if reason else {}
        answer: dict[str, Any] = await self._ask("POST", f"{_path(run_id)}/cancel", **body)
        return answer

    async def heal(self, heal_id: str) -> dict[str, Any]:
        """The heal, and the last word on it, if there was one."""
        answer: dict[str, dict[str, Any]] = await self._ask("GET", f"/v1/heals/{quote(heal_id, safe='')}")
        return answer["heal"]

    async def review(self, heal_id: str, verb: str, note: str | None = None) -> dict[str, Any]:
        """``approve`` or ``reject`` the heal; answers as ``heal`` does."""
        body = {"json": {"note": note}} if note else {}
        path = f"/v1/heals/{quote(heal_id, safe='')}/{verb}"
        answer: dict[str, dict[str, Any]] = await self._ask("POST", path, **body)
        return answer["heal"]

    async def trace_link(self, run_id: str) -> str:
        """A link that opens the run's trace in the viewer, for a while, without any other credential."""
        ticket = await self._ask("POST", "/v1/auth/stream-ticket", json={"runId": run_id})
        return f"{self._url}/artifacts/{quote(run_id, safe='')}/trace?{urlencode({'token': ticket['token']})}"

    async def follow(self, run_id: str) -> AsyncIterator[Message]:
        """Every message of the run's stream, across lost connections, until its ``end``.

        Raises ``ClientError`` if the server cannot be reached for half a minute.
        """
        last = ""
        failing_since: float | None = None
        while True:
            try:
                async for message, seq in self._connection(run_id, last):
                    last = seq or last
                    yield message
                    if message.kind == "end":
                        return
                    failing_since = None
                failing_since = None  # it was there, and let us go: it restarts
            except (aiohttp.ClientError, TimeoutError, _Unavailable) as error:
                now = asyncio.get_running_loop().time()
                failing_since = failing_since or now
                if now - failing_since > PATIENCE_S:
                    raise ClientError(f"{self._url} does not answer any more: {error}") from error
            await asyncio.sleep(1)

    async def _connection(self, run_id: str, last: str) -> AsyncIterator[tuple[Message, str]]:
        headers = {"Last-Event-ID": last} if last else {}
        async with self._http.get(f"{_path(run_id)}/events/stream", headers=headers) as response:
            await _raise_for(response)
            fields: dict[str, str] = {}
            async for line in response.content:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name:
                    fields[name] = value
                elif fields.get("event") in {"status", "assist", "end"}:
                    yield Message(fields["event"], msgspec.json.decode(fields["data"])), fields.get("id", "")
                if not name:
                    fields = {}

    async def _ask(self, method: str, path: str, **options: Any) -> Any:
        try:
            async with self._http.request(method, path, **options) as response:
                await _raise_for(response)
                return msgspec.json.decode(await response.read())
        except (aiohttp.ClientError, TimeoutError) as error:
            raise ClientError(f"{self._url} does not answer: {error}") from error

    @property
    def _http(self) -> aiohttp.ClientSession:
        assert self._session is not None, "use it as a context manager"
        return self._session


def _path(run_id: str) -> str:
    return f"/v1/runs/{quote(run_id, safe='')}"


async def is_up(url: str) -> bool:
    """Whether a Ghostly answers there."""
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=BUSY_S, sock_connect=2)) as http,
            http.get(f"{url}/health") as response,
        ):
            return response.status == 200 and await response.json() == {"status": "ok"}
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False


async def _raise_for(response: aiohttp.ClientResponse) -> None:
    if response.status < 400:
        return
    kind = _Unavailable if response.status >= 500 else ClientError
    thing = "heal" if response.url.path.startswith("/v1/heals/") else "run"
    known = _SENTENCES.get(response.status)
    raise kind(known.format(thing) if known else await _sentence(response))


async def _sentence(response: aiohttp.ClientResponse) -> str:
    try:
        return str(msgspec.json.decode(await response.read())["error"])
    except (msgspec.DecodeError, KeyError, TypeError):
        return f"{response.url.path} was answered with HTTP {response.status}."
