"""Where a step is done, and what its action may use there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from playwright.async_api import Locator, Page

from ghostly.browser.failures import StepError, plain
from ghostly.browser.home import Home
from ghostly.browser.uploads import Uploads

Clean = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Place:
    """What all steps of a run have in common."""

    page: Page
    home: Home
    uploads: Uploads


class Here:
    """The page, the time that is left for this step, and what there is to tell afterwards.

    ``limit`` and ``spent`` are milliseconds; ``clean`` takes the run's secrets out of a text. ``anchor`` finds the
    step's element in place of its own selector.
    """

    def __init__(
        self,
        place: Place,
        limit: int,
        *,
        spent: float = 0.0,
        clean: Clean = str,
        anchor: str | None = None,
    ) -> None:
        self.page = place.page
        self.home = place.home
        self.uploads = place.uploads
        self.limit = limit
        self.notes: list[str] = []
        self.a11y: str | None = None
        self.anchor = anchor
        self._clean = clean
        self._first = False
        self._deadline = monotonic() + (limit - spent) / 1000

    @property
    def left(self) -> float:
        """Milliseconds, never none at all: Playwright takes 0 for ever."""
        return max(1.0, (self._deadline - monotonic()) * 1000)

    @property
    def over(self) -> bool:
        """Whether no time is left."""
        return monotonic() >= self._deadline

    def find(self, selector: str) -> Locator:
        """The element; an ambiguous selector is an error until ``take_first``."""
        locator = self.page.locator(self.anchor or selector)
        return locator.first if self._first else locator

    def take_first(self, of: int) -> None:
        """Settle an ambiguous selector by the first of its elements, and say so."""
        self._first = True
        self.notes.append(f"selector matched {of} elements; used the first")

    def clean(self, text: str) -> str:
        """The text without secrets, which must be taken out before it is cut: half of one is found no more."""
        return self._clean(text)

    def quote(self, text: str, longest: int = 100) -> str:
        """What a page or a step says, fit to be told: without secrets, on one line, cut, in quotation marks."""
        words = " ".join(plain(self._clean(text)).split())
        return f"'{words if len(words) <= longest else words[: longest - 1] + '…'}'"

    def late(self, what_is_wrong: str) -> StepError:
        """The failure of a step whose time is over."""
        return StepError(f"Timeout {self.limit} ms: {what_is_wrong}")
