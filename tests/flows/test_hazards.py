"""What a page can do, and what then becomes of the run, of the next one, and of the machine."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from ghostly.http.client import Client
from tests.flows.hazard_site import HazardSite
from tests.flows.hazardous import at_rest, client, next_run, ours, pages, run_through, until
from tests.flows.hazards import HAZARDS, Hazard

__all__ = ["at_rest", "client", "pages"]

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATIENCE_S = 30
AFTERWARDS_S = 10  # what a step may take beyond its time: a look at the page, downloads, a picture


class Matching(str):
    """Equals every text in which this pattern is found."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, text: object) -> bool:
        return re.search(self, str(text)) is not None


@dataclass(frozen=True)
class Aftermath:
    """What was found after a run on a hazard: its record, the next run's, and the processes too many."""

    hazard: Hazard
    record: Any
    following: Any
    left: Counter[str]

    @property
    def said(self) -> str:
        return "; ".join(step[key] for step in self.record["steps"] for key in ("note", "error") if key in step)


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=HAZARDS)
async def aftermath(request, client: Client, pages: HazardSite, at_rest: Counter[str]) -> Aftermath:
    hazard = HAZARDS[request.param]
    record = await run_through(client, hazard.body(pages.url))
    following = await next_run(client, pages)
    rest = await until(lambda: not Counter(ours().values()) - at_rest, PATIENCE_S)
    return Aftermath(hazard, record, following, Counter() if rest else Counter(ours().values()) - at_rest)


async def test_a_run_on_a_hazard_comes_to_a_truthful_result(aftermath):
    assert (aftermath.record["status"], aftermath.said) == (
        aftermath.hazard.ends,
        Matching(aftermath.hazard.says),
    )


async def test_no_step_takes_much_longer_than_it_may(aftermath):
    limit = aftermath.hazard.limit + 1000 * AFTERWARDS_S

    assert all(step["durationMs"] < limit for step in aftermath.record["steps"])


async def test_the_next_run_knows_nothing_of_a_hazard(aftermath):
    assert aftermath.following["status"] == "pass", aftermath.following["steps"][-1]


async def test_no_process_of_a_hazard_is_left(aftermath):
    assert not aftermath.left
