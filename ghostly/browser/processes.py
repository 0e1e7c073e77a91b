"""The browser seen as processes: killed without asking it, found again when nobody drives it any more."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

log = logging.getLogger("ghostly.browser")

MARK = "--ghostly-owner="
_DRIVER = "run-driver"
_FORKING = "--type=zygote"
_PROFILE = "--user-data-dir="
_PROFILE_NAME = "playwright_"


def mark() -> str:
    """The argument by which a browser of ours is known among others, and whose it is."""
    return f"{MARK}{os.getpid()}"


def kill_tree(process: psutil.Process) -> None:
    """SIGKILL the process and all that it started; quiet about those that are gone already."""
    for one in [process, *_offspring(process)]:
        with suppress(psutil.Error):  # psutil refuses when the number belongs to another process by now
            one.kill()


def bound_pages(browser: psutil.Process, most: int) -> None:
    """No page of the browser gets more than so many bytes from now on: the kernel gives its process no more.

    Only where the kernel is Linux, and the browser lets one process start those of its pages.
    """
    if not hasattr(browser, "rlimit"):
        return
    for process in _offspring(browser):
        with suppress(psutil.Error, OSError):  # one may be gone by now: the others are bounded all the same
            if _FORKING in process.cmdline():  # whatever it starts inherits the limit
                process.rlimit(psutil.RLIMIT_DATA, (most, most))


def _offspring(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def is_running(process: psutil.Process) -> bool:
    """Whether the very same process still runs; a zombie does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def driver_of(browser: psutil.Process) -> psutil.Process | None:
    """The driver process, a child of ours, that started the browser."""
    with suppress(psutil.Error):
        for ancestor in browser.parents():
            if ancestor.ppid() == os.getpid():
                return ancestor
    return None


def drivers() -> set[psutil.Process]:
    """The driver processes that this process has started and that still run."""
    found = set()
    for child in psutil.Process().children():
        with suppress(psutil.Error):
            if _DRIVER in child.cmdline():
                found.add(child)
    return found


def sweep() -> int:
    """Kill the browsers with our mark that nobody drives any more, drop their profiles; how many there were."""
    orphans = list(_orphans())
    for orphan, arguments in orphans:
        log.warning("Ending a browser that an earlier process left behind: pid %d", orphan.pid)
        kill_tree(orphan)
        _drop_profile(arguments)
    return len(orphans)


def _orphans() -> Iterator[tuple[psutil.Process, list[str]]]:
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            arguments = process.cmdline()
            if any(argument.startswith(MARK) for argument in arguments) and not _is_driven(process):
                yield process, arguments


def _is_driven(browser: psutil.Process) -> bool:
    # Not by asking whether the marked owner lives: numbers are used again, and in a container they mean other
    # processes than outside. A driver ends with its owner and cannot be adopted, so it proves both.
    return any(_DRIVER in ancestor.cmdline() for ancestor in browser.parents())


def _drop_profile(arguments: list[str]) -> None:
    for argument in arguments:
        profile = Path(argument.removeprefix(_PROFILE))
        if argument.startswith(_PROFILE) and profile.name.startswith(_PROFILE_NAME):
            shutil.rmtree(profile, ignore_errors=True)
