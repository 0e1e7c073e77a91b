"""A browser that was started elsewhere: where it is, how it is reached, and the way out where it is not."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, Playwright

from ghostly.browser.failures import BrowserUnavailable

log = logging.getLogger("ghostly.browser")

NO_PAGE = "The remote browser answers, but opens no page: start it anew."

_CONNECT_MS = 15_000
_CDP_PATH = "/devtools/"
_URL = re.compile(r"(?:https?|wss?)://[^\s'\"<>]+")
_ADDRESS = re.compile(r"(\w+://)(?:[^/?#]*@)?([^/?#]*)")
_LAUNCH_OPTIONS = "x-playwright-launch-options"  # what a Playwright server starts the browser of a connection with

_WAYS_OUT = (
    (
        "Playwright version mismatch",
        "The Playwright server is of another version than this Ghostly's Playwright: install the same there.",
    ),
    (
        "Executable doesn't exist",
        "The Playwright server has no Chromium: run 'playwright install chromium' where it runs.",
    ),
    (
        "Missing X server",
        "A headed run needs a display where the Playwright server runs: use xvfb-run there, or run it headless.",
    ),
    (
        "Malformed endpoint",
        "What answers there is no Playwright server with browsers: correct GHOSTLY_BROWSER_WS.",
    ),
)
_OTHERWISE = "The remote browser cannot be reached: start it, or correct GHOSTLY_BROWSER_WS."


@dataclass(frozen=True, slots=True)
class Remote:
    """Where a browser is that somebody else starts and ends: a Playwright server, or a CDP endpoint."""

    url: str = field(repr=False)

    @property
    def speaks_cdp(self) -> bool:
        """Whether it is Chromium itself that answers there, and not a Playwright server."""
        parts = urlsplit(self.url)
        return parts.scheme in {"http", "https"} or parts.path.startswith(_CDP_PATH)

    @property
    def shown(self) -> str:
        """The address without what opens it: no user, no password, no path, no query."""
        return _shown(self.url)

    async def connect(self, playwright: Playwright, *, headless: bool, traces: Path) -> Browser:
        """A browser there; a Playwright server starts one for this connection and ends it with that.

        Traces under way are written to ``traces``, if they are made here. Raises Playwright's ``Error``.
        """
        if self.speaks_cdp:
            there = playwright.chromium.connect_over_cdp
            return await there(self.url, timeout=_CONNECT_MS, artifacts_dir=traces, no_defaults=True)
        options = {_LAUNCH_OPTIONS: json.dumps({"headless": headless})}
        return await playwright.chromium.connect(self.url, timeout=_CONNECT_MS, headers=options)

    def way_out(self, error: Exception) -> BrowserUnavailable:
        """Why it could not be reached, in one sentence that says what to do; the log gets the rest."""
        symptoms = str(error) or type(error).__name__
        told = _URL.sub(lambda found: _shown(found[0]), symptoms.partition("\n")[0])
        log.error("The browser at %s cannot be used: %s", self.shown, told)
        return BrowserUnavailable(next((way for symptom, way in _WAYS_OUT if symptom in symptoms), _OTHERWISE))


def _shown(url: str) -> str:
    parts = _ADDRESS.match(url)
    return f"{parts[1]}{parts[2]}" if parts else "…"
