from __future__ import annotations

import pytest


async def test_a_good_log_in_is_welcomed(anyone):
    await anyone.log_in()

    assert anyone.said("status") == "You are logged in."
    assert anyone.shown("customer") == "demo@example.com"


@pytest.mark.parametrize("wrong", [{"email": "bo@example.com"}, {"password": "demo-past"}])
async def test_a_bad_log_in_does_not_say_what_was_wrong(anyone, wrong):
    await anyone.log_in(**wrong)

    assert anyone.status == 401
    assert anyone.said("alert") == "E-mail or password is not right."


async def test_a_typed_password_never_comes_back(anyone):
    await anyone.log_in(password="demo-past")

    assert "demo-past" not in anyone.page


async def test_orders_are_for_those_who_are_logged_in(anyone):
    await anyone.open("/orders")

    assert anyone.path == "/login"
    assert anyone.said("alert") == "Log in to see this page."


async def test_logging_in_leads_to_where_one_wanted_to_go(anyone):
    await anyone.open("/orders")
    await anyone.post("/login", email="demo@example.com", password="demo-pass", after="/orders")

    assert anyone.path == "/orders"


@pytest.mark.parametrize(
    "after", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "/a\nb", ""]
)
async def test_logging_in_never_leads_out_of_the_shop(anyone, after):
    await anyone.post("/login", email="demo@example.com", password="demo-pass", after=after)

    assert anyone.path == "/"


async def test_my_orders_lists_what_was_bought(anyone):
    await anyone.log_in()
    await anyone.take("tea-lights")
    await anyone.buy()
    await anyone.open("/orders")

    assert '<a href="/orders/LC-1001">LC-1001</a>' in anyone.page


async def test_check_out_knows_a_customer_who_is_logged_in(anyone):
    await anyone.log_in()
    await anyone.take("tea-lights")
    await anyone.open("/checkout")

    assert 'value="Demo Customer"' in anyone.page
    assert 'value="demo@example.com"' in anyone.page


async def test_logging_out_forgets_the_customer_and_keeps_the_cart(anyone):
    await anyone.log_in()
    await anyone.take("tea-lights")
    await anyone.post("/logout")

    assert anyone.said("status") == "You are logged out."
    assert "Log in" in anyone.page
    assert anyone.shown("cart-count") == "1"
