"""Takes the screenshots of a run, with its secrets covered."""

from __future__ import annotations

import asyncio
import logging

from playwright.async_api import Error, Page

from ghostly.browser.artifacts import Artifact, Artifacts

log = logging.getLogger("ghostly.browser")


class Camera:
    """Looks at one page and keeps what it sees among the run's artifacts."""

    def __init__(self, page: Page, artifacts: Artifacts) -> None:
        self._page = page
        self._artifacts = artifacts
        self._masked: list[str] = []

    def mask(self, selector: str) -> None:
        """Cover what the selector matches from now on."""
        if selector not in self._masked:
            self._masked.append(selector)

    async def shoot(self, name: str, limit: int) -> Artifact | None:
        """A screenshot; None if the page does not show itself in ``limit`` milliseconds or the disk refuses."""
        covered = [self._page.locator(selector) for selector in self._masked]
        try:
            async with asyncio.timeout(limit / 1000):  # on a page that hangs Playwright's own is not enough
                png = await self._page.screenshot(timeout=limit, mask=covered)
            return await self._artifacts.keep(name, png, "image/png")
        except (Error, OSError) as error:  # which TimeoutError is too
            if getattr(error, "strerror", None):
                log.warning("%s could not be kept: %s", name, error)
            return None
