"""What a step expects: looked at again and again until it is so, or the step's time is over."""

from __future__ import annotations

import asyncio
import difflib
import re
from contextlib import aclosing
from itertools import pairwise
from time import monotonic

import regex
from playwright.async_api import Error
from playwright.async_api import TimeoutError as TimeIsOver

from ghostly.browser.failures import StepError, is_visible
from ghostly.browser.here import Here
from ghostly.browser.reading import Text, collapsed, read
from ghostly.domain.steps import ExpectHidden, ExpectText, ExpectUrl, ExpectVisible

_PAUSES_S = (0.05, 0.1, 0.1, 0.2)
_LONGEST_PAUSE_S = 1.0
_LEAST_LOOK_S = 0.5  # a look that begins in time may end a little later
_URL_PAUSE_S = 0.05
_URL_LENGTH = 8_192
_MATCH_S = 0.5
_LINES = 200
_LINE = 120
_ALL = 120
_EXPRESSION = re.compile(r"(?:\btext=|\[name=)/")
_WORD = re.compile(r"[^\W\d_]+")

# A document that is replaced while it is read is no answer; the next one may be.
BETWEEN = re.compile(
    r"Execution context was destroyed|Cannot find context|not attached|Frame was detached|because of a navigation"
)


async def expect_text(here: Here, step: ExpectText) -> None:
    """The time that a look takes is waited at least before the next: a large page shall do other things too."""
    for attempt in range(1_000_000):
        began = monotonic()
        seen = await _look(here, step)
        if seen is None:
            return
        if here.over:
            raise here.late(_what_stands_there(here, step, seen))
        pause = _PAUSES_S[min(attempt, len(_PAUSES_S) - 1)]
        pause = min(max(pause, monotonic() - began), _LONGEST_PAUSE_S, here.left / 1000)
        await asyncio.sleep(pause)


async def _look(here: Here, step: ExpectText) -> list[Text] | None:
    """None if the text is there; else everything that was seen."""
    seen: list[Text] = []
    try:
        async with (
            asyncio.timeout(here.left / 1000 + _LEAST_LOOK_S),
            aclosing(read(here, step.selector)) as texts,
        ):
            async for text in texts:
                if text.holds(step.text):
                    return None
                seen.append(text)
    except Error as error:
        if not BETWEEN.search(error.message):
            raise
    return seen


def _what_stands_there(here: Here, step: ExpectText, seen: list[Text]) -> str:
    where = "the page" if step.selector is None else here.quote(step.selector)
    if step.selector is not None and seen and not seen[0].there:
        return f"{where} is hidden, and so is its text"
    wanted = f"{where} does not show {here.quote(step.text)}"
    if any(text.field for text in seen):
        return f"{wanted}, but something else"  # what a field holds is not told: it may be a secret
    lines = [line for text in seen for line in here.clean(text.shown).splitlines() if line.strip()]
    return f"{wanted}; {_nearest(here, here.clean(step.text), lines)}"


def _nearest(here: Here, text: str, lines: list[str]) -> str:
    everything = collapsed(" ".join(lines))
    if not everything:
        return "no text stands there"
    if len(everything) <= _ALL:
        return f"there stands {here.quote(everything, _ALL)}"
    short = {collapsed(line)[:_LINE]: None for line in lines[: 10 * _LINES]}
    wanted = _words(text)
    told = [line for line in (*short, *_pairs(lines)) if wanted and _words(line) == wanted]  # another value of it
    told += difflib.get_close_matches(collapsed(text)[:_LINE], list(short)[:_LINES], n=2, cutoff=0.5)
    if near := list(dict.fromkeys(told))[:2]:
        return "nearest: " + ", ".join(here.quote(line) for line in near)
    return f"the text there begins with {here.quote(everything, _ALL)}"


def _pairs(lines: list[str]) -> list[str]:
    """A label, and on the next line its value."""
    both = ((collapsed(a), collapsed(b)) for a, b in pairwise(lines[:_LINES]))
    return [f"{a} {b}" for a, b in both if _words(a) and not _words(b) and len(f"{a} {b}") <= _LINE]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def called(here: Here, selector: str, label: str | None) -> str:
    """How to call what a step looks for: by its selector, or by its label where that is a regular expression."""
    if label and _EXPRESSION.search(selector):
        return f"what is looked for ({here.quote(label, 200)[1:-1]})"
    return here.quote(selector, 200)


async def expect_visible(here: Here, step: ExpectVisible) -> None:
    """Visible is what has a box and is not ``visibility: hidden``."""
    await here.find(step.selector).wait_for(state="visible", timeout=here.left)


async def expect_hidden(here: Here, step: ExpectHidden) -> None:
    """What is not there is hidden as well."""
    try:
        await here.find(step.selector).wait_for(state="hidden", timeout=here.left)
    except TimeIsOver as error:
        if not is_visible(error):
            raise
        raise here.late(f"{called(here, step.selector, step.label)} is still visible") from None


async def expect_url(here: Here, step: ExpectUrl) -> None:
    """The page need not be asked: the browser tells each new address by itself."""
    tried = None
    while True:
        url = here.page.url[:_URL_LENGTH]
        if url != tried and await _fits(url, step):
            return
        tried = url
        if here.over:
            raise here.late(f"{_wanted(here, step)}; it is {here.quote(url, 200)}")
        await asyncio.sleep(min(_URL_PAUSE_S, here.left / 1000))


def _wanted(here: Here, step: ExpectUrl) -> str:
    if step.url is not None:
        return f"the address does not contain {here.quote(step.url)}"
    return f"the address does not match {here.quote(step.matches or '')}"


async def _fits(url: str, step: ExpectUrl) -> bool:
    if step.url is not None:
        return step.url in url
    try:
        # In a thread, and without the interpreter's lock: an expression may try longer than the others can wait.
        found = await asyncio.to_thread(regex.search, step.matches or "", url, timeout=_MATCH_S, concurrent=True)
    except TimeoutError:
        raise StepError(
            f"the expression '{step.matches}' tries too long on the address: make it simpler"
        ) from None
    return found is not None
