"""What types a secret types one as well where it was healed."""

from __future__ import annotations

from looks import field
from looks import page as looks_like
from scenes import Recall, Scene, Script, page, pursued

from ghostly.assist.brain import Lost, Repair
from ghostly.assist.healing import repair
from ghostly.domain.steps import Fill

TOKEN = Fill(selector="#api-token", value="abc-123")
HEALED = Fill(selector="#f3", value="abc-123", secret=True)


def test_a_secret_stays_one_where_only_the_lost_selector_told_so():
    seen = looks_like(field("API token", "#f3"))
    found = repair(Lost(step=TOKEN, error="no element matched", goal=""), seen)

    assert found is not None
    assert found.step == HEALED


async def test_a_secret_stays_one_whoever_repairs_the_step():
    scene = Scene([page(), page("Done")], failing={"#api-token"})
    script = Script(repairs=[Repair(step=Fill(selector="#f3", value="abc-123"), rationale="it is there")])
    await pursued(scene, script, plan=(TOKEN,), memory=Recall())

    assert scene.done == [TOKEN, HEALED]
