"""Who thinks for whom: the model that a user chose, else the one this server was given, else rules alone."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address
from typing import NamedTuple
from uuid import UUID

from ghostly.accounts import Choice, Models
from ghostly.assist.brain import Brain
from ghostly.assist.offline import OfflineBrain
from ghostly.assist.openai import Endpoint, Line, OpenAIBrain
from ghostly.assist.openai.prompts import prompt
from ghostly.browser.egress import Egress, Listener
from ghostly.database.errors import UNREACHABLE
from ghostly.domain.flow import Guardrails

logger = logging.getLogger("ghostly.assist")

OFFLINE = "offline"
"""The provider that is no model: rules alone, chosen on purpose."""

MOST_LINES = 64
PATIENCE_S = 20.0
LOOK_S = 0.5


class Thinker(NamedTuple):
    """Who thinks: the model's name, and the version of the words that it is told."""

    model: str
    prompt_version: str


class Brains:
    """The brains of all users.

    ``environment`` is the model that the server was given; it is asked directly. What a user chose is asked
    through ``egress``, if there is one: a user's address is judged as a page's is.
    """

    def __init__(
        self,
        models: Models,
        *,
        environment: Endpoint | None,
        patience_s: float,
        guardrails: Guardrails,
        egress: Egress | None,
        monotonic: Callable[[], float],
    ) -> None:
        self.environment = environment
        self._models = models
        self._patience_s = patience_s
        self._guardrails = guardrails
        self._egress = egress
        self._monotonic = monotonic
        self._listener: Listener | None = None
        self._listening = asyncio.Lock()
        self._lines: OrderedDict[Endpoint, Line] = OrderedDict()

    def refusal(self, host: str) -> str | None:
        """What kind of address it is, if users may not name it; names are judged when they are connected to."""
        try:
            return self._egress.policy.refusal(ip_address(host)) if self._egress else None
        except ValueError:
            return None

    async def of(self, owner: UUID) -> Brain:
        """Who thinks for this user now. Waits for a database that is away, as an append does."""
        deadline = self._monotonic() + PATIENCE_S
        while True:
            try:
                line = await self.line_of(owner)
            except UNREACHABLE:
                if self._monotonic() > deadline:
                    raise
                await asyncio.sleep(LOOK_S)
            else:
                return OpenAIBrain(line, self._guardrails) if line else OfflineBrain()

    async def thinker(self, owner: UUID) -> Thinker:
        """Who thinks for this user now, by name."""
        choice = await self._models.of(owner)
        if choice is not None:
            model = None if choice.provider == OFFLINE else choice.model
        else:
            model = self.environment.model if self.environment else None
        if model is None:
            return Thinker(OfflineBrain.model, OfflineBrain.prompt_version)
        return Thinker(model, prompt("strategist").version)

    async def line_of(self, owner: UUID) -> Line | None:
        """The line to the model that thinks for this user; None where rules alone do."""
        choice = await self._models.of(owner)
        if choice is None:
            return self._line(self.environment) if self.environment else None
        if choice.provider == OFFLINE or choice.base_url is None:
            return None
        return await self.line_to(choice.base_url, choice.model, await self._key(owner, choice))

    async def line_to(self, base_url: str, model: str, key: str | None = None) -> Line:
        """The line to what a user named. Raises ``BrowserUnavailable`` where it cannot be guarded and must be."""
        endpoint = Endpoint(
            base_url=base_url,
            model=model,
            api_key=key,
            patience_s=self._patience_s,
            proxy=await self._proxy() if self._egress else None,
        )
        return self._line(endpoint)

    async def close(self) -> None:
        """No connection and no port is open after this."""
        lines, self._lines = list(self._lines.values()), OrderedDict()
        await asyncio.gather(*(line.close() for line in lines))
        if self._listener is not None:
            await self._listener.close()

    def _line(self, endpoint: Endpoint) -> Line:
        if endpoint not in self._lines:
            self._lines[endpoint] = Line(endpoint)
        self._lines.move_to_end(endpoint)
        if len(self._lines) > MOST_LINES:
            self._lines.popitem(last=False)  # whoever speaks on it goes on; its connections end by themselves
        return self._lines[endpoint]

    async def _key(self, owner: UUID, choice: Choice) -> str | None:
        try:
            return await self._models.key(owner, choice.base_url)
        except ValueError as error:
            # Asking without it says what is wrong in the run; taking another brain would hide it.
            logger.warning("the key for %s's model cannot be read here: %s", owner, error)
            return None

    async def _proxy(self) -> str:
        async with self._listening:
            if self._listener is None:
                assert self._egress is not None
                self._listener = await self._egress.listen()
            return self._listener.url
