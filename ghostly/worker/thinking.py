"""A brain that is left in the middle of a thought when its run is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from ghostly.assist.brain import Brain, Dossier, Lost, NoRepair, Proposal, Repair, Ruling, Situation
from ghostly.browser.failures import BrowserGone
from ghostly.domain.observation import Observation

STOPPED = "The run was stopped while a model was asked."

T = TypeVar("T")


class Interruptible:
    """The same brain; every question ends with ``BrowserGone`` as soon as ``halting`` is set."""

    def __init__(self, brain: Brain, halting: asyncio.Event) -> None:
        self.model = brain.model
        self.prompt_version = brain.prompt_version
        self._brain = brain
        self._halting = halting

    async def propose(self, situation: Situation) -> Proposal:
        """The next steps."""
        return await self._unless_halted(self._brain.propose(situation))

    async def repair(self, lost: Lost, observation: Observation) -> Repair | NoRepair | None:
        """A step in place of the lost one."""
        return await self._unless_halted(self._brain.repair(lost, observation))

    async def judge(self, dossier: Dossier) -> Ruling:
        """Whose turn it is."""
        return await self._unless_halted(self._brain.judge(dossier))

    async def _unless_halted(self, thought: Coroutine[Any, Any, T]) -> T:
        thinking = asyncio.ensure_future(thought)
        halting = asyncio.ensure_future(self._halting.wait())
        try:
            await asyncio.wait({thinking, halting}, return_when=asyncio.FIRST_COMPLETED)
            if not thinking.done():
                raise BrowserGone(STOPPED)
            return thinking.result()
        finally:
            thinking.cancel()
            halting.cancel()
            await asyncio.gather(thinking, halting, return_exceptions=True)
