"""Repairs one failed step: asks the healer, tries what it says, tells what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from ghostly.assist.brain import Brain, Lost, NoRepair, Repair
from ghostly.assist.healing.aiming import as_secret_as
from ghostly.assist.means import Means, Tried
from ghostly.assist.pursuit.ending import wire
from ghostly.domain.events import HealingAttempted, HealingFailed, HealingStarted
from ghostly.domain.observation import Observation
from ghostly.domain.pursuit import Pursuit
from ghostly.domain.steps import AnyStep


class Instead(Struct, frozen=True):
    """The step that was done in place of the failed one, or was begun in its place: then nothing else is tried."""

    step: AnyStep
    tried: Tried


_NONE = "nothing on the page is surely the same"
_SAME = "it is still there; only the step cannot be done on it"
_REJECTED = "a person rejected it: {}"
_TRIED = "it was tried in its place, and failed: {}"
_NOTHING_ELSE = "nothing else on the page is surely the same; rejected by a person: {}"


async def repaired(
    lost: Lost, failed: Tried, seen: Observation, pursuit: Pursuit, *, brain: Brain, means: Means
) -> Instead | None:
    """What was done in place of the failed step, or begun; None if nothing was found, or nothing worked."""
    most = pursuit.max_healing_attempts_per_step
    tried: list[str] = list(lost.rejected)
    for attempt in range(1, most + 1):
        await means.tell(
            HealingStarted, index=failed.index, attempt=attempt, max_attempts=most, node_count=seen.node_count
        )
        repair = _refused(await brain.repair(replace(lost, rejected=tuple(tried)), seen), lost, tried)
        if isinstance(repair, NoRepair):
            await means.tell(HealingFailed, index=failed.index, reason=repair.reason, usage=repair.usage)
            return None
        if (done := await _attempt(repair, failed, means)) is not None:
            return done
        tried.append(str(getattr(repair.step, "selector", "")))
    return None


async def _attempt(repair: Repair, failed: Tried, means: Means) -> Instead | None:
    heal_id = means.new_id()
    await means.tell(
        HealingAttempted,
        index=failed.index,
        heal_id=heal_id,
        step=wire(repair.step),
        rationale=repair.rationale,
        score=repair.score,
        runner_up=repair.runner_up,
        usage=repair.usage,
    )
    again = await means.do_instead(failed, repair.step, heal_id)
    if again.error is None:
        return Instead(repair.step, again)
    seq = await means.tell(HealingFailed, index=failed.index, error=again.error)
    return Instead(repair.step, replace(again, seq=seq)) if again.was_begun else None


def _refused(repair: Repair | NoRepair | None, lost: Lost, tried: Sequence[str]) -> Repair | NoRepair:
    """The repair, if it may be tried: whoever thinks, what was rejected, or failed, is not used again."""
    if repair is None:
        return NoRepair(reason=_NOTHING_ELSE.format(", ".join(lost.rejected)) if lost.rejected else _NONE)
    if isinstance(repair, NoRepair):
        return repair
    if (selector := getattr(repair.step, "selector", None)) in lost.rejected:
        return NoRepair(reason=_REJECTED.format(selector), usage=repair.usage)
    if selector in tried:
        return NoRepair(reason=_TRIED.format(selector), usage=repair.usage)
    if repair.step == lost.step:
        return NoRepair(reason=_SAME, usage=repair.usage)
    return replace(repair, step=as_secret_as(lost.step, repair.step))
