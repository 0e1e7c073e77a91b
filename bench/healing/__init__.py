"""Changes pages at random, always the same way, and asks three methods where the control is now.

The healer, the plain selector, and Similo as it was published. ``label`` in cases.py says what is fair to ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.healing.playing import play
from bench.healing.tally import block, rows
from bench.pairs import Rows

if TYPE_CHECKING:
    from bench.stage import Stage

EACH, EACH_SHORT = 80, 6


async def measure(stage: Stage) -> Rows:
    """So many cases of each of the twenty-nine pages, of which eight were looked at while the healer was made."""
    with stage.doing("healing"):
        outcomes = await play(stage.browser, EACH_SHORT if stage.short else EACH)
    return Rows(rows(outcomes), block(outcomes))
