"""A page's figures are read with what they are called, and prove a contradiction only where they add up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from ghostly.assist.offline.judging.figures import counted, figures, labelled, makes
from ghostly.domain.observation import Control, Observation


def page(*lines: str) -> Observation:
    return Observation(url="http://x/", title="", tree="", node_count=1, text="\n".join(lines))


SUMS = [
    (("Subtotal 23.70 €", "Delivery Free", "Total 15.80 €"), "23.70", True),
    (("Subtotal", "23,70 €", "Envío", "5,00 €", "Total", "15,80 €"), "28.70", True),
    (("Subtotal 1,200.00 $", "Discount 200.00 $", "Total 1,200.00 $"), "1000", True),
    (("Papers 3 x 7.90 €", "Total 15.80 €"), "23.70", True),
    (("Papers", "3 x 7.90", "Total 15.80 €"), "23.70", True),
    (("Papers 3 x 7.90 €", "Subtotal 23.00 €", "Discount 3.00 €", "Total 21.00 €"), "20.70", True),
    (("Papers 3 x 7.90 €", "Subtotal 23.00 €", "Discount 3.00 €", "Total 21.00 €"), "26.70", False),
    (("Total 15.80 €", "Ordered before: Papers 3 x 7.90 €"), "23.70", False),
    (("Print 3 x 5", "Total 10.00 €"), "15", False),
    (("Subtotal 15.80 €", "Delivery Free", "Total 15.80 €"), "23.70", False),
    (("Total 15.80 €",), "23.70", False),
]


@pytest.mark.parametrize(("lines", "wanted", "is_made"), SUMS)
def test_what_stands_above_a_total_makes_it_or_not(lines: tuple[str, ...], wanted: str, is_made: bool):
    found = figures(page(*lines))
    at = next(n for n, one in enumerate(found) if one.label == "total")

    assert (makes(Decimal(wanted), at, found, page(*lines)) is not None) is is_made


def inbox(many: int, *, button: str = "Archive", row: bool = True, path: str = "") -> Observation:
    controls = [
        Control(selector=f"#{n}", role="button", name=button, tag="button", row=(f"Letter {n}",) if row else ())
        for n in range(many)
    ]
    return replace(page(), url=f"http://x/{path}", controls=tuple(controls))


COUNTS = [
    (inbox(3), inbox(2), 2, True),
    (inbox(3), inbox(3), 2, False),
    (inbox(3, row=False), inbox(2, row=False), 2, False),
    (inbox(3), inbox(0), 0, False),
    (inbox(3), inbox(2, path="other"), 2, False),
]


@pytest.mark.parametrize(
    ("first", "now", "wanted", "is_counted"),
    COUNTS,
    ids=["entries", "entries that stayed", "no entries", "an empty page", "another page"],
)
def test_a_counter_is_wrong_only_of_entries_of_which_there_were_and_are_as_many(first, now, wanted, is_counted):
    assert (counted(first, now, Decimal(3), Decimal(wanted)) is not None) is is_counted


def test_two_numbers_are_no_labelled_figure():
    assert labelled("3 of 12 shown") is None


def test_a_number_without_a_name_is_no_labelled_figure():
    assert labelled("23.70 €") is None
