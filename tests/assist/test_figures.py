"""A page's figures are read with what they are called, and prove a contradiction only where they add up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ghostly.assist.offline.judging.figures import figures, labelled, makes
from ghostly.domain.observation import Observation


def page(*lines: str) -> Observation:
    return Observation(url="http://x/", title="", tree="", node_count=1, text="\n".join(lines))


SUMS = [
    (("Subtotal 23.70 €", "Delivery Free", "Total 15.80 €"), "23.70", True),
    (("Subtotal", "23,70 €", "Envío", "5,00 €", "Total", "15,80 €"), "28.70", True),
    (("Subtotal 1,200.00 $", "Discount 200.00 $", "Total 1,200.00 $"), "1000", True),
    (("Papers 3 x 7.90 €", "Total 15.80 €"), "23.70", True),
    (("Subtotal 15.80 €", "Delivery Free", "Total 15.80 €"), "23.70", False),
    (("Total 15.80 €",), "23.70", False),
]


@pytest.mark.parametrize(("lines", "wanted", "is_made"), SUMS)
def test_what_stands_above_a_total_makes_it_or_not(lines: tuple[str, ...], wanted: str, is_made: bool):
    found = figures(page(*lines))
    at = next(n for n, one in enumerate(found) if one.label == "total")

    assert (makes(Decimal(wanted), at, found, page(*lines)) is not None) is is_made


def test_two_numbers_are_no_labelled_figure():
    assert labelled("3 of 12 shown") is None


def test_a_number_without_a_name_is_no_labelled_figure():
    assert labelled("23.70 €") is None
