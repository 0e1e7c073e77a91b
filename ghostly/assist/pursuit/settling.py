"""Waits for what the page is still loading, because nothing that is seen meanwhile is true for long."""

from __future__ import annotations

from ghostly.assist.means import Means
from ghostly.assist.vocabulary.waiting import is_loader
from ghostly.domain.observation import Observation

PAUSE_MS = 400


async def settled(means: Means, most_ms: int) -> Observation:
    """The page once no dialog says that it is loading any more, or after so many milliseconds."""
    waited = 0
    seen = await means.look()
    while waited < most_ms and is_loading(seen):
        await means.pause(PAUSE_MS)
        waited += PAUSE_MS
        seen = await means.look()
    return seen


def is_loading(seen: Observation) -> bool:
    """Whether a dialog says that it is loading."""
    return any(map(is_loader, seen.dialogs))
