"""Steps that must fail, and pages on which they do."""

from __future__ import annotations

import asyncio

import pytest

from ghostly.browser.failures import StepError

MOVING = """<button id=b style="position:relative">B</button>
<script>let i = 0; (function f() { b.style.left = i++ % 50 + "px"; requestAnimationFrame(f) })()</script>"""
COVER = "<div id=top style='position:fixed;inset:0'>secret"
SHORT = 2_500  # a busy machine is slow to look for the first time
LITTLE = 1_000  # where many tests wait for nothing
PATIENCE_S = 60
SILENT = "the page does not answer; a script may keep it busy"


def late(change: str, html: str = "<p id=p>x") -> str:
    """A page with this HTML that changes so after a while."""
    return f"{html}<script>setTimeout(() => {{ {change} }}, 400)</script>"


async def fails(page, step) -> str:
    """What is said of the failure in the end: on a busy machine a page may be as silent as one that hangs."""
    async with asyncio.timeout(PATIENCE_S):
        while SILENT in (told := await says(page, step)):
            pass
    return told


async def says(page, step) -> str:
    with pytest.raises(StepError) as failure:
        await page.perform(step, 1)
    return str(failure.value)


async def passes(page, step) -> bool:
    await page.perform(step, 9)
    return True
