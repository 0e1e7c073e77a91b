"""The pursuit of a goal: plan, act, repair, check, judge; until it is reached, or cannot be, or costs too much.

Deterministic evidence stands above the judge, and the judge above healer and strategist.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence

from msgspec import to_builtins

from ghostly.assist import ending
from ghostly.assist.brain import Brain, Lost, Situation
from ghostly.assist.case import Case, told_error
from ghostly.assist.ending import Ended
from ghostly.assist.means import Means, Tried
from ghostly.assist.memory import Memory, Remembered
from ghostly.assist.repairing import repaired
from ghostly.assist.settling import settled
from ghostly.assist.victory import implies_saving, is_met, look_for
from ghostly.domain.events import (
    HorizonEnded,
    HorizonStarted,
    Json,
    LoopStateReached,
    MemoryMissed,
    MemoryRecalled,
    PageSurveyed,
    StepsPlanned,
)
from ghostly.domain.observation import Observation
from ghostly.domain.pursuit import Pursuit, Victory
from ghostly.domain.steps import AnyStep
from ghostly.domain.verdict import Outcome

TREE_BYTES = 8 * 1024
MOST_FAILURES = 3
MOST_CONTINUES = 2


class Loop:
    """One pursuit. ``milliseconds`` tells the time that passed, from anywhere on."""

    def __init__(
        self,
        pursuit: Pursuit,
        plan: Sequence[AnyStep],
        *,
        base_url: str,
        brain: Brain,
        means: Means,
        memory: Memory,
        milliseconds: Callable[[], float],
    ) -> None:
        self._pursuit = pursuit
        self._base_url = base_url
        self._brain = brain
        self._means = means
        self._memory = memory
        self._milliseconds = milliseconds
        self._deadline = milliseconds() + pursuit.max_loop_ms
        self._queue: deque[AnyStep] = deque(plan)
        self._source = "input"
        self._has_more = not plan
        self._victory: Victory | None = pursuit.victory
        self._was_met = False
        self._completes: bool | None = None
        self._replanned = False
        self._recalled = False
        self._asked: Counter[str] = Counter()
        self._horizon = 1
        self._case: Case

    async def pursue(self) -> Outcome:
        """Pursue the goal to its end. Raises what the means raise when the page is gone."""
        try:
            await self._begin()
            for horizon in range(1, self._pursuit.max_horizons + 1):
                self._horizon = horizon
                await self._go()
            await self._judge("budget-exhausted")
        except Ended as ended:
            return ending.counted(ended.outcome, self._asked.total())
        return ending.counted(ending.unproved(self._case), self._asked.total())

    # ---- before the first step

    async def _begin(self) -> None:
        await ending.opened(self._means)
        seen = await self._look()
        seq = await self._means.tell(
            PageSurveyed,
            url=seen.url,
            title=seen.title,
            node_count=seen.node_count,
            tree_markdown=seen.tree[:TREE_BYTES],
        )
        self._case = Case(self._pursuit.goal, seen, seq)
        if seen.blocking and seen.blocking.kind == "response":
            raise Ended(ending.app_bug(self._case, told_error(seen.blocking)))
        await self._recall()
        await self._expect(self._victory)

    async def _recall(self) -> None:
        if self._queue or self._pursuit.memory_mode == "off":
            return
        found = await self._memory.recall() if self._pursuit.memory_mode == "adaptive" else None
        if found is None:
            await self._means.tell(MemoryMissed, horizon=1)
            return
        await self._means.tell(MemoryRecalled, horizon=1, candidates=1, source="adaptive")
        await self._take(found)

    async def _take(self, found: Remembered) -> None:
        self._queue.extend(found.steps)
        await self._expect(found.victory)
        self._source, self._has_more, self._recalled = "memory", False, True

    async def _expect(self, victory: Victory | None) -> None:
        """This is how victory is known, unless that was said before."""
        self._victory = self._victory or victory
        if self._victory and not self._case.done:
            self._was_met = is_met(self._victory, await self._means.check(self._victory, self._case.seen))

    # ---- one horizon

    async def _go(self) -> None:
        await self._plan()
        await self._tell_horizon(HorizonStarted)
        for _ in range(self._pursuit.steps_per_horizon):
            if not self._queue:
                break
            await self._in_time()
            await self._step(self._queue.popleft())
        await self._tell_horizon(HorizonEnded)
        if self._pursuit.is_full_plan and self._queue:
            return
        met = await look_for(self._victory, self._means, self._case.seen, self._horizon, quiet=False)
        if met and self._may_win:
            await self._won()
        if not self._queue and not self._has_more:
            await self._judge("stalled" if self._is_checked else "no-victory-condition")

    async def _tell_horizon(self, fact: type[HorizonStarted | HorizonEnded]) -> None:
        left = len(self._queue)
        await self._means.tell(fact, horizon=self._horizon, pending_steps=left, has_more=self._has_more)

    async def _plan(self, replanned_from: str | None = None) -> None:
        if not self._queue:
            await self._ask(replanned_from)
        elif self._horizon == 1:
            await self._tell_plan(None)

    async def _ask(self, replanned_from: str | None) -> None:
        await self._means.tell(LoopStateReached, state="planning")
        proposal = await self._brain.propose(
            Situation(
                goal=self._pursuit.goal,
                base_url=self._base_url,
                observation=self._case.seen,
                done=self._case.done,
                horizon=self._horizon,
                most_steps=self._pursuit.steps_per_horizon,
                replanned_from=replanned_from,
            )
        )
        if proposal.unclear is not None:
            raise Ended(ending.not_understood(self._case, proposal.unclear))
        await self._expect(proposal.victory)
        self._queue.extend(proposal.steps[: self._pursuit.steps_per_horizon])
        self._has_more = proposal.has_more
        self._completes = proposal.completes
        self._source = "replan" if replanned_from else "strategist"
        await self._tell_plan(replanned_from, proposal.usage)

    async def _tell_plan(self, replanned_from: str | None, usage: Json | None = None) -> None:
        await self._means.tell(
            StepsPlanned,
            horizon=self._horizon,
            steps=[ending.wire(step) for step in self._queue],
            source=self._source,
            has_more=self._has_more,
            replanned_from_error=replanned_from,
            victory=to_builtins(self._victory) if self._victory and not self._pursuit.victory else None,
            usage=usage,
        )

    # ---- one step

    async def _step(self, step: AnyStep) -> None:
        tried = await self._means.do(step)
        seen = await self._look()
        if tried.error is not None:
            await self._failed(step, tried, seen)
            return
        self._case.tried(step, tried, seen)
        await self._consider(seen)

    async def _failed(self, step: AnyStep, tried: Tried, seen: Observation) -> None:
        if seen.blocking:
            self._case.tried(step, tried, seen)
            raise Ended(ending.app_bug(self._case, told_error(seen.blocking)))
        lost = Lost(
            step=step,
            error=tried.error or "",
            goal=self._pursuit.goal,
            fingerprint=await self._memory.fingerprint(step),
        )
        healed = await repaired(lost, tried, seen, self._pursuit, brain=self._brain, means=self._means)
        if healed is not None:
            seen = await self._look()
            self._case.tried(healed.step, healed.tried, seen, healed=True)
            await self._consider(seen)
            return
        self._case.tried(step, tried, seen)
        await self._replan(step, tried)

    async def _replan(self, step: AnyStep, tried: Tried) -> None:
        if self._case.failures >= MOST_FAILURES:
            await self._means.tell(LoopStateReached, state="circuit_breaker_tripped", reason=tried.error)
            await self._judge("healing-exhausted")
        elif self._recalled:
            # What memory said does not hold any more; from here on the goal is planned as if there were none.
            self._recalled = False
            self._queue.clear()
            await self._ask(None)
        elif self._replanned or self._source == "input":
            await self._judge("healing-exhausted")
        else:
            self._replanned = True
            self._queue.clear()
            await self._ask(tried.error)

    async def _consider(self, seen: Observation) -> None:
        """What the page says after a step that was done."""
        error = seen.blocking
        if error is not None and (error.kind == "response" or self._case.stalled):
            raise Ended(ending.app_bug(self._case, told_error(error)))
        if self._may_win and await look_for(self._victory, self._means, seen, self._horizon, quiet=True):
            await self._won()
        if self._case.stalled:
            await self._means.tell(LoopStateReached, state="stalled", reason="three steps changed nothing")
            await self._judge("stalled")

    @property
    def _is_checked(self) -> bool:
        return self._victory is not None and self._victory.configured

    @property
    def _may_win(self) -> bool:
        """Not before a plan that shall be done whole, nor by what was true before anything was done.

        Nor before all that the goal asks for, where that is known: what it names last may have been true before.
        """
        if self._completes is not None:
            return self._completes and not self._queue
        early = self._pursuit.is_full_plan or self._was_met
        return not (early and (self._queue or self._has_more))

    # ---- how it ends

    async def _won(self) -> None:
        assert self._victory is not None
        asked = self._victory.revalidate
        reloads = implies_saving(self._pursuit.goal) if asked is None else asked
        if reloads:
            await self._means.tell(LoopStateReached, state="revalidating_persistence")
            await ending.reloaded(self._case, self._means)
        seen = await self._look()
        holds = await look_for(self._victory, self._means, seen, self._horizon, quiet=False)
        if holds:
            raise Ended(ending.victory(self._case, lasting=reloads))
        if not reloads or not asked:
            raise Ended(ending.vanished(self._case, self._victory, seen, reloaded=reloads))
        raise Ended(ending.app_bug(self._case, "what was reached was gone after the page was loaded anew"))

    async def _judge(self, reason: str) -> None:
        checks = (
            await self._means.check(self._victory, self._case.seen) if self._is_checked and self._victory else []
        )
        failed = tuple(check.check for check in checks if not check.passed)
        trigger = "victory-candidate" if reason == "no-victory-condition" else reason
        may_continue = self._asked[trigger] < MOST_CONTINUES and reason != "budget-exhausted"
        self._asked[trigger] += 1
        await self._means.tell(LoopStateReached, state="judge_invoked", reason=trigger)
        ruling = await self._brain.judge(
            self._case.dossier(trigger, self._victory, failed, may_continue=may_continue)
        )
        outcome = await ending.ruled(ruling, self._case, self._means, reason=reason, checks=checks)
        if outcome is not None or not may_continue:
            raise Ended(outcome or ending.unproved(self._case))
        self._has_more = True

    async def _in_time(self) -> None:
        if self._milliseconds() > self._deadline:
            await self._judge("budget-exhausted")

    async def _look(self) -> Observation:
        return await settled(self._means, self._pursuit.modal_loader_max_wait_ms)
