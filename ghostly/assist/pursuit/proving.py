"""Makes sure of a victory: what was seen once is looked for again, and on a page loaded anew if it shall last."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from ghostly.assist.goals import implies_deleting, implies_saving
from ghostly.assist.means import Means
from ghostly.assist.pursuit import ending, outcomes
from ghostly.assist.pursuit.case import Case
from ghostly.assist.pursuit.settling import PAUSE_MS
from ghostly.assist.pursuit.victory import is_met, look_for, shows, stood_alone
from ghostly.domain.events import LoopStateReached
from ghostly.domain.observation import Observation
from ghostly.domain.pursuit import Victory
from ghostly.domain.verdict import Outcome

LOOKS_AGAIN = 5
SAVES_ITSELF_MS = 2_000  # a page that saves what is entered waits for whoever goes on entering

Calm = Callable[[], Awaitable[Observation]]


async def proved(wanted: Victory, case: Case, means: Means, *, calm: Calm, horizon: int, was_met: bool) -> Outcome:
    """What a victory comes to that was seen once; ``was_met``: it was to be seen before anything was done."""
    seen = await calm()  # a save that is under way is let through, and what it comes to is seen
    case.saw(seen)
    ending.stop_if_broken(case, seen)
    if not wanted.shows_something:
        ending.stop_if_crashed(case)
    lasting = implies_saving(case.goal) if wanted.revalidate is None else wanted.revalidate
    if lasting:
        seen = await _loaded_anew(case, means, calm, partial(_is_met, wanted, means, case))
        case.errors(seen, case.last_seq)
    again = await look_for(wanted, means, seen, horizon, quiet=False)
    case.looked(again)
    if lasting and (back := case.turned_back(seen)) is not None:
        return outcomes.gone(case, f"'{back.name}' was changed, and was as before after the page was loaded anew")
    if again.met and case.is_nowhere and not wanted.shows_something:
        return outcomes.nowhere(case)
    if again.met:
        # What was true from the beginning proves nothing of steps of which nothing is to be seen.
        proves = not was_met or case.had_effect or (lasting and outcomes.kept(case, seen))
        return outcomes.victory(case, lasting=lasting) if proves else outcomes.idle(case)
    if lasting and wanted.revalidate:
        return outcomes.gone(case, "what was reached was gone after the page was loaded anew")
    if lasting and any(check.startswith("hidden: ") for check in again.failed):
        return outcomes.came_back(case, deleted=implies_deleting(case.goal))
    return outcomes.vanished(case, wanted, seen, reloaded=lasting)


async def kept(case: Case, means: Means, *, calm: Calm) -> None:
    """See whether what a judge took for a success lasts, if it shall; ends where an entry was lost."""
    if not implies_saving(case.goal) or not shows(case.seen, case.typed):
        return
    before, after = case.seen, await _loaded_anew(case, means, calm, partial(_is_kept, case))
    if any(stood_alone(text, before, after) for text in case.typed):
        raise ending.Ended(outcomes.gone(case, outcomes.LOST))


async def _is_met(wanted: Victory, means: Means, case: Case, seen: Observation) -> bool:
    if case.turned_back(seen) is not None:
        return False
    if is_met(wanted, await means.check(wanted, seen)):
        return True
    if wanted.revalidate is not None or not wanted.shows_something or outcomes.contradicted(wanted, seen):
        return False
    # That something is gone is believed after the last look only: a list may come late.
    return case.typed_stays(seen) or (not implies_deleting(case.goal) and case.stayed(seen) is not None)


async def _is_kept(case: Case, seen: Observation) -> bool:
    return outcomes.kept(case, seen)


async def _loaded_anew(
    case: Case, means: Means, calm: Calm, is_enough: Callable[[Observation], Awaitable[bool]]
) -> Observation:
    """The page that was loaded, once it shows enough, or after a while: much is drawn late."""
    await means.tell(LoopStateReached, state="revalidating_persistence")
    if case.saves_itself:
        await means.pause(SAVES_ITSELF_MS)
        await means.rest()
    await ending.reloaded(case, means)
    seen = await calm()
    for _ in range(LOOKS_AGAIN):
        ending.stop_if_broken(case, seen)
        if await is_enough(seen):
            break
        await means.pause(PAUSE_MS)
        seen = await calm()
    return seen
