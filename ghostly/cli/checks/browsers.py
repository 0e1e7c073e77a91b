"""The browsers, and what they need."""

from __future__ import annotations

import asyncio
import os

from ghostly.browser import checkup, ffmpeg
from ghostly.browser.failures import BrowserUnavailable
from ghostly.browser.remote import Remote
from ghostly.cli.checks.finding import Finding
from ghostly.settings import Settings


async def driver(_: Settings) -> Finding:
    """The process that drives browsers."""
    try:
        version = await asyncio.to_thread(checkup.driver)
    except BrowserUnavailable as error:
        said, mend = str(error).split(": ", 1)
        return Finding("Playwright", "missing", said, mend)
    return Finding("Playwright", "good", f"its driver runs on Node.js {version}")


async def headless(given: Settings) -> Finding:
    """The browser of nearly every run."""
    if given.browser_ws:
        return await _remote(given, Remote(given.browser_ws))
    return await _browser("Chromium, headless", given, headless=True)


async def headed(given: Settings) -> Finding:
    """The browser of runs that want to be seen."""
    if given.browser_ws:
        return _elsewhere("Chromium, headed")
    return await _browser("Chromium, headed", given, headless=False)


async def _browser(what: str, given: Settings, *, headless: bool) -> Finding:
    try:
        return Finding(what, "good", await checkup.browser(given.chromium, headless=headless))
    except BrowserUnavailable as error:
        said, mend = str(error).split(": ", 1)
        return Finding(what, "missing" if headless else "limited", said, mend.rstrip("."))


async def _remote(given: Settings, there: Remote) -> Finding:
    what = "Chromium, remote"
    if given.egress == "guarded":
        mend = "set GHOSTLY_EGRESS=open, and bound what it reaches where it runs"
        return Finding(what, "missing", "a browser that was started elsewhere cannot be guarded", mend)
    try:
        return Finding(what, "good", await checkup.elsewhere(there))
    except BrowserUnavailable as error:
        said, mend = str(error).split(": ", 1)
        return Finding(what, "missing", f"{said} ({there.shown})", mend.rstrip("."))


def _elsewhere(what: str) -> Finding:
    return Finding(what, "good", "not looked at: browsers run elsewhere")


async def sandbox(given: Settings) -> Finding:
    """Whether pages are kept from the machine."""
    if given.browser_ws:
        return _elsewhere("sandbox")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        mend = "start Ghostly as another user than root"
        return Finding("sandbox", "limited", "Chromium runs without its sandbox, because this is root", mend)
    return Finding("sandbox", "good", "Chromium runs in its sandbox")


async def video(given: Settings) -> Finding:
    """What makes videos."""
    if given.browser_ws and not Remote(given.browser_ws).speaks_cdp:
        return _elsewhere("ffmpeg")
    if await asyncio.to_thread(ffmpeg.provide):
        return Finding("ffmpeg", "good", "videos can be recorded")
    return Finding("ffmpeg", "limited", "no videos can be recorded", "playwright install ffmpeg")
