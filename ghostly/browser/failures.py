"""How the browser's side says no, and Playwright's errors put into words that a person understands."""

from __future__ import annotations

import re
from typing import NamedTuple

from playwright.async_api import Error, TimeoutError  # noqa: A004 -- Playwright's is not the builtin


class BrowserUnavailable(Exception):
    """No browser can be started here; the text says the way out and names no path."""


class BrowserGone(Exception):
    """The browser, or the page's process, is not there any more: crashed, killed, or closed to stop the run."""


class StepError(Exception):
    """The page did not do what the step asked; the text says what was sought and what happened."""


class TargetUnreachable(StepError):
    """No document came, because nothing answers where it should come from; ``code`` is the browser's for it."""

    def __init__(self, text: str, code: str = "") -> None:
        super().__init__(text)
        self.code = code


class Departed(StepError):
    """The page went to another origin, where no run may be, and was left there at once."""


class NothingMatched(StepError):
    """No element was there in time: nothing was clicked, and nothing typed."""


class Unanswered(StepError):
    """What the step does was begun, and the page did not answer: it may have had its effect."""


class Sought(NamedTuple):
    """What a step looks for, as a person would name it, and how long (milliseconds)."""

    what: str
    limit: int


LONGEST = 600
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
# Control characters, and those that turn the direction of writing: a page could make a terminal lie by them.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_API_NAME = re.compile(r"\A(?:[A-Z]\w+\.\w+: )?(?:Error: )?(?:Protocol error \([\w.]+\): )?")
_GONE = re.compile(r"Target page, context or browser has been closed|(?:Page|Target) crashed|Connection closed")
_AMBIGUOUS = re.compile(r"strict mode violation: .* resolved to (\d+) elements")
_NETWORK = re.compile(r"net::(ERR_\w+)")
_BROKEN = re.compile(r"(?:Type|Reference|Range|Syntax)Error: ")
_DOWNLOAD = "Download is starting"

_UNREACHABLE = {
    "ERR_ADDRESS_UNREACHABLE": "there is no way to its address",
    "ERR_CONNECTION_CLOSED": "the connection was closed",
    "ERR_CONNECTION_FAILED": "no connection could be made",
    "ERR_CONNECTION_REFUSED": "the connection was refused",
    "ERR_CONNECTION_RESET": "the connection was reset",
    "ERR_CONNECTION_TIMED_OUT": "the connection timed out",
    "ERR_EMPTY_RESPONSE": "the server closed the connection without an answer",
    "ERR_INTERNET_DISCONNECTED": "there is no network",
    "ERR_NAME_NOT_RESOLVED": "its name is not known (DNS)",
    "ERR_NETWORK_CHANGED": "the network changed",
    "ERR_PROXY_CONNECTION_FAILED": "the proxy refused the connection",
    "ERR_SSL_PROTOCOL_ERROR": "the server does not speak TLS",
    "ERR_TUNNEL_CONNECTION_FAILED": "the proxy did not let it through",
}

_NOT_LOADED = {
    "ERR_ABORTED": "brought no document: the answer was an empty one, as HTTP 204 is, or something stopped it",
    "ERR_TOO_MANY_REDIRECTS": "leads from redirect to redirect without an end",
    "ERR_UNSAFE_REDIRECT": "redirects to where no page may lead",
}

_BEGUN = "the {found} on {what} was begun, but the page did not answer"

