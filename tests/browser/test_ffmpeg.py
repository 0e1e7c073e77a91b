from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg
import pytest

from ghostly.browser.ffmpeg import _link_or_copy, _place, _put

BINARY = Path(imageio_ffmpeg.get_ffmpeg_exe())

PROVIDE = "from ghostly.browser.ffmpeg import provide; print(provide())"
RECORD = """
import asyncio, sys
from playwright.async_api import async_playwright
from ghostly.browser import chromium
from ghostly.browser.ffmpeg import provide

async def record(directory):
    async with async_playwright() as playwright:
        assert provide()  # the driver runs already, as it does in a worker
        browser = await chromium.launch(playwright, None, headless=True)
        context = await browser.new_context(record_video_dir=directory)
        page = await context.new_page()
        await page.set_content("<h1>seen</h1>")
        await page.wait_for_timeout(300)
        await context.close()
        print(await page.video.path())
        await browser.close()

asyncio.run(record(sys.argv[1]))
"""


@pytest.fixture
def registry(tmp_path: Path, monkeypatch) -> Path:
    """Where Playwright keeps what it installs: nothing yet."""
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "registry"))
    return tmp_path / "registry"


def run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )


def found(registry: Path) -> list[Path]:
    return [path for path in registry.rglob("*") if not path.is_dir()]


def test_a_video_is_recorded_where_nothing_was_installed(registry, tmp_path):
    video = Path(run(RECORD, tmp_path).stdout.strip())

    assert video.read_bytes().startswith(b"\x1a\x45\xdf\xa3")  # WebM


def test_playwright_gets_a_link_to_the_wheel_s_binary(registry):
    run(PROVIDE)

    assert [path.readlink() for path in found(registry)] == [BINARY]


def test_providing_twice_is_providing_once(registry):
    run(PROVIDE)

    assert run(PROVIDE).stdout == "True\n"
    assert len(found(registry)) == 1


def test_an_ffmpeg_that_is_there_is_left_alone(registry):
    place = _place()
    place.parent.mkdir(parents=True)
    shutil.copy(shutil.which("true"), place)

    assert run(PROVIDE).stdout == "True\n"
    assert not place.is_symlink()


def test_a_link_to_a_binary_that_is_gone_is_replaced(registry):
    place = _place()
    place.parent.mkdir(parents=True)
    place.symlink_to(registry / "gone")

    assert run(PROVIDE).stdout == "True\n"
    assert place.readlink() == BINARY


def test_a_copy_is_whole_and_can_be_run(registry):
    place = _place()
    _put(BINARY, place, make=shutil.copy2)

    assert run(PROVIDE).stdout == "True\n"
    assert place.stat().st_size == BINARY.stat().st_size


@pytest.mark.parametrize("make", [_link_or_copy, shutil.copy2])
async def test_eight_who_provide_at_once_leave_one_ffmpeg(registry, make):
    place = _place()
    await asyncio.gather(*(asyncio.to_thread(_put, BINARY, place, make) for _ in range(8)))

    assert found(registry) == [place]


def test_a_registry_that_cannot_be_written_is_told_with_a_way_out(registry):
    registry.write_text("a file where a directory should be")
    answer = run(PROVIDE)

    assert answer.stdout == "False\n"
    assert "playwright install ffmpeg" in answer.stderr
