"""A counter that goes on by what was added is told from clocks, visitors and other numbers."""

from __future__ import annotations

import pytest

from ghostly.assist.pursuit.counting import counter
from ghostly.assist.pursuit.parting import deeds
from ghostly.assist.pursuit.reverting import Touched
from ghostly.domain.observation import Control, Observation
from ghostly.domain.steps import Click, Fill

ADD = Control(selector="#a", role="button", name="Add to cart", tag="button")
COUNTERS = [
    ("Cart (0)", "Cart (1)", True),
    ("Cart", "Cart 1", True),
    ("0 items in your cart", "1 item in your cart", False),
    ("Your cart: 2 items", "Your cart: 3 items", True),
    ("Cart (0)", "Cart (2)", False),
    ("Cart (1)", "Cart (0)", False),
    ("12 viewers of this cart", "13 viewers of this cart", False),
    ("Wish list (0)", "Wish list (1)", False),
    ("10:04", "10:05", False),
]


def page(*lines: str, taken: int = 0) -> Observation:
    return Observation(url="http://x/", title="", tree="", node_count=1, text="\n".join(lines), taken=taken)


def counts(old: str, shown: str, again: str, *, many: str = "") -> bool:
    typed = Touched(Fill(selector="#n", value=many), "http://x/", None, (old,)) if many else None
    past = [*filter(None, [typed]), Touched(Click(selector="#a"), "http://x/", ADD, (old,))]
    return any(counter(deed, page(shown, taken=1), page(again)) for deed in deeds(past, page(shown, taken=1)))


@pytest.mark.parametrize(("old", "new", "is_one"), COUNTERS)
def test_only_what_is_called_as_what_was_clicked_and_goes_on_by_one_counts_it(old: str, new: str, is_one: bool):
    assert counts(old, new, new) is is_one


def test_a_counter_that_is_as_before_after_the_reload_proves_nothing():
    assert not counts("Cart (0)", "Cart (1)", "Cart (0)")


def test_a_counter_goes_on_by_as_many_as_were_entered():
    assert counts("Basket, cart: 0", "Basket, cart: 3", "Basket, cart: 3", many="3") is False
    assert counts("Cart: 0", "Cart: 3", "Cart: 3", many="3")
