"""What a page asked for and has no answer to yet."""

from __future__ import annotations

import asyncio
from time import monotonic

from playwright.async_api import Page, Request

ASKED = {"document", "fetch", "xhr"}
QUIET_S = 0.2
STILL_S = 0.05  # enough of a page whose scripts have never asked for anything
READS_S = 3.0  # what takes longer is a stream, or a wait for news
WRITES_S = 10.0  # nothing that is shown is true before it is known what became of it
READING = {"GET", "HEAD"}
_PARTS = {"stylesheet", "image", "media", "font", "script", "texttrack", "manifest"}  # of what is shown
_BY_SCRIPT = {"fetch", "xhr"}
_LOOK_S = 0.025
_MOST = 500


class Traffic:
    """A page's open requests, of those that it waits for; knows nothing of what was before it was made."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._open: dict[Request, float] = {}
        self._under_way: set[Request] = set()  # whoever asks for them
        self._last = self._loaded = monotonic()
        self._is_untouched = False
        self._quiet_s = STILL_S
        self._has_spoken = False
        page.on("load", self._on_load)
        page.on("websocket", self._speak)
        page.on("request", self._on_request)
        page.on("requestfinished", self._on_end)
        page.on("requestfailed", self._on_end)

    def act(self) -> None:
        """Something was done to the page just now."""
        self._is_untouched = False

    @property
    def since_load_s(self) -> float:
        """How long ago the page was loaded."""
        return monotonic() - self._loaded

    @property
    def is_silent(self) -> bool:
        """Whether nothing is open, scripts have never asked for more than parts of a page, nor anybody acted."""
        return self._is_untouched and not self._under_way and not self._has_spoken

    async def rest(self) -> None:
        """Wait until nothing has been open for a moment, but for what takes too long; not for a page that went."""
        began = self._last = monotonic()  # what is asked for because of what was just done may still come
        while True:
            if not self._is_busy(began) or self._page.is_closed():
                return
            await asyncio.sleep(_LOOK_S)

    def _is_busy(self, began: float) -> bool:
        now = monotonic()
        if now - began >= WRITES_S:
            return False
        if any(now - at < WRITES_S and request.method not in READING for request, at in self._open.items()):
            return True
        reads = any(now - at < READS_S for at in self._open.values())
        return (reads or now - self._last < self._quiet_s) and now - began < READS_S

    def _on_request(self, request: Request) -> None:
        if not self._has_spoken:
            self._under_way.add(request)
            self._has_spoken = request.resource_type not in {"document", *_PARTS} or len(self._under_way) > _MOST
        if request.resource_type in _BY_SCRIPT:
            self._quiet_s = QUIET_S  # what was answered may be followed by another question
        if request.resource_type in ASKED and len(self._open) < _MOST:
            self._open[request] = self._last = monotonic()

    def _on_load(self, _page: Page) -> None:
        self._loaded = monotonic()
        self._is_untouched = True

    def _speak(self, *_: object) -> None:
        self._has_spoken = True

    def _on_end(self, request: Request) -> None:
        self._under_way.discard(request)
        if self._open.pop(request, None) is not None:
            self._last = monotonic()
