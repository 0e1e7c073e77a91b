from __future__ import annotations

import pytest

from ghostly.browser.chromium import find
from ghostly.browser.failures import BrowserUnavailable


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Makes the PATH hold these programs and nothing else."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def install(*names: str) -> None:
        for name in names:
            (tmp_path / name).touch(mode=0o755)

    return install


def test_the_headless_shell_is_preferred_for_what_nobody_watches(install, tmp_path):
    install("chromium", "chromium-headless-shell")

    assert find(None, headless=True) == str(tmp_path / "chromium-headless-shell")


def test_a_headed_run_takes_the_whole_browser(install, tmp_path):
    install("google-chrome", "chromium-headless-shell")

    assert find(None, headless=False) == str(tmp_path / "google-chrome")


def test_the_configured_browser_comes_first(install, tmp_path):
    install("mine", "chromium-headless-shell")

    assert find(str(tmp_path / "mine"), headless=True) == str(tmp_path / "mine")


def test_a_configured_headless_shell_is_not_used_headed(install, tmp_path):
    install("chromium", "chromium-headless-shell")

    assert find(str(tmp_path / "chromium-headless-shell"), headless=False) == str(tmp_path / "chromium")


def test_playwright_is_asked_when_nothing_is_installed(install):
    install()

    assert find(None, headless=True) is None


def test_a_configured_browser_that_is_not_there_is_refused_without_naming_its_path(install, tmp_path):
    with pytest.raises(BrowserUnavailable) as refusal:
        find(str(tmp_path / "gone"), headless=True)

    assert str(tmp_path) not in str(refusal.value)
