"""A manual run of five steps through the guarded egress, beside the same run in open mode."""

from __future__ import annotations

from bench.pairs import Row, beside
from bench.run import AT_ONCE, FIVE, run, timed
from bench.stage import Stage

WAYS = (
    (1, 40, "a 5-step run, guarded, one at a time"),
    (AT_ONCE, 12, "8 at once, guarded, until the last has finished"),
)


async def measure(stage: Stage) -> list[Row]:
    """What the proxy costs: no bar, it is what safety costs."""
    async with stage.child("page") as page:
        url = f"http://127.0.0.1:{(await page.hear())['port']}"
        return [await _row(stage, url, at_once, rounds, what) for at_once, rounds, what in WAYS]


async def _row(stage: Stage, url: str, at_once: int, rounds: int, what: str) -> Row:
    async with (
        stage.database() as one,
        stage.database() as another,
        stage.node(one, workers=at_once, guarded=True) as guarded,
        stage.node(another, workers=at_once) as openly,
    ):
        sides = {
            "guarded": timed(lambda: run(guarded, url, FIVE), at_once, at_once),
            "open": timed(lambda: run(openly, url, FIVE), at_once, at_once),
        }
        taken = await stage.in_turn(f"egress: {what}", sides, stage.rounds(rounds))
    return beside(taken["guarded"], taken["open"], what=what, than="open egress", unit="ms", bar=None)
