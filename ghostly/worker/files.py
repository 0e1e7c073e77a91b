"""The files that a run leaves, and the fields with which its facts tell of them."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from ghostly.browser.artifacts import Artifact, Artifacts
from ghostly.browser.downloads import Downloaded
from ghostly.browser.recording import Recorded
from ghostly.domain.events import Json
from ghostly.worker import disclosure
from ghostly.worker.discretion import Discretion

logger = logging.getLogger("ghostly.worker")

TREE_BYTES = 8 * 1024
NAME_LENGTH = 100
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Files:
    """Keeps the files of one run, without its secrets."""

    def __init__(self, artifacts: Artifacts, discretion: Discretion) -> None:
        self._artifacts = artifacts
        self._discretion = discretion
        self._downloads = 0

    async def of_step(
        self, index: int, shot: Artifact | None, tree: str | None, downloads: Sequence[Downloaded] = ()
    ) -> Json:
        """The fields that say what the page looked like; a large tree becomes a file, its beginning stays."""
        tree = tree and self._discretion.text(tree)
        files = [shot] if shot else []
        if tree and len(tree) > TREE_BYTES:
            with suppress(OSError):  # a full disk costs the rest of the tree, not the run
                files.append(await self._artifacts.keep(f"step-{index:02}-a11y.txt", tree.encode(), "text/plain"))
            tree = tree[:TREE_BYTES]
        files += await self.keep(downloads)
        return {
            "screenshot_path": shot and shot.path,
            "a11y": tree,
            "artifacts": [described(file) for file in files] or None,
        }

    async def keep(self, downloads: Sequence[Downloaded]) -> list[Artifact]:
        """Those of the downloads that hold no secret of this run, and that the disk takes."""
        kept = [await self._kept(download) for download in downloads]
        return [artifact for artifact in kept if artifact is not None]

    async def _kept(self, download: Downloaded) -> Artifact | None:
        self._downloads += 1
        if self._discretion.has_secrets and await asyncio.to_thread(
            disclosure.may_hold, download.path, self._discretion.holds_secret
        ):
            logger.warning("a download was not kept, because it may hold a secret")
            return None
        try:
            return await self._artifacts.adopt(self._name(download), download.path, "application/octet-stream")
        except OSError as error:
            logger.warning("a download could not be kept: %s", error.strerror)
            return None

    def _name(self, download: Downloaded) -> str:
        # Browsers change what they cannot have in a name, and a secret that was changed so is not known again.
        given = "" if self._discretion.has_secrets else _UNSAFE.sub("_", download.name)
        return f"download-{self._downloads:02}-{given}"[:NAME_LENGTH].rstrip("-.")


def of_run(recorded: Recorded, downloads: Sequence[Artifact]) -> dict[str, Any]:
    """The fields that tell of the files of a whole run."""
    files = [*downloads, *(file for file in recorded if file is not None)]
    return {
        "video_path": recorded.video and recorded.video.path,
        "trace_path": recorded.trace and recorded.trace.path,
        "artifacts": tuple(described(file) for file in files),
    }


def described(file: Artifact) -> Json:
    """The file as a fact tells of it."""
    return {"path": file.path, "sha256": file.sha256, "size": file.size, "contentType": file.content_type}
