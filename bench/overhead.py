"""What assistance costs where it has little to do: a whole plan that was given, beside a manual run of it."""

from __future__ import annotations

from bench.pairs import Bar, Row, beside
from bench.run import FIVE, run, timed
from bench.stage import Stage

ASSIST = {
    "v2": True,
    "goal": "The page says that it is done",
    "isFullPlan": True,
    "memoryMode": "off",
    "victory": {"textIncludes": ["Done"], "revalidate": False},
}
WHAT = "a 5-step run with assistance, its plan given whole"


async def measure(stage: Stage) -> list[Row]:
    """The same five steps on the same node with one worker, from POST to finished record, one at a time."""
    async with stage.child("page") as page, stage.database() as dsn, stage.node(dsn, workers=1) as node:
        url = f"http://127.0.0.1:{(await page.hear())['port']}"
        sides = {
            "assisted": timed(lambda: run(node, url, FIVE, assist=ASSIST), 1, 1),
            "manual": timed(lambda: run(node, url, FIVE), 1, 1),
        }
        taken = await stage.in_turn("overhead: manual and assisted", sides, stage.rounds(40))
    than = "the same steps as a manual run"
    return [beside(taken["assisted"], taken["manual"], what=WHAT, than=than, unit="ms", bar=Bar("≤", 1.5))]
