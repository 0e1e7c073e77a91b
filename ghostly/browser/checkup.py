"""Whether browsers can be driven here, tried for real."""

from __future__ import annotations

import asyncio
import subprocess

from playwright._impl._driver import compute_driver_executable, get_driver_env
from playwright.async_api import Error

from ghostly.browser import chromium
from ghostly.browser.drivers import Drivers
from ghostly.browser.failures import BrowserUnavailable
from ghostly.browser.remote import Remote
from ghostly.browser.scratch import Scratch

_DRIVER_S = 20
_ANEW = "pip install --force-reinstall playwright"


def driver() -> str:
    """The version of what runs Playwright's driver; raises ``BrowserUnavailable``, with the way out."""
    node, _ = compute_driver_executable()
    try:
        asked = subprocess.run(
            [node, "--version"],
            capture_output=True,
            text=True,
            timeout=_DRIVER_S,
            check=False,
            env=get_driver_env(),
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise BrowserUnavailable(
            f"Playwright's driver does not start ({error}): install playwright anew."
        ) from error
    if "libatomic" in asked.stderr:
        raise BrowserUnavailable("Playwright's driver lacks a library: apt-get install libatomic1")
    if asked.returncode != 0:
        complaint = (asked.stderr.strip().splitlines() or ["without a word"])[0]
        raise BrowserUnavailable(f"Playwright's driver does not start ({complaint}): {_ANEW}")
    return asked.stdout.strip()


async def browser(configured: str | None, *, headless: bool) -> str:
    """Start a browser as a run would, answer which it is, end it. Raises ``BrowserUnavailable``."""
    path = chromium.find(configured, headless=headless) or "Playwright's own"
    drivers = Drivers()
    hired = await drivers.hire()
    try:
        async with asyncio.timeout(_DRIVER_S):
            started = await chromium.launch(hired.playwright, configured, headless=headless)
            await started.new_page()
            return f"{path}, version {started.version}"
    except (Error, TimeoutError) as error:
        raise chromium.way_out(error) from error
    finally:
        await drivers.close()


async def elsewhere(there: Remote) -> str:
    """Reach the browser as a run would, open a page, leave it; answer which it is.

    Raises ``BrowserUnavailable``.
    """
    kind = "CDP" if there.speaks_cdp else "Playwright server"
    drivers, scratch = Drivers(), Scratch()
    hired = await drivers.hire()
    try:
        async with asyncio.timeout(_DRIVER_S):
            reached = await there.connect(hired.playwright, headless=True, traces=scratch.path)
            await (await reached.new_page()).close()
            await reached.close()
            return f"{kind} at {there.shown}, version {reached.version}"
    except (Error, TimeoutError) as error:
        raise there.way_out(error) from error
    finally:
        await drivers.close()
        scratch.close()
