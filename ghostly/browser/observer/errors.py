"""What goes wrong on a page, heard as it happens and kept until someone looks."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Literal
from urllib.parse import urlsplit

from msgspec.structs import replace
from playwright.async_api import ConsoleMessage, Error, Page, Request, Response

from ghostly.browser.failures import plain
from ghostly.browser.observer.taking import is_taken, sent
from ghostly.browser.observer.traffic import ASKED
from ghostly.domain.observation import PageError

MOST = 50
_LOUD = 1_000  # messages of a page that nobody can listen to
_LONGEST = 500
_URL_LENGTH = 2_000
_CUT = re.compile(
    r"net::ERR_(?:CONNECTION|EMPTY_RESPONSE|NAME_NOT|INTERNET|NETWORK|TIMED_OUT|ADDRESS|PROXY|TUNNEL|SOCKET)"
)
_NOT_FETCHED = re.compile(r"TypeError: (?:Failed to fetch|network error)")
_TOLD_TWICE = "Failed to load resource: the server responded with a status"
_HARMLESS = re.compile(r"ResizeObserver loop|^AbortError\b|^Script error\.?$")
_UNCAUGHT = re.compile(r"^(?:Error: )?Uncaught (?:\(in promise\) )?")
_URL = re.compile(r"https?://[^\s()]+")
_ADDRESS = re.compile(r"[\d.]+\Z|.*:")
_SHORT_SECOND = 3  # co.uk, com.mx: what stands before is the site's own name


def is_same_site(url: str, other: str) -> bool:
    """Whether both addresses belong to one site, as far as names tell."""
    return _site(url) == _site(other) != ""


def _site(url: str) -> str:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    if _ADDRESS.match(host):
        return host
    parts = host.split(".")
    shared = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= _SHORT_SECOND
    return ".".join(parts[-3 if shared else -2 :])


class Errors:
    """A page's errors since someone last took them; hears nothing of what was before it was made."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._kept: dict[PageError, None] = {}
        self._heard = 0
        self._was_cut = False
        self._listens = False
        self.taken = 0  # of what was sent to the page's own site
        page.on("response", self._on_response)
        page.on("requestfailed", self._on_failed)
        self._listen()

    def take(self, clean: Callable[[str], str]) -> tuple[PageError, ...]:
        """Each once, in the order in which they came; ``clean`` takes secrets out of what is then cut."""
        kept, self._kept, self._heard = self._kept, {}, 0
        self._listen()
        cut = any(error.kind == "request" for error in kept)
        fair = [_softened(error) if cut or self._was_cut else error for error in kept]
        self._was_cut = cut  # the page says so a moment later, which may be after this
        return tuple(dict.fromkeys(_told(error, clean) for error in fair))

    def _listen(self) -> None:
        if not self._listens:
            self._page.on("console", self._on_console)
            self._page.on("pageerror", self._on_exception)
        self._listens = True

    def _on_console(self, message: ConsoleMessage) -> None:
        self._hear()
        if message.type == "error" and not message.text.startswith(_TOLD_TWICE):
            url = str(message.location.get("url", ""))
            self._keep(PageError(kind="console", severity="warning", text=message.text, url=url))

    def _on_exception(self, error: Error) -> None:
        self._hear()
        text = _UNCAUGHT.sub("", f"{error.name}: {error.message}" if error.name else error.message)
        places = _URL.findall(error.stack or "")
        ours = not places or any(is_same_site(place, self._page.url) for place in places)
        severity: Literal["blocking", "warning"] = "blocking" if ours and not _HARMLESS.search(text) else "warning"
        self._keep(PageError(kind="exception", severity=severity, text=text, url=places[0] if places else ""))

    def _on_response(self, response: Response) -> None:
        request = response.request
        if response.status < 400:
            self.taken += is_same_site(response.url, self._page.url) and is_taken(sent(response))
            return
        severity: Literal["blocking", "warning"] = "blocking" if self._breaks(response) else "warning"
        text = (
            f"{request.method} {request.resource_type} answered {response.status} {response.status_text}".rstrip()
        )
        self._keep(
            PageError(kind="response", severity=severity, text=text, status=response.status, url=response.url)
        )

    def _on_failed(self, request: Request) -> None:
        """Not what the page itself gave up, nor what was refused: only what nobody answered."""
        if request.resource_type in ASKED and _CUT.match(request.failure or ""):
            text = f"{request.method} {request.resource_type} got no answer: {request.failure}"
            self._keep(PageError(kind="request", severity="warning", text=text, url=request.url))

    def _breaks(self, response: Response) -> bool:
        request = response.request
        if response.status < 500 or request.resource_type not in ASKED:
            return False
        with suppress(Error):  # a service worker's requests have no frame
            if request.is_navigation_request() and response.frame == self._page.main_frame:
                return True
        return is_same_site(response.url, self._page.url)

    def _hear(self) -> None:
        """A page that says something all the time would take the whole event loop."""
        self._heard += 1
        if self._heard > _LOUD and self._listens:
            self._listens = False
            self._page.remove_listener("console", self._on_console)
            self._page.remove_listener("pageerror", self._on_exception)

    def _keep(self, error: PageError) -> None:
        if error in self._kept:
            return
        if len(self._kept) >= MOST:
            spare = next((kept for kept in reversed(self._kept) if kept.severity == "warning"), None)
            if error.severity == "warning" or spare is None:
                return
            del self._kept[spare]
        self._kept[error] = None


def _softened(error: PageError) -> PageError:
    """An application that cannot reach its server is not to be blamed for saying so."""
    if error.kind == "exception" and _NOT_FETCHED.match(error.text):
        return replace(error, severity="warning")
    return error


def _told(error: PageError, clean: Callable[[str], str]) -> PageError:
    text, url = clean(plain(error.text)), clean(error.url)
    return PageError(
        kind=error.kind,
        severity=error.severity,
        text=text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…",
        status=error.status,
        url=url[:_URL_LENGTH],
    )
