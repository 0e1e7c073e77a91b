"""Makes sure of a victory: what was seen once is looked for again, and on a page loaded anew if it shall last."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from ghostly.assist import ending
from ghostly.assist.case import Case
from ghostly.assist.means import Means
from ghostly.assist.offline import implies_deleting, implies_saving
from ghostly.assist.settling import PAUSE_MS
from ghostly.assist.victory import is_met, look_for
from ghostly.domain.events import LoopStateReached
from ghostly.domain.observation import Observation
from ghostly.domain.pursuit import Victory
from ghostly.domain.verdict import Outcome

LOOKS_AGAIN = 5

Calm = Callable[[], Awaitable[Observation]]


async def proved(wanted: Victory, case: Case, means: Means, *, calm: Calm, horizon: int, was_met: bool) -> Outcome:
    """What a victory comes to that was seen once; ``was_met``: it was to be seen before anything was done."""
    seen = await calm()  # a save that is under way is let through, and what it comes to is seen
    case.saw(seen)
    ending.stop_if_broken(case, seen)
    lasting = implies_saving(case.goal) if wanted.revalidate is None else wanted.revalidate
    if lasting:
        seen = await _loaded_anew(wanted, case, means, calm)
    again = await look_for(wanted, means, seen, horizon, quiet=False)
    case.looked(again)
    if again.met:
        # What was true from the beginning proves nothing of steps of which nothing is to be seen.
        proves = not was_met or case.had_effect or (lasting and ending.kept(case, seen))
        return ending.victory(case, lasting=lasting) if proves else ending.idle(case)
    if lasting and wanted.revalidate:
        return ending.app_bug(case, "what was reached was gone after the page was loaded anew")
    if lasting and any(check.startswith("hidden: ") for check in again.failed):
        return ending.came_back(case, deleted=implies_deleting(case.goal))
    return ending.vanished(case, wanted, seen, reloaded=lasting)


async def _loaded_anew(wanted: Victory, case: Case, means: Means, calm: Calm) -> Observation:
    """The page that was loaded, once it shows what was to be reached, or after a while: much is drawn late."""
    await means.tell(LoopStateReached, state="revalidating_persistence")
    await ending.reloaded(case, means)
    seen = await calm()
    for _ in range(LOOKS_AGAIN):
        ending.stop_if_broken(case, seen)
        if is_met(wanted, await means.check(wanted, seen)):
            break
        await means.pause(PAUSE_MS)
        seen = await calm()
    return seen
