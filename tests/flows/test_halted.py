"""A drive can be halted before it has a page."""

from __future__ import annotations

from time import monotonic
from uuid import uuid4

import pytest

from ghostly.assist.offline import OfflineBrain
from ghostly.browser.pool import Browsers
from ghostly.domain.flow import Flow
from ghostly.domain.pursuit import Pursuit
from ghostly.domain.steps import Goto
from ghostly.worker.assistance import Assistance
from ghostly.worker.drive import Drive, Job
from ghostly.worker.memories import Memories

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def nothing(*_):
    return None


async def rules(_owner):
    return OfflineBrain()


@pytest.fixture
def drives(tester):
    """Makes a drive of a flow, as the tester's node would."""
    store = tester.up.store

    def drives(flow: Flow, browsers: Browsers) -> Drive:
        return Drive(
            Job(uuid4(), uuid4(), uuid4(), flow, tester.artifacts),
            worker="w",
            runs=store.runs,
            tail=store.tail,
            browsers=browsers,
            secret_of=nothing,
            assistance=Assistance(rules, Memories(store.pool), monotonic),
        )

    return drives


@pytest.mark.parametrize(
    "how", [{"steps": [Goto(url="/")]}, {"steps": [], "assist": Pursuit(goal="Look around.")}]
)
async def test_what_was_halted_before_it_had_a_page_opens_none(drives, site, how):
    browsers = Browsers(executable=None, slots=1)
    drive = drives(Flow(base_url=site.url, **how), browsers)
    await drive.halt()
    await drive.drive()
    await browsers.close()

    assert not site.visits
