from __future__ import annotations

import pytest

from ghostly.settings import SettingError, load


def test_no_other_origin_is_allowed_by_default():
    assert load({}).allowed_origins == frozenset()


def test_origins_are_told_apart_by_commas():
    given = " https://dashboard.example ,http://localhost:5173/,http://[::1]:3000"

    assert load({"GHOSTLY_ALLOWED_ORIGINS": given}).allowed_origins == {
        "https://dashboard.example",
        "http://localhost:5173",
        "http://[::1]:3000",
    }


@pytest.mark.parametrize(
    "origin", ["*", "https://*.example", "dashboard.example", "https://a.example/path", "null"]
)
def test_what_is_no_origin_stops_the_start(origin):
    with pytest.raises(SettingError, match="GHOSTLY_ALLOWED_ORIGINS"):
        load({"GHOSTLY_ALLOWED_ORIGINS": f"https://fine.example,{origin}"})


def test_no_proxy_is_trusted_by_default():
    assert load({}).trusted_proxies == ()


def test_proxies_are_addresses_and_networks():
    given = {"GHOSTLY_TRUSTED_PROXIES": "127.0.0.1, 10.1.0.0/16"}

    assert [str(network) for network in load(given).trusted_proxies] == ["127.0.0.1/32", "10.1.0.0/16"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("::ffff:10.1.0.0/112", "10.1.0.0/16"),
        ("::ffff:127.0.0.1", "127.0.0.1/32"),
        ("::/0", "::/0"),
        ("2001:db8::/32", "2001:db8::/32"),
    ],
)
def test_a_network_of_mapped_addresses_is_the_one_that_is_mapped(written, meant):
    [network] = load({"GHOSTLY_TRUSTED_PROXIES": written}).trusted_proxies

    assert str(network) == meant


@pytest.mark.parametrize("proxy", ["*", "proxy.example", "10.1.0.1/16"])
def test_what_is_no_network_stops_the_start(proxy):
    with pytest.raises(SettingError, match="GHOSTLY_TRUSTED_PROXIES must be networks"):
        load({"GHOSTLY_TRUSTED_PROXIES": proxy})


@pytest.mark.parametrize("name", ["GHOSTLY_MAX_QUEUED", "GHOSTLY_MAX_STREAMS"])
@pytest.mark.parametrize("value", ["0", "-1", "many"])
def test_a_limit_is_a_number_of_at_least_one(name, value):
    with pytest.raises(SettingError, match=name):
        load({name: value})


def test_a_folder_of_pages_must_exist(tmp_path):
    assert load({"GHOSTLY_WEB_DIR": str(tmp_path)}).web_dir == tmp_path
    with pytest.raises(SettingError, match="GHOSTLY_WEB_DIR"):
        load({"GHOSTLY_WEB_DIR": str(tmp_path / "none")})
