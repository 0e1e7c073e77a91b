"""What assistance costs where it has little to do: a whole plan that was given, beside a manual run of it."""

from __future__ import annotations

from functools import partial

from bench.pairs import Bar, Row, beside
from bench.run import FIVE, TWENTY, run, timed
from bench.stage import Stage

ASSIST = {
    "v2": True,
    "goal": "The page says that it is done",
    "isFullPlan": True,
    "memoryMode": "off",
    "victory": {"textIncludes": ["Done"], "revalidate": False},
}
THAN = "the same steps as a manual run"


async def measure(stage: Stage) -> list[Row]:
    """The same steps on the same node with one worker, from POST to finished record, one at a time."""
    rows = []
    async with stage.child("page") as page, stage.database() as dsn, stage.node(dsn, workers=1) as node:
        url = f"http://127.0.0.1:{(await page.hear())['port']}"
        for steps, rounds in ((FIVE, 40), (TWENTY, 15)):
            sides = {
                "assisted": timed(partial(run, node, url, steps, assist=ASSIST), 1, 1),
                "manual": timed(partial(run, node, url, steps), 1, 1),
            }
            what = f"a {len(steps)}-step run with assistance, its plan given whole"
            taken = await stage.in_turn(f"overhead: {what}", sides, stage.rounds(rounds))
            rows.append(
                beside(taken["assisted"], taken["manual"], what=what, than=THAN, unit="ms", bar=Bar("≤", 1.5))
            )
    return rows
