from __future__ import annotations

import subprocess
import sys

import psutil
import pytest

from ghostly.browser.processes import MARK, bound_pages, is_running, kill_tree, sweep
from ghostly.domain.steps import Goto


@pytest.fixture
def start(tmp_path):
    """Starts a process that does nothing but carry these arguments."""
    started = []

    def start(*arguments: str) -> psutil.Process:
        sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", *arguments])
        started.append(sleeper)
        return psutil.Process(sleeper.pid)

    yield start
    for sleeper in started:
        sleeper.kill()
        sleeper.wait()


def test_a_browser_that_nobody_drives_is_swept_with_its_profile(start, tmp_path):
    profile = tmp_path / "playwright_chromiumdev_profile-x"
    profile.mkdir()
    orphan = start(f"{MARK}1", f"--user-data-dir={profile}")

    sweep()

    assert psutil.wait_procs([orphan], timeout=10) == ([orphan], [])
    assert not profile.exists()


def test_a_profile_that_is_not_playwrights_is_never_dropped(start, tmp_path):
    start(f"{MARK}1", f"--user-data-dir={tmp_path}")

    sweep()

    assert tmp_path.exists()


def test_other_processes_are_left_alone(start):
    other = start("--ghostly", "--user-data-dir=x")

    sweep()

    assert is_running(other)


@pytest.mark.asyncio(loop_scope="module")
async def test_a_browser_that_is_driven_is_left_alone(visit):
    page = await visit("<p>x")

    sweep()

    assert (await page.perform(Goto(url="/"), 1)).note is None


BROWSER = f"""
import os, subprocess, time
os.posix_spawn("/bin/true", ["true"], {{}})  # nobody takes note of its end
subprocess.run(["sleep", "0.2"])
os.posix_spawn({sys.executable!r}, ["python", "-c", "import time; time.sleep(60)", "--type=zygote"], {{}})
print("begun", flush=True)
time.sleep(60)
"""


@pytest.fixture
def family():
    """What looks like a browser: one of its children ended just now, the other one starts its pages."""
    browser = subprocess.Popen([sys.executable, "-c", BROWSER], stdout=subprocess.PIPE)
    browser.stdout.readline()
    known = psutil.Process(browser.pid)
    yield known
    kill_tree(known)
    browser.communicate()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds what a process gets")
def test_pages_are_bounded_though_another_process_of_the_browser_ends_meanwhile(family):
    bound_pages(family, 2**30)

    _, zygote = sorted(family.children(), key=lambda child: child.pid)
    assert zygote.rlimit(psutil.RLIMIT_DATA) == (2**30, 2**30)
