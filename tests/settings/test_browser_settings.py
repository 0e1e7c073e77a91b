from __future__ import annotations

from pathlib import Path

import pytest

from ghostly import node
from ghostly.browser.remote import Remote
from ghostly.settings import SettingError, Settings, load, unknown

SERVERS = ["ws://127.0.0.1:3000", "wss://ana:hush@browsers.example/play?token=hush", "ws://[::1]:3000/"]
ENDPOINTS = [
    "http://127.0.0.1:9222",
    "https://browsers.example/?token=hush",
    "ws://127.0.0.1:9222/devtools/browser/1a",
]


@pytest.mark.parametrize(("url", "speaks_cdp"), [(url, url in ENDPOINTS) for url in SERVERS + ENDPOINTS])
def test_the_address_tells_a_playwright_server_from_a_cdp_endpoint(url, speaks_cdp):
    assert Remote(load({"GHOSTLY_BROWSER_WS": url}).browser_ws).speaks_cdp is speaks_cdp


@pytest.mark.parametrize(
    "url", ["browsers:3000", "tcp://host:1", "ws://", "ws:///x", "http://ho st", "ws://host:port"]
)
def test_what_is_no_address_of_a_browser_stops_the_start(url):
    with pytest.raises(SettingError, match="GHOSTLY_BROWSER_WS must be the URL of a Playwright server"):
        load({"GHOSTLY_BROWSER_WS": url})


@pytest.mark.parametrize("url", ["tcp://ana:hu/sh@host", "tcp://host?token=hush"])
def test_what_opens_a_browser_is_not_shown(url):
    with pytest.raises(SettingError) as refusal:
        load({"GHOSTLY_BROWSER_WS": url})

    assert "sh" not in str(refusal.value).rpartition("not ")[2]


def test_no_text_of_the_settings_holds_the_address():
    settings = load({"GHOSTLY_BROWSER_WS": SERVERS[1]})

    assert "hush" not in repr(settings) + repr(Remote(SERVERS[1]))
    assert Remote(SERVERS[1]).shown == "wss://browsers.example"


def test_the_log_tells_no_credentials_of_what_could_not_be_reached(caplog):
    Remote(SERVERS[1]).way_out(Exception(f"WebSocket error: {SERVERS[1]} 401 Unauthorized\n{SERVERS[1]}"))

    assert "wss://browsers.example 401" in caplog.text
    assert "hush" not in caplog.text


def test_the_place_of_a_browser_is_no_unknown_setting():
    assert unknown({"GHOSTLY_BROWSER_WS": SERVERS[0]}) == []


async def test_a_browser_from_elsewhere_is_not_called_guarded(tmp_path: Path):
    given = Settings(data_dir=tmp_path / "data", browser_ws=SERVERS[0], port=0).guarded()
    with pytest.raises(SettingError, match=r"GHOSTLY_BROWSER_WS .* set GHOSTLY_EGRESS=open"):
        async with node.up(given):
            pass

    assert not given.data_dir.exists()


@pytest.mark.parametrize("given", ["0", "255", "2 GiB", "99999999999999999999"])
def test_what_a_page_may_have_must_be_enough_for_one_and_a_size_that_there_is(given):
    with pytest.raises(SettingError, match="GHOSTLY_PAGE_MEMORY_MB"):
        load({"GHOSTLY_PAGE_MEMORY_MB": given})
