"""What Ghostly needs here, each thing tried for real."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Awaitable, Callable
from importlib import metadata
from pathlib import Path
from typing import Literal

from msgspec import Struct

from ghostly.browser import checkup, ffmpeg
from ghostly.browser.failures import BrowserUnavailable
from ghostly.browser.remote import Remote
from ghostly.database.embedded import EmbeddedPostgres
from ghostly.database.errors import DatabaseUnavailable
from ghostly.database.pool import open_pool
from ghostly.http.client import is_up
from ghostly.settings import Settings

OLDEST = (3, 11)
GIB = 2**30
LEAST, PLENTY = GIB // 10, GIB

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")  # as PEP 508 has it


class Finding(Struct, frozen=True):
    """How one thing is: good; ``limited``, so that something cannot be done; or ``missing``, so that nothing can.

    ``mend`` is a command or a sentence.
    """

    what: str
    state: Literal["good", "limited", "missing"]
    said: str
    mend: str | None = None


async def python(_: Settings) -> Finding:
    """The interpreter."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST:
        return Finding("Python", "missing", f"{version} is too old", "install Python 3.11 or later")
    return Finding("Python", "good", version)


async def packages(_: Settings) -> Finding:
    """The packages that Ghostly is made of."""
    try:
        needed = [name for name in metadata.requires("ghostly") or [] if "extra ==" not in name]
    except metadata.PackageNotFoundError:
        return Finding("packages", "good", "runs from its source; not looked at one by one")
    missing = [name for name in map(_bare, needed) if not _is_installed(name)]
    if missing:
        return Finding(
            "packages", "missing", f"not installed: {', '.join(missing)}", "pip install --upgrade ghostly"
        )
    return Finding("packages", "good", f"all {len(needed)} are installed")


def _bare(requirement: str) -> str:
    named = _NAME.match(requirement)
    return named[0] if named else requirement


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


async def data_directory(given: Settings) -> Finding:
    """The place for everything that is kept."""
    place = _nearest(given.data_dir)
    if not os.access(place, os.W_OK | os.X_OK):
        mend = "set GHOSTLY_DATA_DIR to a directory that this user may write to"
        return Finding("data directory", "missing", f"{place} may not be written to", mend)
    loose = [key for key in given.data_dir.glob("*.[ks]e[yc]*") if key.is_file() and key.stat().st_mode & 0o077]
    if loose:
        files = " ".join(map(str, loose))
        return Finding("data directory", "limited", "others may read the keys", f"chmod 600 {files}")
    return Finding(
        "data directory", "good", f"{given.data_dir}" + ("" if place == given.data_dir else " (not there yet)")
    )


async def artifacts(given: Settings) -> Finding:
    """The place for the files of runs."""
    place = _nearest(given.artifacts_dir)
    if not place.is_dir() or not os.access(place, os.W_OK | os.X_OK):
        mend = "set GHOSTLY_ARTIFACTS_URL to a directory that this user may write to, or leave it out"
        return Finding("artifacts", "missing", f"{place} may not be written to", mend)
    there = "" if place == given.artifacts_dir else " (not there yet)"
    return Finding("artifacts", "good", f"{given.artifacts_dir}{there}")


async def disk(given: Settings) -> Finding:
    """Place for the log and the files of runs."""
    places = (given.data_dir, given.artifacts_dir)
    free, fullest = min((shutil.disk_usage(_nearest(place)).free, place) for place in places)
    said = f"{free / GIB:.1f} GiB free"
    state: Literal["good", "limited", "missing"]
    state = "missing" if free < LEAST else "limited" if free < PLENTY else "good"
    setting = "GHOSTLY_DATA_DIR" if fullest == given.data_dir else "GHOSTLY_ARTIFACTS_URL"
    mend = f"make room on the disk of {fullest}, or set {setting} to another"
    return Finding("disk", state, said, None if state == "good" else mend)


def _nearest(path: Path) -> Path:
    return next(each for each in (path, *path.parents) if each.exists())


async def database(given: Settings) -> Finding:
    """The given PostgreSQL; the embedded one if none was given."""
    try:
        if given.database_url:
            return Finding("database", "good", await _version(given.database_url) + ", as given")
        return Finding("database", "good", f"embedded {await _embedded(given.data_dir / 'postgres')}")
    except DatabaseUnavailable as error:
        mend = "correct GHOSTLY_DATABASE_URL, or leave it out: then an embedded one is used"
        return Finding("database", "missing", str(error), mend if given.database_url else "see docs/operations.md")


async def _embedded(directory: Path) -> str:
    if (directory / "data").exists():
        return await _started(directory)
    with tempfile.TemporaryDirectory(prefix="ghostly-doctor-") as place:  # nothing is made that was not asked for
        return await _started(_walkable(Path(place)) / "postgres")


def _walkable(place: Path) -> Path:
    place.chmod(0o711)  # the server's account is another one than root's
    return place


async def _started(directory: Path) -> str:
    embedded = EmbeddedPostgres(directory)
    try:
        return await _version(await asyncio.to_thread(embedded.acquire))
    finally:
        await asyncio.to_thread(embedded.release)


async def _version(dsn: str) -> str:
    pool = await open_pool(dsn, size=1)
    try:
        async with pool.acquire() as connection:
            return f"PostgreSQL {connection.get_settings().server_version.split()[0]}"
    finally:
        pool.terminate()


async def port(given: Settings) -> Finding:
    """The address to listen on."""
    where = given.address.removeprefix("http://")
    if await is_up(given.address):
        return Finding("port", "good", f"a Ghostly answers at {where}")
    try:
        with socket.create_server((given.host, given.port), family=_family(given.host)):
            return Finding("port", "good", f"{where} is free")
    except OSError as error:
        mend = "ghostly up --port 0, or set GHOSTLY_PORT to one that is free"
        return Finding("port", "missing", f"{where} cannot be used: {error.strerror or error}", mend)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


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


Check = Callable[[Settings], Awaitable[Finding]]

CHECKS: tuple[Check, ...] = (
    python,
    packages,
    data_directory,
    artifacts,
    disk,
    database,
    port,
    driver,
    headless,
    headed,
    sandbox,
    video,
)
