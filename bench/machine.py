"""What was measured on, and what it spent: names, versions, processor seconds."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from importlib import metadata
from pathlib import Path

import psutil

from ghostly.browser import chromium

PACKAGES = ("playwright", "asyncpg", "aiohttp")


def describe() -> str:
    """Cores, processor and memory in one line."""
    memory = psutil.virtual_memory().total / 2**30
    return f"{os.cpu_count()} cores, {_processor()}, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def versions(postgres: str, browser: str | None) -> dict[str, str]:
    """The version of everything that makes a difference, by name."""
    return {
        "Python": platform.python_version(),
        "PostgreSQL": postgres.split(" ", maxsplit=1)[0],
        "Chromium": _chromium(browser),
        **{name: metadata.version(name) for name in PACKAGES},
    }


def commit() -> str:
    """The commit that was measured, with a plus if files differed from it; empty outside a repository."""
    git = shutil.which("git")
    if git is None:
        return ""
    root = Path(__file__).parents[1]
    said = [
        subprocess.run([git, *words], cwd=root, capture_output=True, text=True, check=False).stdout.strip()
        for words in (("rev-parse", "--short", "HEAD"), ("status", "--porcelain", "--", "ghostly", "bench"))
    ]
    return said[0] + ("+" if said[1] else "")


def cpu_seconds(roots: Iterable[int]) -> float:
    """What these processes and all below them have spent since they began, those that ended included."""
    return sum(_spent(process) for root in roots for process in _family(root))


def _family(root: int) -> list[psutil.Process]:
    with suppress(psutil.Error):
        process = psutil.Process(root)
        return [process, *process.children(recursive=True)]
    return []


def _spent(process: psutil.Process) -> float:
    with suppress(psutil.Error):
        times = process.cpu_times()
        # What an ended child had spent is its parent's from the moment when that was told of the end.
        return times.user + times.system + times.children_user + times.children_system
    return 0.0


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _chromium(browser: str | None) -> str:
    found = chromium.find(browser, headless=True)
    if found is None:
        return "Playwright's own"
    done = subprocess.run([found, "--version"], capture_output=True, text=True, check=False, timeout=20)
    words = done.stdout.split()
    return words[-1] if words else Path(found).name
