"""Repairs one failed step: asks the healer, tries what it says, tells what came of it."""

from __future__ import annotations

from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from ghostly.assist.brain import Brain, Lost, NoRepair, Repair
from ghostly.assist.ending import wire
from ghostly.assist.means import Means, Tried
from ghostly.domain.events import HealingAttempted, HealingFailed, HealingStarted
from ghostly.domain.observation import Observation
from ghostly.domain.pursuit import Pursuit
from ghostly.domain.steps import AnyStep


class Healed(Struct, frozen=True):
    """The step that did what the failed one asked."""

    step: AnyStep
    tried: Tried


_NONE = "nothing on the page is surely the same"
_SAME = "it is still there; only the step cannot be done on it"


async def repaired(
    lost: Lost, failed: Tried, seen: Observation, pursuit: Pursuit, *, brain: Brain, means: Means
) -> Healed | None:
    """The step that worked in place of the failed one; None if none was found, or none worked."""
    most = pursuit.max_healing_attempts_per_step
    tried: list[str] = list(lost.rejected)
    for attempt in range(1, most + 1):
        await means.tell(
            HealingStarted, index=failed.index, attempt=attempt, max_attempts=most, node_count=seen.node_count
        )
        repair = await brain.repair(replace(lost, rejected=tuple(tried)), seen)
        if repair is None or isinstance(repair, NoRepair) or repair.step == lost.step:
            none = repair if isinstance(repair, NoRepair) else NoRepair(reason=_SAME if repair else _NONE)
            await means.tell(HealingFailed, index=failed.index, reason=none.reason, usage=none.usage)
            return None
        if (done := await _attempt(repair, failed, means)) is not None:
            return done
        tried.append(str(getattr(repair.step, "selector", "")))
    return None


async def _attempt(repair: Repair, failed: Tried, means: Means) -> Healed | None:
    await means.tell(
        HealingAttempted,
        index=failed.index,
        heal_id=_heal_id(repair),
        step=wire(repair.step),
        rationale=repair.rationale,
        score=repair.score,
        runner_up=repair.runner_up,
        usage=repair.usage,
    )
    again = await means.do_instead(failed, repair.step)
    if again.error is not None:
        await means.tell(HealingFailed, index=failed.index, error=again.error)
        return None
    return Healed(repair.step, again)


def _heal_id(repair: Repair) -> str:
    """The same repair has the same id, wherever it happens: so that what a person said of it counts again."""
    return sha256(repr(wire(repair.step)).encode()).hexdigest()[:16]
