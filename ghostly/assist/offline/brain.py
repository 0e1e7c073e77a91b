"""The brain that needs no key, no network and no model, and gives the same answer to the same question."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable

from ghostly.assist.brain import Dossier, Lost, Proposal, Repair, Ruling, Situation
from ghostly.assist.healing import repair as mend
from ghostly.assist.offline import judging, planning
from ghostly.domain.observation import Observation

Mend = Callable[[Lost, Observation], Repair | None]


class OfflineBrain:
    """Plans what a goal says, mends by likeness, rules by evidence; no word of a page is an order to it.

    It thinks beside the event loop: among a thousand controls of a hostile page that may take seconds.
    """

    model = "offline"
    prompt_version = "offline-1"

    def __init__(self, mend: Mend = mend) -> None:
        self._mend = mend

    async def propose(self, situation: Situation) -> Proposal:
        """The next steps, of controls that are on the page; a sentence that is not understood is named."""
        return await to_thread(planning.propose, situation)

    async def repair(self, lost: Lost, observation: Observation) -> Repair | None:
        """The same step on the control that is surely the lost one."""
        return await to_thread(self._mend, lost, observation)

    async def judge(self, dossier: Dossier) -> Ruling:
        """Whose turn it is, by rules alone."""
        return await to_thread(judging.judge, dossier)
