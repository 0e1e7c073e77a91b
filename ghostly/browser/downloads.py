"""What the pages of a run download: kept up to a limit, so that no page fills the disk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Download, Error, Page

log = logging.getLogger("ghostly.browser")

MOST_BYTES = 100 * 1024 * 1024
"""What all downloads of a run may have together."""
MOST_FILES = 20
_MOST_NOTES = 3
_LOOK_S = 0.2
_STOP_S = 0.5
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that a page gave, under the name that it asked for; it is there until the page is left."""

    name: str
    path: Path
    size: int


class Downloads:
    """The downloads of one run's pages; ``directory`` is where the browser writes them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._under_way: dict[asyncio.Task[None], Download] = {}
        self._arrived: list[Downloaded] = []
        self._stopped: list[tuple[str, str]] = []
        self._complete: dict[Path, int] = {}
        self._begun = 0

    def watch(self, page: Page) -> None:
        """Take what this page downloads from now on."""
        page.on("download", self._begin)

    async def settle(self, patience: float) -> None:
        """Wait for those under way, ``patience`` milliseconds at most; then stop them.

        What begins meanwhile goes on, and is watched as before.
        """
        waited_for = dict(self._under_way)
        if not waited_for:
            return
        _, late = await asyncio.wait(waited_for, timeout=patience / 1000)
        await asyncio.gather(*(self._stop(waited_for[task], "did not finish in time") for task in late))
        await _end(late)

    def take(self) -> list[Downloaded]:
        """What has arrived since someone last asked."""
        arrived, self._arrived = self._arrived, []
        return arrived

    def take_note(self, quote: Callable[[str, int], str]) -> list[str]:
        """What to say of those that were stopped since someone last asked; ``quote`` makes a text fit for it."""
        stopped, self._stopped = self._stopped, []
        return [f"the download of {quote(name, _LONGEST)} {why} and was stopped" for name, why in stopped]

    async def close(self) -> None:
        """Wait for nothing any more."""
        await _end(self._under_way)

    def _begin(self, download: Download) -> None:
        self._begun += 1
        receiving = self._receive(download) if self._begun <= MOST_FILES else self._refuse(download)
        task = asyncio.create_task(receiving)
        self._under_way[task] = download
        task.add_done_callback(self._under_way.pop)

    async def _receive(self, download: Download) -> None:
        arriving = asyncio.ensure_future(download.path())
        try:
            while not (await asyncio.wait([arriving], timeout=_LOOK_S))[0]:
                if self._total() > MOST_BYTES:
                    await self._stop(download, self._too_much())
            self._arrive(download, Path(arriving.result()))
        except (Error, OSError):
            log.info("a download did not arrive")  # stopped, or failed by itself
        finally:
            arriving.cancel()

    def _arrive(self, download: Download, path: Path) -> None:
        size = path.stat().st_size
        if sum(self._complete.values()) + size > MOST_BYTES:  # so fast that nobody saw it grow
            self._tell(download, self._too_much())
            path.unlink()
        else:
            self._complete[path] = size
            self._arrived.append(Downloaded(download.suggested_filename, path, size))

    def _total(self) -> int:
        """Bytes of all that the run has brought so far, also of what was taken from the directory since."""
        growing = (size for path, size in _files(self._directory) if path not in self._complete)
        return sum(self._complete.values()) + sum(growing)

    def _too_much(self) -> str:
        most = f"{MOST_BYTES // 1024**2} MiB"
        return f"brings the run's downloads to more than {most}" if self._complete else f"brings more than {most}"

    async def _refuse(self, download: Download) -> None:
        await self._stop(download, f"comes after {MOST_FILES} others")

    async def _stop(self, download: Download, why: str) -> None:
        self._tell(download, why)
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(_STOP_S):
                await download.cancel()

    def _tell(self, download: Download, why: str) -> None:
        if len(self._stopped) < _MOST_NOTES:
            self._stopped.append((download.suggested_filename, why))


async def _end(tasks: Iterable[asyncio.Task[None]]) -> None:
    ending = list(tasks)
    for task in ending:
        task.cancel()
    await asyncio.gather(*ending, return_exceptions=True)


def _files(directory: Path) -> Iterator[tuple[Path, int]]:
    for path in directory.iterdir():
        with suppress(OSError):  # renamed or removed just now
            yield path, path.stat().st_size
