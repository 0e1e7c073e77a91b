"""The pursuit of a goal: plan, act, repair, check, judge; until it is reached, or cannot be, or costs too much.

Deterministic evidence stands above the judge, and the judge above healer and strategist.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from ghostly.assist import ending, outcomes
from ghostly.assist.approving import as_approved, is_rejected, rejected
from ghostly.assist.brain import Brain, Lost
from ghostly.assist.case import Case, told_error
from ghostly.assist.ending import Ended, Trigger
from ghostly.assist.means import Means, Tried
from ghostly.assist.memory import Memory
from ghostly.assist.patience import Patience
from ghostly.assist.plan import Plan
from ghostly.assist.proving import kept, proved
from ghostly.assist.repairing import repaired
from ghostly.assist.settling import settled
from ghostly.assist.victory import look_for
from ghostly.domain.events import HorizonEnded, HorizonStarted, LoopStateReached, PageSurveyed, StepGivenUp
from ghostly.domain.observation import Observation
from ghostly.domain.pursuit import Pursuit
from ghostly.domain.steps import AnyStep
from ghostly.domain.verdict import Outcome

TREE_LENGTH = 8 * 1024
MOST_FAILURES = 3
MOST_CONTINUES = 2
WAIT_MS = 2_000


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
        self._milliseconds = milliseconds
        self._deadline = milliseconds() + pursuit.max_loop_ms
        self._patience = Patience(means, milliseconds, self._deadline)
        self._asked: Counter[str] = Counter()
        self._horizon = 1
        self._case: Case

    async def pursue(self) -> Outcome:
        """Pursue the goal to its end. Raises what the means raise when the page is gone."""
        try:
            await ending.opened(self._means)
        except Ended as ended:
            return ended.outcome
        try:
            await self._begin()
            for horizon in range(1, self._pursuit.max_horizons + 1):
                self._horizon = horizon
                await self._go()
            await self._judge("budget-exhausted")
        except Ended as ended:
            await self._let_go(ended.outcome)
            return ending.counted(ended.outcome, self._asked.total())
        raise AssertionError("a judge who may not say go on ends it")

    async def _begin(self) -> None:
        seen = await self._calm()
        seq = await self._means.tell(
            PageSurveyed,
            url=seen.url,
            title=seen.title,
            node_count=seen.node_count,
            tree_markdown=seen.tree[:TREE_LENGTH],
        )
        self._case = Case(self._pursuit.goal, seen, seq)
        ending.stop_if_broken(self._case, seen)
        await self._plan.begin(self._case)

    async def _let_go(self, outcome: Outcome) -> None:
        """Tell that it has ended, and that nothing more is tried for the step that failed last, if one did."""
        failed = self._case.failed
        if failed is not None and not outcome.ok:
            step = ending.wire(self._case.done[-1].step)
            await self._means.tell(StepGivenUp, index=failed.index, step=step, error=failed.error, final=True)
        await self._means.tell(LoopStateReached, state="stopped", reason=outcome.stop_reason)

    # ---- one horizon

    async def _go(self) -> None:
        await self._plan.go_on(self._case, self._horizon)
        if self._plan:
            self._means.note(HorizonStarted, **self._where())
            self._means.note(LoopStateReached, state="executing")
        else:
            await self._means.tell(HorizonStarted, **self._where())
        for _ in range(self._pursuit.steps_per_horizon):
            await self._in_time()
            if (step := self._plan.take()) is None:
                break
            await self._step(step)
        if self._pursuit.is_full_plan and self._plan:
            self._means.note(HorizonEnded, **self._where())
            return
        await self._means.tell(HorizonEnded, **self._where())
        self._saw(await self._calm())
        if await self._is_met(quiet=False) and self._plan.may_win:
            await self._won()
        if self._plan or self._plan.has_more or await self._plan.goes_on(self._case, self._horizon + 1):
            return
        if await self._comes():
            return
        await self._judge("stalled" if self._plan.is_checked else "victory-candidate")

    def _where(self) -> dict[str, Any]:
        return {"horizon": self._horizon, "pending_steps": len(self._plan), "has_more": self._plan.has_more}

    # ---- one step

    async def _step(self, step: AnyStep) -> None:
        if await is_rejected(step, self._plan.repairs, self._memory):
            await self._plan.anew(self._case, self._horizon, None)
            return
        approved = await as_approved(step, self._case.seen, self._memory)
        if approved is None or not await self._did(approved, step):
            tried = await self._means.do(step)
            await self._after(step, tried, await self._look())

    async def _did(self, approved: AnyStep, step: AnyStep) -> bool:
        """Do what a person approved in place of the step; False if it failed: then the step itself may work."""
        tried = await self._means.do(approved, instead_of=str(getattr(step, "selector", "")))
        seen = await self._look()
        if tried.error is not None and not seen.blocking and not self._case.is_open_already(approved, seen):
            self._case.note(tried.seq, f"what a person approved failed: {tried.error}")
            self._case.errors(seen, tried.seq)
            return False
        await self._after(approved, tried, seen)
        return True

    async def _after(self, step: AnyStep, tried: Tried, seen: Observation) -> None:
        if tried.error is not None:
            await self._failed(step, tried, seen)
            return
        self._case.tried(step, tried, seen)
        await self._consider(seen)

    async def _failed(self, step: AnyStep, tried: Tried, seen: Observation) -> None:
        if seen.blocking:
            self._case.tried(step, tried, seen)
            raise Ended(outcomes.app_bug(self._case, told_error(seen.blocking)))
        if self._case.is_open_already(step, seen):
            self._case.tried(step, tried, seen)
            await self._means.tell(LoopStateReached, state="executing", reason="the dialog is open already")
            return
        lost = Lost(
            step=step,
            error=tried.error or "",
            goal=self._pursuit.goal,
            fingerprint=await self._memory.fingerprint(step),
            rejected=await rejected(step, self._memory),
        )
        healed = await repaired(lost, tried, seen, self._pursuit, brain=self._brain, means=self._means)
        if healed is not None:
            seen = await self._look()
            self._case.tried(healed.step, healed.tried, seen, healed=True)
            await self._consider(seen)
            return
        self._case.tried(step, tried, seen)
        await self._replan(tried)

    async def _replan(self, tried: Tried) -> None:
        if self._case.failures >= MOST_FAILURES:
            await self._means.tell(LoopStateReached, state="circuit_breaker_tripped", reason=tried.error)
            await self._judge("healing-exhausted")
        elif not await self._plan.anew(self._case, self._horizon, tried.error):
            await self._judge("healing-exhausted")

    async def _consider(self, seen: Observation) -> None:
        """What the page says after a step that was done."""
        ending.stop_if_broken(self._case, seen)
        if seen.blocking is not None and self._case.stalled:
            raise Ended(outcomes.app_bug(self._case, told_error(seen.blocking)))
        if self._plan.may_win and await self._is_met(quiet=True):
            await self._won()
        while self._case.stalled and await self._patience.waits(self._case):
            self._saw(await self._calm())
        if self._case.stalled:
            await self._means.tell(LoopStateReached, state="stalled", reason="three steps changed nothing")
            await self._judge("stalled")

    async def _comes(self) -> bool:
        """Whether a next step comes while a person would wait for it; a victory that comes ends it."""
        while self._lacks_something:
            if await self._plan.knows_more(self._case, self._horizon + 1):
                return True
            if not await self._patience.waits(self._case):
                return False
            self._saw(await self._calm())
            if self._plan.may_win and await self._is_met(quiet=True):
                await self._won()
        return False

    @property
    def _lacks_something(self) -> bool:
        return self._plan.is_checked or self._plan.lacks(self._case) or not self._case.had_effect

    # ---- how it ends

    async def _is_met(self, *, quiet: bool) -> bool:
        looked = await look_for(self._plan.victory, self._means, self._case.seen, self._horizon, quiet=quiet)
        self._case.looked(looked)
        return looked.met

    async def _won(self) -> None:
        assert self._plan.victory is not None
        sure = proved(
            self._plan.victory,
            self._case,
            self._means,
            calm=self._calm,
            horizon=self._horizon,
            was_met=self._plan.was_met,
        )
        raise Ended(await sure)

    async def _judge(self, trigger: Trigger) -> None:
        """Ask whose turn it is; ends, unless the judge wants to go on and may."""
        self._saw(await self._calm())
        victory = self._plan.victory
        checks = await self._means.check(victory, self._case.seen) if victory and victory.configured else []
        failed = tuple(check.check for check in checks if not check.passed)
        may_continue = self._asked[trigger] < MOST_CONTINUES and trigger != "budget-exhausted"
        self._asked[trigger] += 1
        await self._means.tell(LoopStateReached, state="judge_invoked", reason=trigger)
        dossier = self._case.dossier(trigger, victory, failed, may_continue=may_continue)
        ruling = await self._brain.judge(replace(dossier, concealed=await self._means.concealed()))
        outcome = await ending.ruled(
            ruling, self._case, self._means, trigger=trigger, checks=checks, may_continue=may_continue
        )
        if outcome is not None and outcome.ok:
            await kept(self._case, self._means, calm=self._calm)
        if outcome is not None:
            raise Ended(outcome)
        self._plan.has_more = True
        await self._means.pause(WAIT_MS)  # what was not on the page may have come then
        self._saw(await self._look())

    def _saw(self, seen: Observation) -> None:
        self._case.saw(seen)
        ending.stop_if_broken(self._case, seen)

    async def _in_time(self) -> None:
        if self._milliseconds() > self._deadline:
            await self._judge("budget-exhausted")

    async def _calm(self) -> Observation:
        """A look at the page once what it asked for was answered."""
        await self._means.rest()
        return await self._look()

    async def _look(self) -> Observation:
        left = max(0, round(self._deadline - self._milliseconds()))
        return await settled(self._means, min(self._pursuit.modal_loader_max_wait_ms, left))
