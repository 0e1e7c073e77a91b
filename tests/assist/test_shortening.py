"""An entry is lost where a reload shows less of it in the same place; another way to write it is no loss."""

from __future__ import annotations

import pytest

from ghostly.assist.pursuit.reverting import Touched
from ghostly.assist.pursuit.shortening import shortened
from ghostly.domain.observation import Observation
from ghostly.domain.steps import Fill

LESS = [
    ("600112233", "600 112 233", "600 112 23"),
    ("600112233", "Call 600 112 233", "Call 600 112 23"),
    ("600-112-233", "600-112-233", "600-112-2"),
    ("12345678", "12,345,678", "1,234,567"),
    ("12.5", "Weight: 12.5 kg", "Weight: 12 kg"),
    ("12.5", "Weight: 12.5 kg", "Weight: 13.0 kg"),
    ("79.99", "€79.99", "€79.00"),
    ("Kitchen chair", "Kitchen chair", "Kitchen cha"),
    ("Kitchen chair", "Name: Kitchen chair (new)", "Name: Kitchen cha (new)"),
]
THE_SAME = [
    ("79", "79", "€79.00"),
    ("79", "79", "79.00"),
    ("79.00", "79.00", "79"),
    ("1234567", "1234567", "1,234,567"),
    ("1234567", "1234567", "1.234.567"),
    ("1234567", "1234567", "1.2M"),
    ("1234.56", "1234.56", "€1,235"),
    ("2026-12-18", "2026-12-18", "18/12/2026"),
    ("2026-12-18", "2026-12-18", "2026-12"),
    ("4111111111111234", "4111111111111234", "****1234"),
    ("4111111111111234", "4111111111111234", "4111 1111 **** ****"),
    ("4111111111111234", "4111111111111234", "1234"),
    ("600112233", "600112233", "600 112 233"),
    (" Ana Ruiz ", " Ana Ruiz ", "Ana Ruiz"),
    ("Ana Ruiz", "Ana Ruiz", "ANA RUIZ"),
    ("Ana Ruiz", "Ana Ruiz", "Ana"),
    ("Kitchen chair", "Kitchen chair", "Kitchen cha…"),
    ("Kitchen chair", "Kitchen chair", "Kitchen cha..."),
    ("12", "12 left", "1 left"),
    ("79.99", "€79.99", "€79.50"),
    ("600112233", "600112233", "Nothing yet"),
    ("$secret:PIN", "600112233", "60011223"),
]


def left(entry: str, old: str, new: str, *beside: str) -> tuple[str, str] | None:
    did = Touched(Fill(selector="#f", value=entry), "http://x/", None)
    return shortened([did], page("Shelf", old, "Bench"), page("Shelf", new, "Bench", *beside))


def page(*lines: str) -> Observation:
    return Observation(url="http://x/", title="", tree="", node_count=1, text="\n".join(lines))


@pytest.mark.parametrize(("entry", "old", "new"), LESS)
def test_less_of_an_entry_in_its_place_is_a_loss(entry: str, old: str, new: str):
    assert left(entry, old, new) == (old, new)


@pytest.mark.parametrize(("entry", "old", "new"), THE_SAME)
def test_another_way_to_write_it_is_no_loss(entry: str, old: str, new: str):
    assert left(entry, old, new) is None


def test_what_is_shown_in_full_elsewhere_is_not_lost():
    assert left("Kitchen chair", "Kitchen chair", "Kitchen cha", "All of it: Kitchen chair") is None


def test_what_nobody_entered_may_change():
    assert left("Ana", "600 112 233", "600 112 23") is None
