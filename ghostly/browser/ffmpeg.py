"""The ffmpeg that Playwright makes videos with: it wants one in a place of its own, and a wheel brings one."""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import imageio_ffmpeg  # type: ignore[import-untyped]

log = logging.getLogger("ghostly.browser")

_LOCATION = re.compile(r"Install location:\s*(\S.*?)\s*$", re.MULTILINE)
_NAMES = {"win32": "ffmpeg-win64.exe", "darwin": "ffmpeg-mac"}
_ASK_S = 30.0
_FAILURES = (OSError, RuntimeError, subprocess.SubprocessError)


def provide() -> bool:
    """Whether Playwright finds an ffmpeg after this; one that is there already is left as it is.

    Takes half a second. Raises nothing: the log says why there can be no video.
    """
    try:
        place = _place()
        if not _usable(place):
            _put(Path(imageio_ffmpeg.get_ffmpeg_exe()).absolute(), place)
        return _usable(place)
    except _FAILURES as error:
        log.warning("No videos can be recorded: %s. Install it with 'playwright install ffmpeg'.", error)
        return False


def _place() -> Path:
    """Where Playwright looks. It is asked, because environment, platform and version all have a say in it."""
    asking = [sys.executable, "-m", "playwright", "install", "--dry-run", "ffmpeg"]
    answer = subprocess.run(asking, capture_output=True, text=True, timeout=_ASK_S, check=False)
    location = _LOCATION.search(answer.stdout)
    if location is None:
        raise RuntimeError(f"Playwright does not say where its ffmpeg belongs ({answer.stderr.strip()[:200]})")
    return Path(location[1]) / _NAMES.get(sys.platform, "ffmpeg-linux")


def _usable(place: Path) -> bool:
    return place.is_file() and os.access(place, os.X_OK)


def _link_or_copy(executable: Path, draft: Path) -> None:
    try:
        draft.symlink_to(executable)
    except (OSError, NotImplementedError):  # Windows lets only some make links
        shutil.copy2(executable, draft)


def _put(executable: Path, place: Path, make: Callable[[Path, Path], object] = _link_or_copy) -> None:
    """Whoever looks meanwhile sees nothing or the whole; of several who do this at once, any may win."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f"{place.name}.{uuid4().hex}")
    try:
        make(executable, draft)
        if not place.exists():  # a link to what is no more does not exist, and gives way
            draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
