"""Which Chromium is started, with which arguments; and the way out where none can be."""

from __future__ import annotations

import logging
import os
import shutil
from functools import cache
from pathlib import Path

from playwright.async_api import Browser, Playwright

from ghostly.browser.failures import BrowserUnavailable
from ghostly.browser.processes import mark

log = logging.getLogger("ghostly.browser")

_LAUNCH_MS = 15_000
_SHELLS = ("chromium-headless-shell", "chrome-headless-shell")  # twice as fast as the whole browser
_WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ARGUMENTS = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Playwright takes this protection away. Without it a page that calls pushState in a loop floods all who listen to
# the browser, this process among them, with more events than they can read.
_KEPT = ("--disable-ipc-flooding-protection",)

# What would otherwise go past the proxy: names that the browser looks up by itself, and WebRTC's datagrams. The
# headless shell and the whole browser know that policy by different names.
_ENCLOSING = (
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
)

_NOT_THERE = "The browser that was configured is not an executable file: correct its path, or leave it out."
_NONE = (
    "No Chromium is installed: install the package chromium (headless, chromium-headless-shell is enough), "
    "or run 'playwright install chromium'."
)
_WAYS_OUT = (
    ("Executable doesn't exist", _NONE),
    (
        "No usable sandbox",
        "The kernel does not let Chromium make its sandbox: allow unprivileged user namespaces.",
    ),
    ("Missing X server", "A headed run needs a display: set DISPLAY, use xvfb-run, or run it headless."),
    (
        "loading shared libraries",
        "Chromium lacks libraries of the system: run 'playwright install-deps chromium'.",
    ),
)
NO_PAGE = "Chromium starts, but opens no page: run it by hand to see why."
_OTHERWISE = "Chromium does not start: run it by hand once to see why, or configure another one."


def find(configured: str | None, *, headless: bool) -> str | None:
    """The executable to start: the configured one, else one on the PATH; None leaves it to Playwright's own.

    Raises ``BrowserUnavailable`` if the configured one is no executable. A headless shell is never used headed.
    """
    if configured and (headless or "headless" not in Path(configured).name):
        if shutil.which(configured) is None:
            raise BrowserUnavailable(_NOT_THERE)
        return configured
    candidates = (*_SHELLS, *_WHOLE) if headless else _WHOLE
    return next((path for path in map(shutil.which, candidates) if path), None)


async def launch(
    playwright: Playwright,
    configured: str | None,
    *,
    headless: bool,
    downloads: Path | None = None,
    traces: Path | None = None,
    proxy: str | None = None,
) -> Browser:
    """Start one that writes downloads and traces there, and reaches nothing but the proxy, if there is one.

    Raises Playwright's ``Error`` where that fails.
    """
    return await playwright.chromium.launch(
        executable_path=find(configured, headless=headless),
        headless=headless,
        args=[*_ARGUMENTS, *(_ENCLOSING if proxy else ()), mark()],
        ignore_default_args=_KEPT,
        proxy={"server": proxy, "bypass": "<-loopback>"} if proxy else None,
        chromium_sandbox=_sandboxed(),
        timeout=_LAUNCH_MS,
        downloads_path=downloads,
        traces_dir=traces,
        handle_sigint=False,  # who stops the process decides what becomes of its runs
        handle_sigterm=False,
        handle_sighup=False,
    )


def way_out(error: Exception) -> BrowserUnavailable:
    """Why the launch failed, in one sentence that says what to do; the log gets the rest."""
    symptoms = str(error)
    log.error("Chromium did not start: %s", symptoms)
    return BrowserUnavailable(next((way for symptom, way in _WAYS_OUT if symptom in symptoms), _OTHERWISE))


@cache  # said once
def _sandboxed() -> bool:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return True
    log.warning("Chromium runs without its sandbox, because this process is root: better run it as another user.")
    return False
