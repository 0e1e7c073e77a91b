"""The machine: its Python, its packages, its disk and its ports."""

from __future__ import annotations

import os
import re
import shutil
import socket
import sys
from importlib import metadata
from pathlib import Path
from typing import Literal

from ghostly.cli.checks.finding import Finding
from ghostly.http.client import is_up
from ghostly.settings import Settings

OLDEST = (3, 11)
GIB = 2**30
LEAST, PLENTY = GIB // 10, GIB

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")  # as PEP 508 has it


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
