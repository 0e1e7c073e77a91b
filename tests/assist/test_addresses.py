"""An address in a goal is a page of the application, a host, or a file; none of them is taken for another."""

from __future__ import annotations

import pytest
from looks import SHOP

from ghostly.assist.goals.addresses import absolute, is_home

MEANT = [
    ("item.html?id=3", "http://shop.example/item.html?id=3"),
    ("index.html#top", "http://shop.example/index.html#top"),
    ("list.asp", "http://shop.example/list.asp"),
    ("../cart", "http://shop.example/cart"),
    ("shop.example/cart", "http://shop.example/cart"),
    ("shop.example/go?to=https://x.example/", "http://shop.example/go?to=https://x.example/"),
    ("localhost:3000/a", "http://localhost:3000/a"),
    ("localhost-guide.html", "http://shop.example/localhost-guide.html"),
]
ELSEWHERE = [
    "//evil.example/cart",
    "HTTPS://shop.example/",
    "evil.example",
    "http://[shop.example",
    "http://shop\\.evil/",
    "http://ana:hush@shop.example/",
    "http://ana@shop.example/",
]


@pytest.mark.parametrize(("said", "url"), MEANT)
def test_an_address_is_the_one_that_is_meant(said: str, url: str):
    assert absolute(said, SHOP) == url


@pytest.mark.parametrize("said", ELSEWHERE)
def test_another_origin_is_not_home_however_it_is_written(said: str):
    assert not is_home(said, SHOP)
