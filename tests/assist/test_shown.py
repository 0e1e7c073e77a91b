"""What counts as shown, and as an address to which a page came."""

from __future__ import annotations

import pytest
from looks import page

from ghostly.assist.pursuit.victory import leads_to, shown


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Saved", "Saved"),
        ("1 item", "You have 1  item\nin your cart"),
        ("1 item", "11 items, then 1 item"),
        ("Total: 3", "Total: 3."),
        ("Total: 3", "Sum 12, Total: 3, Paid"),
        ("No results", "No results"),
        ("No results for 'x'", "No results for 'x' in shoes"),
        ("red shoes", "3 results for red shoes"),
        ("red shoes", "No results for 'red shoes'\nPopular: red shoes"),
        ("1234", "Order No 1234"),
        ("Express", "No\nExpress"),
        ("items", "There are not only items"),
        ("(a+b)", "f(a+b)"),
    ],
)
def test_what_stands_there_is_shown(text: str, seen: str):
    assert shown(page(text=seen), text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("1 item", "11 items"),
        ("1 item", "2.1 items"),
        ("Total: 3", "Total: 30"),
        ("Total: 3", "Total: 3.50"),
        ("Saved", "Not Saved"),
        ("results", "No results"),
        ("resultados", "Sin resultados"),
        ("Saved", "saved"),
        ("red shoes", "Search\nNo results for 'red shoes'"),
        ("Ana", "Ana was not found"),
        ("zapatos", "No se encontraron zapatos"),
        (" ", "anything"),
    ],
)
def test_what_says_something_else_is_not_shown(text: str, seen: str):
    assert not shown(page(text=seen), text)


def test_what_css_writes_otherwise_is_shown_as_its_author_wrote_it():
    assert shown(page(text="SAVED", written="Saved"), "Saved")


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("http://shop/cart", "/cart"),
        ("http://shop/#/cart", "/cart"),
        ("http://shop/list?page=2", "page=2"),
        ("http://shop/list?page=2&q=red", "red"),
        ("http://shop/login?next=/cart", "next=/cart"),
        ("http://shop/login?next=/cart", "/login"),
    ],
)
def test_an_address_leads_to_what_it_names(url: str, part: str):
    assert leads_to(url, part)


@pytest.mark.parametrize(
    "asked", ["next=/cart", "a=1&next=%2Fcart", "u=https://shop/cart", "u=http%3A%2F%2Fshop%2Fcart"]
)
def test_an_address_does_not_lead_to_what_comes_later(asked: str):
    assert not leads_to(f"http://shop/login?{asked}", "cart")
