"""What came on a page since the last step that should have changed something."""

from __future__ import annotations

from ghostly.assist.vocabulary.crashes import apologizes, tells_throw, without_stack
from ghostly.browser.observer.errors import is_same_site
from ghostly.domain.observation import Observation, PageError

MOST_LINES = 30
SERVER_ERROR = 500
_LONGEST = 300
_MOST_LEFT = 0.2  # of a page that has gone but for a few words


class News:
    """What a page shows since the last step that should have changed it, and what it ever showed before."""

    def __init__(self, seen: Observation) -> None:
        self._before: Observation | None = None
        self._now = seen
        self._stood: set[str] = set()
        self._thrown: PageError | None = None
        self.was_refused = False  # the server answered 4xx to what was sent to it since then
        self.saw(seen)

    def acted(self, before: Observation) -> None:
        """A step was done on this page."""
        self._before, self._thrown, self.was_refused = before, None, False

    def saw(self, seen: Observation) -> None:
        """The page looks like this now."""
        if seen.text != self._now.text:
            self._stood.update(lines_of(self._now))
        self._now = seen
        self._thrown = self._thrown or next((one for one in seen.errors if _is_thrown(one, seen.url)), None)
        self.was_refused |= any(_is_refusal(one, seen.url) for one in seen.errors)

    @property
    def stood(self) -> frozenset[str]:
        """The lines that the page showed at any time before now."""
        return frozenset(self._stood)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that it shows only since then."""
        known = set(lines_of(self._before)) if self._before else set()
        new = dict.fromkeys(line for line in lines_of(self._now) if line not in known)
        return tuple(line for line in new if len(line) <= _LONGEST)[:MOST_LINES]

    @property
    def crash(self) -> str | None:
        """What the page threw and caught itself, if all that it shows since then is that it is sorry."""
        if self._thrown is None:
            return None
        said = next(filter(apologizes, self.lines), None)
        if said is None and not self._is_emptied:
            return None
        thrown = without_stack(self._thrown.text)[:200]
        return f"the page says '{said}': {thrown}" if said else f"the page went blank: {thrown}"

    @property
    def _is_emptied(self) -> bool:
        before, now = self._before, self._now
        if before is None or before.url != now.url or not before.controls:
            return False
        left = len(now.text) <= _MOST_LEFT * len(before.text)
        return left and len(now.controls) <= _MOST_LEFT * len(before.controls)


def lines_of(seen: Observation) -> list[str]:
    """What it shows, line by line, white space aside."""
    return [line for each in seen.text.splitlines() if (line := " ".join(each.split()))]


def said(seen: Observation) -> tuple[str, ...]:
    """What it shows line by line, and what its controls are called: a badge may have its words only there."""
    return (*lines_of(seen), *(" ".join(one.name.split()) for one in seen.controls if one.name))


def _is_refusal(error: PageError, url: str) -> bool:
    """Whether the site answered 4xx to what was sent; what a stranger's counter is told matters to nobody."""
    is_4xx = error.kind == "response" and error.status is not None and error.status < SERVER_ERROR
    return is_4xx and not error.text.startswith(("GET ", "HEAD ")) and is_same_site(error.url, url)


def _is_thrown(error: PageError, url: str) -> bool:
    """Whether a script of the site complains of an error of its own making, not of a server that is silent."""
    if error.kind != "console" or not tells_throw(error.text):
        return False
    return not error.url.startswith("http") or is_same_site(error.url, url)
