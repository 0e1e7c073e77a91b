"""What the pages of a run download: kept up to a limit, so that no page fills the disk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

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


Bring = Callable[[Download, Path], Awaitable[Path]]


async def written_here(download: Download, _: Path) -> Path:
    """Where the browser has written it, once it is complete."""
    return Path(await download.path())


async def fetched(download: Download, directory: Path) -> Path:
    """A copy in the directory of what a browser elsewhere has written, once it is complete."""
    copy = directory / uuid4().hex
    try:
        await download.save_as(copy)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    return copy


class Downloads:
    """The downloads of one run's pages; they are in ``directory`` when ``bring`` has brought them.

    Without ``bring`` none is kept: each is stopped, and that is told.
    """

    def __init__(self, directory: Path, bring: Bring | None = written_here) -> None:
        self._directory = directory
        self._bring = bring
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
        """Wait for nothing any more, and leave nothing of what nobody took."""
        await _end(self._under_way)
        for path in self._complete:
            path.unlink(missing_ok=True)

    def _begin(self, download: Download) -> None:
        self._begun += 1
        task = asyncio.create_task(self._receiving(download))
        self._under_way[task] = download
        task.add_done_callback(self._under_way.pop)

    async def _receiving(self, download: Download) -> None:
        if self._bring is None:
            await self._stop(download, "cannot be fetched from a browser behind a CDP endpoint")
        elif self._begun > MOST_FILES:
            await self._stop(download, f"comes after {MOST_FILES} others")
        else:
            await self._receive(download, asyncio.ensure_future(self._bring(download, self._directory)))

    async def _receive(self, download: Download, arriving: asyncio.Future[Path]) -> None:
        try:
            while not (await asyncio.wait([arriving], timeout=_LOOK_S))[0]:
                if self._total() > MOST_BYTES:
                    await self._stop(download, self._too_much())
                    return
            self._arrive(download, arriving.result())
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
