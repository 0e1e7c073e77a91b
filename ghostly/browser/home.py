"""The origin on which a run stays."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from urllib.parse import urljoin

from playwright.async_api import Error, Page

from ghostly.browser.failures import StepError
from ghostly.domain.flow import origin

_ERROR_PAGE = "chrome-error:"
_BLOCKED = "about:blank#blocked"  # what Chromium shows instead of a page of its own
_LEAVE_S = 1.0


class Home:
    """Where the flow's base URL is, and the further origins that are allowed."""

    def __init__(self, base_url: str, allowed: frozenset[str] = frozenset()) -> None:
        self._base_url = base_url
        self._origin = origin(base_url)
        self._origins = allowed | {self._origin}

    def absolute(self, url: str) -> str:
        """The address that a step means by ``url``, wherever it is."""
        try:
            return urljoin(self._base_url, url)
        except ValueError:
            return url

    def address(self, url: str) -> str:
        """The same, but only at home; raises ``StepError`` elsewhere."""
        absolute = self.absolute(url)
        if origin(absolute) not in self._origins:
            raise StepError(f"'{absolute}' was not opened: it is not on the origin {self._origin}")
        return absolute

    async def bring_back(self, page: Page) -> str | None:
        """Where the page went, if it is on another origin, which it then leaves; None at home and nowhere."""
        departure = self.departure(page.url)
        if departure is not None:
            with suppress(Error, TimeoutError):
                async with asyncio.timeout(_LEAVE_S):
                    await page.goto("about:blank")
        return departure

    def departure(self, url: str) -> str | None:
        """What to say of a page that went to ``url``; None at home and nowhere."""
        nowhere = url.startswith(("about:", _ERROR_PAGE)) and url != _BLOCKED
        if not url or nowhere or origin(url.removeprefix("blob:")) in self._origins:
            return None
        return f"left the origin {self._origin}: the page went to '{url}'"


def is_error_page(url: str) -> bool:
    """Whether the browser shows its own page, because what was to be shown could not be loaded."""
    return url.startswith(_ERROR_PAGE)
