"""What a pursuit sees on the way, and what that brings to an end: a victory that is proved, or a judge's word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from msgspec.structs import replace

from ghostly.assist.brain import Brain
from ghostly.assist.means import Means
from ghostly.assist.pursuit import ending
from ghostly.assist.pursuit.aiming import is_another
from ghostly.assist.pursuit.case import Case
from ghostly.assist.pursuit.ending import Ended, Trigger
from ghostly.assist.pursuit.patience import FILTERS_MS, Patience, is_at_work
from ghostly.assist.pursuit.plan import Plan
from ghostly.assist.pursuit.proving import kept, proved
from ghostly.assist.pursuit.settling import settled
from ghostly.assist.pursuit.victory import look_for
from ghostly.domain.events import LoopStateReached
from ghostly.domain.observation import Control, Observation
from ghostly.domain.pursuit import Pursuit

MOST_CONTINUES = 2
WAIT_MS = 2_000


class Watch:
    """The eyes of one pursuit, and its clock: ``milliseconds`` tells the time that passed, from anywhere on.

    ``case`` is what was seen so far; there is one once somebody has begun to look.
    """

    case: Case

    def __init__(
        self, pursuit: Pursuit, plan: Plan, *, brain: Brain, means: Means, milliseconds: Callable[[], float]
    ) -> None:
        self.horizon = 1
        self._pursuit = pursuit
        self._plan = plan
        self._condition = plan.condition
        self._brain = brain
        self._means = means
        self._milliseconds = milliseconds
        self._deadline = milliseconds() + pursuit.max_loop_ms
        self._patience = Patience(means, milliseconds, self._deadline)
        self._asked: Counter[str] = Counter()
        self._filtered = 0  # after how many steps a list had its time to show what fits

    @property
    def judged(self) -> int:
        """How often a judge was asked."""
        return self._asked.total()

    # ---- looking

    async def look(self) -> Observation:
        """The page, once it does not say any more that it is loading."""
        left = max(0, round(self._deadline - self._milliseconds()))
        return await settled(self._means, min(self._pursuit.modal_loader_max_wait_ms, left))

    async def calm(self) -> Observation:
        """A look at the page once what it asked for was answered."""
        await self._means.rest()
        return await self.look()

    async def catch_up(self) -> None:
        """See what has become of the page by now. Ends where the application is broken."""
        self._saw(await self.calm())

    async def waits(self) -> bool:
        """Wait a moment for what a person would wait for, and catch up; False if that is over."""
        if not await self._patience.waits(self.case):
            return False
        await self.catch_up()
        return True

    async def let_finish(self) -> None:
        """Wait while the page says that it is at work, as long as one does; a victory that comes ends it.

        Asked for before anybody is asked for more steps: who sees that nothing was paid yet might pay again.
        """
        while is_at_work(self.case.seen) and await self.waits():
            await self.win(quiet=True)

    async def finds(self, meant: Control) -> bool:
        """Whether the control that was meant is where it was, also once what was entered has its effect."""
        if meant.row and self.case.has_entered and self._filtered != len(self.case.done):
            self._filtered = len(self.case.done)
            await self._means.pause(FILTERS_MS)
            await self.catch_up()
        if is_another(meant, self.case.seen):
            return False
        return not meant.row or await self._means.finds(meant)

    # ---- ends

    async def win(self, *, quiet: bool) -> None:
        """End as a victory if there is one, and it may count, and is proved; ``quiet``: tell only of a victory."""
        if quiet and not self._plan.may_win:
            return
        looked = await look_for(self._condition.victory, self._means, self.case.seen, self.horizon, quiet=quiet)
        self.case.looked(looked)
        if looked.met and self._plan.may_win:
            await self._won()

    async def in_time(self) -> None:
        """Ask a judge if the time is over."""
        if self._milliseconds() > self._deadline:
            await self.judge("budget-exhausted")

    async def judge(self, trigger: Trigger) -> None:
        """Ask whose turn it is; ends, unless the judge wants to go on and may."""
        await self.catch_up()
        ending.stop_if_crashed(self.case)
        victory = self._condition.victory
        checks = await self._means.check(victory, self.case.seen) if victory and victory.configured else []
        failed = tuple(check.check for check in checks if not check.passed)
        may_continue = self._asked[trigger] < MOST_CONTINUES and trigger != "budget-exhausted"
        self._asked[trigger] += 1
        await self._means.tell(LoopStateReached, state="judge_invoked", reason=trigger)
        dossier = self.case.dossier(trigger, victory, failed, may_continue=may_continue)
        concealed = await self._means.concealed()
        # Asked last: what comes then may be what was missed, but nobody goes on to look.
        grows = trigger == "healing-exhausted" or not may_continue
        dossier = replace(dossier, concealed=concealed, grows=grows and await self._means.grows())
        ruling = await self._brain.judge(dossier)
        outcome = await ending.ruled(
            ruling, self.case, self._means, trigger=trigger, checks=checks, may_continue=may_continue
        )
        if outcome is not None and outcome.ok:
            await kept(self.case, self._means, calm=self.calm)
        if outcome is not None:
            raise Ended(outcome)
        self._plan.has_more = True
        await self._means.pause(WAIT_MS)  # what was not on the page may have come then
        self._saw(await self.look())

    async def _won(self) -> None:
        assert self._condition.victory is not None
        sure = proved(
            self._condition.victory,
            self.case,
            self._means,
            calm=self.calm,
            horizon=self.horizon,
            was_met=self._condition.was_met,
        )
        raise Ended(await sure)

    def _saw(self, seen: Observation) -> None:
        self.case.saw(seen)
        ending.stop_if_broken(self.case, seen)
