"""The pursuit of a goal: plan, act, repair, check, judge; until it is reached, or cannot be, or costs too much.

Deterministic evidence stands above the judge, and the judge above healer and strategist.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ghostly.assist.brain import Brain, Lost
from ghostly.assist.means import Means, Tried
from ghostly.assist.memory import Memory
from ghostly.assist.pursuit import ending, outcomes
from ghostly.assist.pursuit.approving import as_approved, is_rejected, rejected
from ghostly.assist.pursuit.case import Case, told_error
from ghostly.assist.pursuit.ending import Ended
from ghostly.assist.pursuit.plan import Plan
from ghostly.assist.pursuit.repairing import Instead, repaired
from ghostly.assist.pursuit.watch import Watch
from ghostly.domain.events import HorizonEnded, HorizonStarted, LoopStateReached, PageSurveyed, StepGivenUp
from ghostly.domain.observation import Control, Observation
from ghostly.domain.pursuit import Pursuit
from ghostly.domain.steps import AnyStep
from ghostly.domain.verdict import Outcome

TREE_LENGTH = 8 * 1024
MOST_FAILURES = 3


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
        self._plan = Plan(pursuit, plan, base_url=base_url, brain=brain, means=means, memory=memory)
        self._brain = brain
        self._means = means
        self._memory = memory
        self._watch = Watch(pursuit, self._plan, brain=brain, means=means, milliseconds=milliseconds)

    async def pursue(self) -> Outcome:
        """Pursue the goal to its end. Raises what the means raise when the page is gone."""
        try:
            await ending.opened(self._means)
        except Ended as ended:
            return ended.outcome
        try:
            await self._begin()
            for horizon in range(1, self._pursuit.max_horizons + 1):
                self._watch.horizon = horizon
                await self._go()
            await self._watch.judge("budget-exhausted")
        except Ended as ended:
            self._let_go(ended.outcome)
            return ending.counted(ended.outcome, self._watch.judged)
        raise AssertionError("a judge who may not say go on ends it")

    @property
    def _case(self) -> Case:
        return self._watch.case

    @property
    def _horizon(self) -> int:
        return self._watch.horizon

    async def _begin(self) -> None:
        seen = await self._watch.calm()
        seq = await self._means.tell(
            PageSurveyed,
            url=seen.url,
            title=seen.title,
            node_count=seen.node_count,
            tree_markdown=seen.tree[:TREE_LENGTH],
        )
        self._watch.case = Case(self._pursuit.goal, seen, seq)
        ending.stop_if_broken(self._case, seen)
        await self._plan.begin(self._case)

    def _let_go(self, outcome: Outcome) -> None:
        """Note that it has ended, and that nothing more is tried for the step that failed last, if one did."""
        failed = self._case.failed
        if failed is not None and not outcome.ok:
            step = ending.wire(self._case.done[-1].step)
            self._means.note(StepGivenUp, index=failed.index, step=step, error=failed.error, final=True)
        self._means.note(LoopStateReached, state="stopped", reason=outcome.stop_reason)

    # ---- one horizon

    async def _go(self) -> None:
        if self._horizon > 1 and self._plan.will_ask:
            await self._watch.let_finish()
        await self._plan.go_on(self._case, self._horizon)
        if self._plan:
            self._means.note(HorizonStarted, **self._where())
            self._means.note(LoopStateReached, state="executing")
        else:
            await self._means.tell(HorizonStarted, **self._where())
        for _ in range(self._pursuit.steps_per_horizon):
            await self._watch.in_time()
            if (step := self._plan.take()) is None:
                break
            await self._step(step)
        if self._pursuit.is_full_plan and self._plan:
            self._means.note(HorizonEnded, **self._where())
            return
        await self._means.tell(HorizonEnded, **self._where())
        await self._watch.catch_up()
        await self._watch.win(quiet=False)
        if not (self._plan or self._plan.has_more or await self._goes_on() or await self._comes()):
            await self._watch.judge("stalled" if self._plan.condition.is_checked else "victory-candidate")

    def _where(self) -> dict[str, Any]:
        return {"horizon": self._horizon, "pending_steps": len(self._plan), "has_more": self._plan.has_more}

    # ---- one step

    async def _step(self, step: AnyStep) -> None:
        if await is_rejected(step, self._plan.repairs, self._memory):
            await self._plan.anew(self._case, self._horizon, None)
            return
        approved = await as_approved(step, self._case.seen, self._memory)
        if approved is None or not await self._did(approved, step):
            await self._do(step)

    async def _do(self, step: AnyStep) -> None:
        meant = await self._plan.meant(step, self._case)
        if meant and not await self._watch.finds(meant) and await self._plan.again(self._case, self._horizon):
            return
        tried = await self._means.do(step, meant=meant)
        await self._after(step, tried, await self._watch.look(), meant=meant)

    async def _did(self, approved: AnyStep, step: AnyStep) -> bool:
        """Do what a person approved in place of the step; False if it failed: then the step itself may work."""
        tried = await self._means.do(approved, instead_of=str(getattr(step, "selector", "")))
        seen = await self._watch.look()
        unmoved = tried.error is not None and not tried.was_begun and not seen.blocking
        if unmoved and not self._case.is_open_already(approved, seen):
            self._case.note(tried.seq, f"what a person approved failed: {tried.error}")
            self._case.errors(seen, tried.seq)
            return False
        await self._after(approved, tried, seen)
        return True

    async def _after(
        self,
        step: AnyStep,
        tried: Tried,
        seen: Observation,
        *,
        healed: bool = False,
        meant: Control | None = None,
    ) -> None:
        if tried.error is not None:
            await self._failed(step, tried, seen, meant)
            return
        self._case.tried(step, tried, seen, healed=healed)
        await self._consider(seen)

    async def _failed(self, step: AnyStep, tried: Tried, seen: Observation, meant: Control | None) -> None:
        if seen.blocking:
            self._case.tried(step, tried, seen)
            raise Ended(outcomes.app_bug(self._case, told_error(seen.blocking)))
        if self._case.is_open_already(step, seen):
            self._case.tried(step, tried, seen)
            await self._means.tell(LoopStateReached, state="executing", reason="the dialog is open already")
            return
        instead = None if tried.was_begun else await self._repaired(step, tried, seen, meant)
        if instead is not None:
            await self._after(instead.step, instead.tried, await self._watch.look(), healed=True)
            return
        self._case.tried(step, tried, seen)
        await self._replan(tried)

    async def _repaired(
        self, step: AnyStep, tried: Tried, seen: Observation, meant: Control | None
    ) -> Instead | None:
        lost = Lost(
            step=step,
            error=tried.error or "",
            goal=self._pursuit.goal,
            fingerprint=await self._memory.fingerprint(step) or (meant if meant and meant.row else None),
            rejected=await rejected(step, self._memory),
        )
        return await repaired(lost, tried, seen, self._pursuit, brain=self._brain, means=self._means)

    async def _replan(self, tried: Tried) -> None:
        if self._case.failures >= MOST_FAILURES:
            await self._means.tell(LoopStateReached, state="circuit_breaker_tripped", reason=tried.error)
            await self._watch.judge("healing-exhausted")
        elif tried.was_begun or not await self._plan.anew(self._case, self._horizon, tried.error):
            await self._watch.judge("healing-exhausted")

    async def _consider(self, seen: Observation) -> None:
        """What the page says after a step that was done."""
        ending.stop_if_broken(self._case, seen)
        if seen.blocking is not None and self._case.stalled:
            raise Ended(outcomes.app_bug(self._case, told_error(seen.blocking)))
        await self._watch.win(quiet=True)
        while self._case.stalled and await self._watch.waits():
            pass
        if self._case.stalled:
            await self._means.tell(LoopStateReached, state="stalled", reason="three steps changed nothing")
            await self._watch.judge("stalled")

    async def _goes_on(self) -> bool:
        if self._plan.may_grow:
            await self._watch.let_finish()
        return await self._plan.goes_on(self._case, self._horizon + 1)

    async def _comes(self) -> bool:
        """Whether a next step comes while a person would wait for it; a victory that comes ends it."""
        while self._lacks_something:
            if await self._plan.knows_more(self._case, self._horizon + 1):
                return True
            if not await self._watch.waits():
                return False
            await self._watch.win(quiet=True)
        return False

    @property
    def _lacks_something(self) -> bool:
        return self._plan.condition.is_checked or self._plan.lacks(self._case) or not self._case.had_effect
