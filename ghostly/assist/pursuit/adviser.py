"""Asks whoever thinks for the next steps, and knows when to ask again is in vain."""

from __future__ import annotations

from ghostly.assist.brain import Brain, Proposal, Situation
from ghostly.assist.pursuit.case import Case, differs
from ghostly.domain.observation import Observation
from ghostly.domain.pursuit import Pursuit

MOST_IN_VAIN = 2


class Adviser:
    """Whoever thinks, as a plan sees them: what they were shown last, and how often they were paid for nothing."""

    def __init__(self, pursuit: Pursuit, brain: Brain, base_url: str) -> None:
        self._pursuit = pursuit
        self._brain = brain
        self._base_url = base_url
        self._shown: Observation | None = None
        self._in_vain = 0  # how often was paid for no steps since there were some

    async def ask(self, case: Case, horizon: int, error: str | None = None) -> Proposal:
        """What they propose on the page as it is now; ``error`` is why the plan before failed."""
        self._shown = case.seen
        return await self._brain.propose(
            Situation(
                goal=self._pursuit.goal,
                base_url=self._base_url,
                observation=case.seen,
                done=case.done,
                horizon=horizon,
                most_steps=self._pursuit.steps_per_horizon,
                replanned_from=error,
            )
        )

    async def ask_again(self, case: Case, horizon: int) -> Proposal | None:
        """The same, if the page is another one than they saw, and they were not paid for nothing too often."""
        if not (self._shown and differs(case.seen, self._shown)) or self._in_vain >= MOST_IN_VAIN:
            return None
        proposal = await self.ask(case, horizon)
        self._in_vain = self._in_vain + 1 if proposal.usage and not proposal.steps else 0
        return proposal
