"""Browsers that nobody of ours starts: a Playwright server, and a Chromium that answers CDP."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil

PATIENCE_S = 30
SHELL = shutil.which("chromium-headless-shell") or shutil.which("chrome-headless-shell") or ""


class Elsewhere:
    """One such program, on a port that stays the same when it is started anew."""

    def __init__(self, command: list[str], port: int, url: str, **environment: str) -> None:
        self.command = command
        self.port = port
        self.url = url
        self._environment = os.environ | environment
        self.process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Returns when it answers."""
        self.process = subprocess.Popen(
            self.command,
            env=self._environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        async with asyncio.timeout(PATIENCE_S):
            while not await self._answers():
                await asyncio.sleep(0.05)

    def kill(self) -> None:
        """It and its browsers are gone at once."""
        for process in self.family():
            with suppress(psutil.NoSuchProcess):  # the first one takes others with it
                process.kill()
        if self.process is not None:
            self.process.wait()

    def freeze(self) -> None:
        """Its connections stay, and nobody answers on them."""
        for process in self.family():
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGSTOP)

    def family(self) -> list[psutil.Process]:
        """Its process, and those of its browsers."""
        if self.process is None or self.process.poll() is not None:
            return []
        with suppress(psutil.NoSuchProcess):  # it goes between two questions at times
            own = psutil.Process(self.process.pid)
            return [own, *own.children(recursive=True)]
        return []

    async def _answers(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True


def playwright_server(directory: Path, port: int) -> Elsewhere:
    """`playwright run-server`, with the Chromium that these tests use, and an ffmpeg."""
    environment = {"PLAYWRIGHT_BROWSERS_PATH": str(directory)}
    asked = _python("-m", "playwright", "install", "--dry-run", "--only-shell", "chromium", **environment)
    location = re.search(r"Install location:\s*(\S*chromium\S*)", asked)
    assert location
    for machine in ("linux64", "linux-arm64"):
        place = Path(location[1], f"chrome-headless-shell-{machine}", "chrome-headless-shell")
        place.parent.mkdir(parents=True)
        place.symlink_to(SHELL)
    _python("-c", "from ghostly.browser.ffmpeg import provide; assert provide()", **environment)
    command = [sys.executable, "-m", "playwright", "run-server", "--host", "127.0.0.1", "--port", str(port)]
    return Elsewhere(command, port, f"ws://127.0.0.1:{port}/", **environment)


def cdp_endpoint(directory: Path, port: int) -> Elsewhere:
    """A Chromium that listens to whoever speaks CDP."""
    command = [SHELL, f"--remote-debugging-port={port}", f"--user-data-dir={directory}", "--no-sandbox"]
    return Elsewhere(command, port, f"http://127.0.0.1:{port}")


def _python(*words: str, **environment: str) -> str:
    asking = [sys.executable, *words]
    return subprocess.run(asking, env=os.environ | environment, check=True, capture_output=True, text=True).stdout
