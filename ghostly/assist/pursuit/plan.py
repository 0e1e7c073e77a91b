"""What a pursuit does next, where that comes from, and when what it sees may count as victory."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from msgspec import to_builtins

from ghostly.assist.brain import Brain, Proposal
from ghostly.assist.means import Means
from ghostly.assist.memory import Memory
from ghostly.assist.pursuit.adviser import Adviser
from ghostly.assist.pursuit.aiming import aimed, is_by_place, known_by
from ghostly.assist.pursuit.case import Case
from ghostly.assist.pursuit.condition import Condition
from ghostly.assist.pursuit.ending import Ended, wire
from ghostly.assist.pursuit.given import looks, may_be_added_to, may_be_replaced
from ghostly.assist.pursuit.outcomes import not_understood
from ghostly.domain.events import Json, LoopStateReached, MemoryMissed, MemoryRecalled, StepsPlanned
from ghostly.domain.heals import Repair
from ghostly.domain.observation import Control, Observation
from ghostly.domain.pursuit import Pursuit
from ghostly.domain.steps import LOOKS, AnyStep

MOST_AGAIN = 2  # for one step


class Plan:
    """The next steps: where they come from, whether others may follow or replace them, what they leave to do."""

    def __init__(
        self,
        pursuit: Pursuit,
        steps: Sequence[AnyStep],
        *,
        base_url: str,
        brain: Brain,
        means: Means,
        memory: Memory,
    ) -> None:
        self._pursuit = pursuit
        self._adviser = Adviser(pursuit, brain, base_url)
        self.condition = Condition(pursuit.victory, means)
        self._means = means
        self._memory = memory
        self._steps = deque(steps)
        self._is_given = bool(steps)
        self._source = "input"  # of the next steps
        self._to_see: tuple[AnyStep, ...] = ()  # what a given plan still wanted to see when it was left
        self._repairs: tuple[Repair, ...] = ()  # the heals in what was remembered
        self._completes: bool | None = None  # whether nothing is left to do once the next steps are done
        self._was_replanned = False
        self._made_on: Observation | None = None  # the page for which others planned the next steps
        self._again = (0, 0)  # after how many steps was planned again, and how often
        self.has_more = not steps

    def __len__(self) -> int:
        """How many steps are known that were not tried."""
        return len(self._steps)

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """The heals in the next steps, as far as these are remembered ones."""
        return self._repairs if self._source == "memory" else ()

    @property
    def may_win(self) -> bool:
        """Not before a plan that shall be done whole, nor by what was true before anything was done.

        Nor before all that the goal asks for, where that is known: what it names last may have been true before.
        """
        if self._completes is not None:
            return self._completes and not self._steps
        early = self._pursuit.is_full_plan or self.condition.was_met or self.condition.hides_only
        return not (early and (self._steps or self.has_more))

    def take(self) -> AnyStep | None:
        """The next step; None if the next ones are to be asked for."""
        return self._steps.popleft() if self._steps else None

    async def begin(self, case: Case) -> None:
        """Take what is remembered, if there is no plan, and see whether victory is there already."""
        if not self._steps and self._pursuit.memory_mode != "off":
            await self._recall(case)
        await self.condition.expect(self.condition.victory, case)

    async def go_on(self, case: Case, horizon: int) -> None:
        """Have steps for this horizon, known ones or new ones. Ends if nobody understands the goal."""
        if self.will_ask:
            await self._ask(case, horizon, None)
        elif not self._steps:
            self.has_more = False
        elif horizon == 1:
            self._means.note(StepsPlanned, **self._planned(horizon, None))

    @property
    def will_ask(self) -> bool:
        """Whether nothing is left to do that is known, and somebody may be asked for more."""
        return not self._steps and not (self._is_given and self._pursuit.is_full_plan)

    async def goes_on(self, case: Case, horizon: int) -> bool:
        """Have more steps after those of a given plan; False if nobody knows any: then somebody has to judge."""
        if self._to_see:
            self._steps.extend(self._to_see)
            self._source, self._to_see = "input", ()
            await self._tell(horizon, None)
        elif self.may_grow:
            await self._ask(case, horizon, None)
        return bool(self._steps)

    @property
    def may_grow(self) -> bool:
        """Whether others may be asked for what comes after the steps that were given."""
        return self._source == "input" and not self._was_replanned and self._may_be_added_to

    def lacks(self, case: Case) -> bool:
        """Whether something of the goal is left for which there is no step, as far as anybody can tell."""
        unknown = self._completes is None and not self._is_given and not case.done
        return not self._steps and (unknown or self._completes is False)

    async def knows_more(self, case: Case, horizon: int) -> bool:
        """Have steps that the page allows only since it changed; tells nothing where there are still none."""
        may_ask = self._source in {"strategist", "replan"} and (not self._is_given or self._may_be_added_to)
        if self._completes or not may_ask:
            return False
        proposal = await self._adviser.ask_again(case, horizon)
        if proposal is None:
            return False
        if proposal.steps:
            self._source = "strategist"
            await self._accept(proposal, case)
        if proposal.steps or proposal.usage:
            await self._tell(horizon, None, proposal.usage)
        return bool(self._steps)

    async def anew(self, case: Case, horizon: int, error: str | None) -> bool:
        """Other steps, because of this error; False if that was done before, may not be, or nobody knows any."""
        remembered, given = self._source == "memory", self._source == "input"
        if not remembered and (self._was_replanned or (given and not self._may_be_left(case))):
            return False
        # What was remembered and does not hold any more is as if nothing had been: that is no second plan.
        self._was_replanned = not remembered
        self._to_see = looks(self._steps) if given else self._to_see
        self._steps.clear()
        await self._ask(case, horizon, None if remembered else error)
        return bool(self._steps) or not given

    async def meant(self, step: AnyStep, case: Case) -> Control | None:
        """The control that the step was planned for, where another may stand in its place by now."""
        if isinstance(step, LOOKS):
            return None
        if self._source == "memory" and is_by_place(getattr(step, "selector", None) or ""):
            known = await self._memory.fingerprint(step)
            return known_by(known, case.seen) if known else None
        if self._made_on is None or self._source not in {"strategist", "replan"}:
            return None
        return aimed(step, self._made_on)

    async def again(self, case: Case, horizon: int) -> bool:
        """Plan anew, because the page is not the one any more for which was planned; False if that is in vain."""
        after, often = self._again
        often = often + 1 if after == len(case.done) else 1
        if often > MOST_AGAIN:
            return False
        self._again = len(case.done), often
        self._steps.clear()
        await self._ask(case, horizon, None)
        return True

    @property
    def _may_be_added_to(self) -> bool:
        return may_be_added_to(self._pursuit, self.condition.victory, was_met=self.condition.was_met)

    def _may_be_left(self, case: Case) -> bool:
        return self._may_be_added_to and may_be_replaced(case.done[-1])

    async def _recall(self, case: Case) -> None:
        found = await self._memory.recall() if self._pursuit.memory_mode == "adaptive" else None
        if found is None:
            await self._means.tell(MemoryMissed, horizon=1)
            return
        repairs = [[*repair] for repair in found.repairs] or None
        await self._means.tell(MemoryRecalled, horizon=1, candidates=1, source="adaptive", repairs=repairs)
        self._steps.extend(found.steps)
        self._repairs = found.repairs
        self._source, self.has_more = "memory", False
        await self.condition.expect(found.victory, case)

    async def _ask(self, case: Case, horizon: int, error: str | None) -> None:
        await self._means.tell(LoopStateReached, state="planning")
        proposal = await self._adviser.ask(case, horizon, error)
        if proposal.unclear is not None and not self._is_given:
            raise Ended(not_understood(case, proposal.unclear))
        self._source = "replan" if error else "strategist"
        await self._accept(proposal, case)
        if proposal.steps or proposal.usage or not self._is_given:
            await self._tell(horizon, error, proposal.usage)

    async def _accept(self, proposal: Proposal, case: Case) -> None:
        self._steps.extend(proposal.steps[: self._pursuit.steps_per_horizon])
        self._made_on = case.seen
        self.has_more = proposal.has_more
        if proposal.steps or not self._is_given:
            self._completes = proposal.completes
        await self.condition.expect(proposal.victory, case)

    async def _tell(self, horizon: int, error: str | None, usage: Json | None = None) -> None:
        await self._means.tell(StepsPlanned, **self._planned(horizon, error, usage))

    def _planned(self, horizon: int, error: str | None, usage: Json | None = None) -> Json:
        implied = self.condition.implied
        return {
            "horizon": horizon,
            "steps": [wire(step) for step in self._steps],
            "source": self._source,
            "has_more": self.has_more,
            "replanned_from_error": error,
            "victory": to_builtins(implied) if implied else None,
            "usage": usage,
        }