# What the call log says last about an element is why the time ran out. Lines are matched from their beginning,
# because what follows is the page's own text.
_REASONS = (
    (re.compile(r"- (<[^>]{1,100}>).* intercepts pointer events"), "{what} is covered by {found}"),
    (re.compile(r"- element is not (visible|enabled|editable)\Z"), "{what} is not {found}"),
    (re.compile(r"- element is (inert)\Z"), "{what} is {found}: something else must be answered first"),
    (re.compile(r"- (option being selected) is not enabled\Z"), "{what} has that option, but it is not enabled"),
    (re.compile(r"- (did not find some options)\Z"), "{what} has no such option"),
    (re.compile(r"- element is not (stable)\Z"), "{what} does not stop moving"),
    (re.compile(r"- element is (outside of the viewport)"), "{what} is {found}"),
    (re.compile(r"- performing (\w+) action\Z"), _BEGUN),
    (re.compile(r"(?:-|\d+ \S) locator resolved to (hidden|visible) "), "{what} is {found}"),
    (re.compile(r"(?:-|\d+ \S) locator resolved to (<)"), "{what} was found, but did not become ready"),
    (re.compile(r"- navigating to (.)"), "{what} did not finish loading"),
    (re.compile(r"- waiting for (?!element to be)(.)"), "no element matched {what}"),
)


def explain(error: Error, sought: Sought) -> StepError | BrowserGone:
    """The same failure as one of ours, in a sentence without the driver's log."""
    text = _ESCAPE.sub("", error.message)
    if isinstance(error, TimeoutError):
        kind = Unanswered if _last_seen(text)[0] is _BEGUN else StepError
        return kind(f"Timeout {sought.limit} ms: {_reason(text, sought.what)}")
    first_line = _API_NAME.sub("", text).partition("\n")[0].strip()
    if _GONE.match(first_line):
        what = "page crashed, and its process is gone" if "crashed" in first_line else "browser went away"
        return BrowserGone(f"The {what}: {first_line}")
    if code := _NETWORK.match(first_line):
        return not_loaded(code[1], sought.what)
    if first_line == _DOWNLOAD:
        return StepError(f"{sought.what} is a download and not a page")
    if _BROKEN.match(first_line):  # our own scripts work on every page that leaves them what they are made of
        return StepError(f"{sought.what} cannot be read: the page changed what every script needs ({first_line})")
    return StepError(f"{sought.what}: {first_line}")


def plain(text: str) -> str:
    """The text on one line, with nothing in it that a terminal obeys."""
    return _UNPRINTABLE.sub(" ", _ESCAPE.sub("", text))


def how_many_matched(error: Error) -> int | None:
    """How many elements an ambiguous selector matched; None if the error is another one."""
    found = _AMBIGUOUS.search(error.message.partition("\n")[0])
    return int(found[1]) if found else None


def nothing_matched(error: Error) -> bool:
    """Whether the time ran out before any element was seen."""
    return isinstance(error, TimeoutError) and _reason(error.message, "").startswith("no element")


def shorten(text: str) -> str:
    """The text as it is told: on one line, cut. Secrets must be gone before: half of one is found no more."""
    told = plain(text)
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"


def option_is_missing(error: TimeoutError) -> bool:
    """Whether the time ran out before the options were there that a step chooses."""
    return _reason(error.message, "").endswith("has no such option")


def is_visible(error: TimeoutError) -> bool:
    """Whether the time ran out while the element was to be seen."""
    return _reason(error.message, "").endswith(" is visible")


def _reason(text: str, what: str) -> str:
    words, found = _last_seen(text)
    return words.format(what=what, found=found)


def _last_seen(text: str) -> tuple[str, str]:
    """What to say of the last line of the log that tells anything, and what it found."""
    for line in reversed(text.splitlines()):
        for pattern, words in _REASONS:
            if found := pattern.match(line.strip()):
                return words, found[1]
    return "{what} did not come about", ""


def not_loaded(code: str, what: str) -> StepError:
    """What the browser's code for a failure means."""
    if code in _UNREACHABLE:
        return TargetUnreachable(f"{what} cannot be reached: {_UNREACHABLE[code]} ({code})", code)
    if code.startswith("ERR_CERT_"):
        return TargetUnreachable(f"{what} cannot be reached: its certificate is not trusted ({code})", code)
    why = _NOT_LOADED.get(code)
    return StepError(f"{what} {why} ({code})" if why else f"{what} could not be loaded ({code})")
