"""Steps that must fail, and pages on which they do."""

from __future__ import annotations

import pytest

from ghostly.browser.failures import StepError

MOVING = """<button id=b style="position:relative">B</button>
<script>let i = 0; (function f() { b.style.left = i++ % 50 + "px"; requestAnimationFrame(f) })()</script>"""
COVER = "<div id=top style='position:fixed;inset:0'>secret"
SHORT = 2_500  # a busy machine is slow to look for the first time
LITTLE = 1_000  # where many tests wait for nothing


def late(change: str, html: str = "<p id=p>x") -> str:
    """A page with this HTML that changes so after a while."""
    return f"{html}<script>setTimeout(() => {{ {change} }}, 400)</script>"


async def fails(page, step) -> str:
    with pytest.raises(StepError) as failure:
        await page.perform(step, 1)
    return str(failure.value)


async def passes(page, step) -> bool:
    await page.perform(step, 9)
    return True
