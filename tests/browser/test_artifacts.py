from __future__ import annotations

from pathlib import Path

import pytest

from ghostly.browser.artifacts import Artifacts


async def test_what_the_disk_takes_in_part_only_is_not_left_behind(tmp_path):
    (tmp_path / "step-00.png").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        await Artifacts(tmp_path, "r").keep("step-00.png", b"a picture", "image/png")

    assert [*tmp_path.iterdir()] == []


async def test_what_cannot_be_moved_is_not_left_behind_in_part(tmp_path):
    with pytest.raises(FileNotFoundError):
        await Artifacts(tmp_path, "r").adopt("video.webm", Path("/nowhere/video.webm"), "video/webm")

    assert [*tmp_path.iterdir()] == []
