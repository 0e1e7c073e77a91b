"""One look at a page, for whoever plans before there is a run."""

from __future__ import annotations

import asyncio
from pathlib import Path

from ghostly.browser.failures import BrowserUnavailable
from ghostly.browser.pool import Browsers
from ghostly.domain.flow import Flow
from ghostly.domain.observation import Observation

PATIENCE_S = 30.0
VISIT_MS = 20_000
NODES = 300
NAME = "plan"


class Lookout:
    """Looks through the browsers of this node's worker, in a slot of theirs."""

    def __init__(self, browsers: Browsers, files: Path) -> None:
        self._browsers = browsers
        self._files = files / NAME  # nothing is kept, so nothing is made

    async def look(self, url: str) -> Observation:
        """What the page at this address looks like.

        Raises ``StepError`` if no page comes, ``TargetUnreachable`` if nothing answers there,
        ``BrowserUnavailable`` if no browser is free in time, and ``BrowserGone``.
        """
        flow = Flow(base_url=url, steps=[], default_timeout_ms=VISIT_MS)
        try:
            async with (
                asyncio.timeout(PATIENCE_S),
                self._browsers.page(flow, artifacts=self._files, run=NAME) as page,
            ):
                observer = page.observer()
                await page.visit(url)
                return await observer.look(NODES)
        except TimeoutError as error:
            raise BrowserUnavailable("No browser was free in time.") from error
