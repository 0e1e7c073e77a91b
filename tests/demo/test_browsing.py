from __future__ import annotations

import pytest


async def test_the_home_page_lists_everything_the_shop_has(anyone):
    await anyone.open("/")

    assert len(anyone.products()) == 9


async def test_a_search_finds_words_in_any_case_and_order(anyone):
    await anyone.open("/?words=LANTERN+paper")

    assert anyone.products() == ["paper-lantern"]


async def test_a_category_narrows_the_search(anyone):
    await anyone.open("/?words=light&category=Candles")

    assert anyone.products() == ["tea-lights"]


async def test_a_search_for_nothing_known_says_so(anyone):
    await anyone.open("/?words=bicycle")

    assert anyone.shown("result") == "0 products"
    assert "Nothing like that here" in anyone.page


async def test_what_was_searched_for_comes_back_escaped(anyone):
    await anyone.open('/?words="><script>alert(1)</script>')

    assert "<script>" not in anyone.page
    assert 'value="&quot;&gt;&lt;script&gt;' in anyone.page


async def test_a_product_page_shows_its_price(anyone):
    await anyone.open("/products/paper-lantern")

    assert anyone.shown("price") == "€14.90"


@pytest.mark.parametrize("path", ["/nowhere", "/products/moon", "/orders/LC-1001"])
async def test_what_is_not_there_is_a_404_that_looks_like_the_shop(anyone, path):
    await anyone.open(path)

    assert anyone.status == 404
    assert "<h1>Page not found</h1>" in anyone.page
    assert 'href="/cart"' in anyone.page


async def test_adding_a_product_leads_to_the_cart_and_says_so(anyone):
    await anyone.take("paper-lantern")

    assert anyone.path == "/cart"
    assert anyone.said("status") == "Paper lantern was added to your cart."


async def test_adding_twice_adds_up(anyone):
    await anyone.take("paper-lantern", "2")
    await anyone.take("paper-lantern", "3")

    assert anyone.shown("cart-count") == "5"
    assert anyone.shown("subtotal") == "€74.50"


async def test_a_quantity_can_be_changed(anyone):
    await anyone.take("paper-lantern")
    await anyone.post("/cart/paper-lantern", quantity="4")

    assert anyone.shown("total-paper-lantern") == "€59.60"


@pytest.mark.parametrize("quantity", ["0", "21", "-1", "many", "", "1.5", "9" * 5000, "²"])
async def test_an_impossible_quantity_is_refused_and_changes_nothing(anyone, quantity):
    await anyone.take("paper-lantern", "2")
    await anyone.post("/cart/paper-lantern", quantity=quantity)

    assert anyone.said("alert") == "The quantity must be a number from 1 to 20."
    assert anyone.shown("cart-count") == "2"


async def test_adding_up_to_more_than_is_sold_at_once_is_refused(anyone):
    await anyone.take("paper-lantern", "20")
    await anyone.take("paper-lantern", "1")

    assert anyone.said("alert") == "The quantity must be a number from 1 to 20."
    assert anyone.shown("cart-count") == "20"


async def test_a_product_can_be_removed(anyone):
    await anyone.take("paper-lantern")
    await anyone.post("/cart/paper-lantern/remove")

    assert anyone.said("status") == "Paper lantern was removed from your cart."
    assert "Your cart is empty." in anyone.page


async def test_what_is_sold_out_cannot_be_added(anyone):
    await anyone.take("mushroom-lamp")

    assert anyone.said("alert") == "Mushroom lamp is sold out."
    assert anyone.shown("cart-count") == "0"


async def test_news_is_said_once(anyone):
    await anyone.take("paper-lantern")
    await anyone.open("/cart")

    assert anyone.said("status") == ""


async def test_two_browsers_have_two_carts(anyone):
    await anyone.take("paper-lantern")
    anyone.client.session.cookie_jar.clear()
    await anyone.open("/cart")

    assert anyone.shown("cart-count") == "0"
