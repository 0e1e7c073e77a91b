from __future__ import annotations

import pytest


async def test_an_empty_cart_cannot_be_checked_out(anyone):
    await anyone.open("/checkout")

    assert anyone.path == "/cart"
    assert "Your cart is empty" in anyone.said("alert")


async def test_an_order_gets_a_number_a_total_with_shipping_and_an_empty_cart(anyone):
    await anyone.take("paper-lantern", "2")
    await anyone.buy()

    assert anyone.path == "/orders/LC-1001"
    assert anyone.shown("order-number") == "LC-1001"
    assert anyone.shown("order-total") == "€34.70"
    assert anyone.shown("cart-count") == "0"


async def test_posting_an_order_again_does_not_buy_it_again(anyone):
    await anyone.take("paper-lantern")
    await anyone.buy()
    await anyone.buy()

    assert anyone.path == "/cart"


@pytest.mark.parametrize(
    ("name", "answer", "sentence"),
    [
        ("name", "  ", "Enter your name."),
        ("email", "ana@example", "Enter an e-mail address, like ana@example.com."),
        ("address", "", "Enter the address that we should send it to."),
        ("shipping", "by owl", "Choose how we should send it."),
        ("terms", "", "Accept the terms and conditions."),
    ],
)
async def test_each_answer_that_will_not_do_gets_a_sentence(anyone, name, answer, sentence):
    await anyone.take("paper-lantern")
    await anyone.buy(**{name: answer})

    assert anyone.status == 422
    assert 'role="alert"' in anyone.page
    assert f'<a href="#{name}">{sentence}</a>' in anyone.page


async def test_a_complaint_belongs_to_its_field(anyone):
    await anyone.take("paper-lantern")
    await anyone.buy(email="nonsense")

    assert anyone.page.count('aria-invalid="true"') == 1
    assert 'aria-describedby="email-complaint"' in anyone.page
    assert 'id="email-complaint">Enter an e-mail address' in anyone.page


async def test_good_answers_survive_a_bad_one_and_come_back_escaped(anyone):
    await anyone.take("paper-lantern")
    await anyone.buy(name='<b>"Ana"', email="")

    assert 'value="&lt;b&gt;&quot;Ana&quot;"' in anyone.page
    assert " checked" in anyone.page


async def test_another_browser_does_not_see_the_order(anyone):
    await anyone.take("paper-lantern")
    await anyone.buy()
    anyone.client.session.cookie_jar.clear()
    await anyone.open("/orders/LC-1001")

    assert anyone.status == 404
