"""Films and traces a whole run, as far as it asked for that and types no secret."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import Error

from ghostly.browser.artifacts import Artifact, Artifacts
from ghostly.browser.warm import Tab
from ghostly.domain.flow import Flow
from ghostly.domain.redaction import types_a_secret
from ghostly.domain.steps import Fill

log = logging.getLogger("ghostly.browser")

VIDEO = "video.webm"
TRACE = "trace.zip"
_TRACE_S = 10.0
_GLANCE_S = 1.0
_FAILURES = (Error, TimeoutError, OSError)


class Recorded(NamedTuple):
    """What was made of a whole run."""

    video: Artifact | None = None
    trace: Artifact | None = None


def is_filmed(flow: Flow) -> bool:
    """Whether the run needs a page that is filmed from its beginning."""
    return flow.record_video_on_failure and _may_record(flow)


class Recording:
    """Records one run, from the moment that its page is there until it is left."""

    def __init__(self, tab: Tab, flow: Flow, artifacts: Artifacts) -> None:
        self._tab = tab
        self._artifacts = artifacts
        self._asked = flow.record_trace or flow.record_video_on_failure
        self._keeps_secrets = flow.record_secrets
        self._should_film = is_filmed(flow)
        self._films = tab.page.video is not None
        self._traces = flow.record_trace and _may_record(flow)

    async def start(self) -> str | None:
        """Begin to trace; what to say if there will be no video. Raises Playwright's ``Error`` without a page."""
        if self._traces:
            await self._tab.context.tracing.start(screenshots=True, snapshots=True)
        return "no video, because there is no ffmpeg" if self._should_film and not self._films else None

    async def forget(self) -> str | None:
        """A secret is about to be typed: drop what was recorded. What to say of it, if it was asked for."""
        if self._keeps_secrets or not self._asked:
            return None
        traced, self._traces, self._films, self._asked = self._traces, False, False, False
        if traced:
            await self._stop_tracing(None)
        return "video and trace were left out, because a secret is typed"

    async def stop_tracing(self) -> Artifact | None:
        """The trace, if there is one; to be asked for before the page is left."""
        if not self._traces:
            return None
        path = self._tab.scratch / TRACE
        return await self._adopt(TRACE, path, "application/zip") if await self._stop_tracing(path) else None

    async def film(self) -> Path | None:
        """Where the video is being written; to be asked for before the page is left."""
        if not self._films or self._tab.page.video is None:
            return None
        if self._tab.films_elsewhere:
            return self._tab.scratch / VIDEO
        try:
            async with asyncio.timeout(_GLANCE_S):
                return Path(await self._tab.page.video.path())
        except _FAILURES:
            return None

    async def end_film(self, path: Path, *, keep: bool) -> Artifact | None:
        """The video, if it is to be kept; complete only when the page was left."""
        if self._tab.films_elsewhere and not await self._fetch_film(path if keep else None):
            return None
        return await self._adopt(VIDEO, path, "video/webm") if keep else None

    async def _fetch_film(self, path: Path | None) -> bool:
        video = self._tab.page.video
        try:
            async with asyncio.timeout(_TRACE_S):
                if video and path:
                    await video.save_as(path)
                if video:
                    await video.delete()
        except _FAILURES as error:
            log.warning("A video could not be fetched: %s", type(error).__name__)
            return False
        return True

    async def _stop_tracing(self, path: Path | None) -> bool:
        try:
            async with asyncio.timeout(_TRACE_S):
                await self._tab.context.tracing.stop(path=path)
        except _FAILURES as error:
            log.warning("A trace could not be finished: %s", type(error).__name__)
            return False
        return True

    async def _adopt(self, name: str, path: Path, content_type: str) -> Artifact | None:
        try:
            return await self._artifacts.adopt(name, path, content_type)
        except OSError as error:
            log.warning("%s could not be kept: %s", name, error.strerror)
            return None


def _may_record(flow: Flow) -> bool:
    secret = any(isinstance(step, Fill) and types_a_secret(step) for step in flow.steps)
    return flow.record_secrets or not secret
