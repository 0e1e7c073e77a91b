"""The offline brain thinks beside the event loop: what a page makes slow holds up nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from looks import SHOP, button, page

from ghostly.assist.brain import Dossier, Lost, Situation
from ghostly.assist.offline import OfflineBrain
from ghostly.domain.steps import Click

BRAIN = OfflineBrain()
SEEN = page(button("Save", "#save"))
DOSSIER = Dossier(
    reason="stalled", goal="Click 'Save'", observation=SEEN, done=(), evidence=(), may_continue=False
)
ASKED = {
    "propose": lambda: BRAIN.propose(Situation(goal="Click 'Save'", base_url=SHOP, observation=SEEN)),
    "repair": lambda: BRAIN.repair(Lost(step=Click(selector="#sav"), error="", goal="Click 'Save'"), SEEN),
    "judge": lambda: BRAIN.judge(DOSSIER),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
async def test_others_have_their_turn_while_it_thinks(ask: Callable[[], Awaitable[object]]):
    other = asyncio.create_task(asyncio.sleep(0))

    await ask()

    assert other.done()
