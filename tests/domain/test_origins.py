"""Where a step may go, and which origin an address has."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from asked import BASE, flaws, flow, places
from hypothesis import given
from hypothesis import strategies as st

from ghostly.domain.flow import Flow, origin
from ghostly.domain.steps import Goto

# ---- where a step may go

HOME = ["", "cart", "/cart", "?q=1", "#top", "../cart", "https://shop.example/x", "HTTPS://SHOP.EXAMPLE:443/x"]
ALLOWED = ["https://pay.example/x", "//pay.example", "https://pay.example:443"]
ELSEWHERE = [
    "//evil",
    " //evil",
    "/\t/evil",
    "https://evil",
    "http://shop.example/",
    "https://shop.example:8443/",
    "https://shop.example.evil/",
    "https://shop.example@evil/",
    "https://evil\\@shop.example/",
    "//evil\\@shop.example/",
    "https://evil\\\\@shop.example:443/",
    "https://shop.example\\.evil/",
    "https://shop.example:443:443/",
    "https://shop.example:99999/",
    "https://shop.example:0/",
    "https://[::1/",
    "javascript:alert(1)",
    "javascript://shop.example:443/%0aalert(1)",
    "data:text/html,hello",
    "file:///etc/passwd",
    "file://shop.example:443/etc/passwd",
    "view-source:https://shop.example/",
    "blob:https://shop.example/1",
    "about:blank",
    "ws://shop.example:443/",
]


@pytest.mark.parametrize("url", [*HOME, *ALLOWED])
def test_a_step_may_go_anywhere_on_an_allowed_origin(url):
    assert flaws(Flow(base_url=BASE, steps=[Goto(url=url)], default_timeout_ms=1)) == []


@pytest.mark.parametrize("url", ELSEWHERE)
def test_a_step_may_not_go_elsewhere(url):
    assert places(flow(Goto(url=url))) == ["steps[0].url"]


@pytest.mark.parametrize("url", ["https:\\\\evil", "\\\\evil", "/\\evil", "///evil", "https:///evil"])
def test_what_a_browser_alone_would_take_for_another_host_stays_at_home(url):
    assert flaws(flow(Goto(url=url))) == []
    assert origin(urljoin(BASE, url)) == origin(BASE)


@given(st.text(st.sampled_from("/\\:@.?#ahtps\t[]"), max_size=12))
def test_any_url_is_judged_without_a_crash(url):
    assert set(places(flow(Goto(url=url)))) <= {"steps[0].url"}


# ---- origins

ORIGINS = {
    "http://shop.example": "http://shop.example:80",
    "https://shop.example": "https://shop.example:443",
    "https://shop.example:": "https://shop.example:443",
    "http://shop.example:8080/a?b#c": "http://shop.example:8080",
    "HTTP://Shop.EXAMPLE:80/A": "http://shop.example:80",
    "https://ana:secret@shop.example/": "https://shop.example:443",
    "http://[::1]:8080/": "http://::1:8080",
    "http://[2001:DB8::1]/": "http://2001:db8::1:80",
    "http://127.0.0.1:4000": "http://127.0.0.1:4000",
    "http://shop.example?@evil/": "http://shop.example:80",
    "http://shop.example/\\evil": "http://shop.example:80",
}
NO_ORIGINS = [
    "",
    "http:",
    "http://",
    "http://:80",
    "//shop.example",
    "ftp://h:21",
    "http://h:x",
    "http://h:0",
    "http://[::1",
]


@pytest.mark.parametrize(("url", "expected"), ORIGINS.items())
def test_an_origin_is_scheme_host_and_port(url, expected):
    assert origin(url) == expected


@pytest.mark.parametrize("url", NO_ORIGINS)
def test_what_is_no_web_address_has_no_origin(url):
    assert origin(url) is None


@given(st.text(max_size=20) | st.text(st.sampled_from("htp:/\\@[]0.%"), max_size=12))
def test_any_text_has_an_origin_or_none(url):
    assert (found := origin(url)) is None or found.startswith(("http://", "https://"))
