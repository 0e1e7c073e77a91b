"""An entry is lost where a reload puts back, in the same place, what stood there before it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ghostly.assist.pursuit.forgetting import put_back
from ghostly.assist.pursuit.reverting import Touched
from ghostly.domain.observation import Control, Observation
from ghostly.domain.steps import AnyStep, Fill, SelectOption

FIELD = Control(selector="#f", role="textbox", name="F", tag="input", value="old")
BACK = [
    ("79", "€79.00 ✎", "€64.00 ✎"),
    ("1250", "Total: 1,250.00 EUR", "Total: 980.00 EUR"),
    ("1250,5", "1.250,50 €", "980,00 €"),
    ("12", "12", "3"),
    ("Nadia K.", "Hello, Nadia K.", "Hello, old"),
    ("Nadia K.", "Nickname: Nadia K.", "Nickname: —"),
    ("High", "Priority: High", "Priority: old"),
    ("Bo", "BO", "Old"),
]
NOT_BACK = [
    ("Ada", "Thank you, Ada", "Send us a message"),
    ("79", "79 visitors", "Nobody is here"),
    ("79", "80 visitors", "64 visitors"),
    ("Ada", "Ada", "Somebody else"),
    ("$secret:PIN", "1234", "old"),
]


def page(*lines: str) -> Observation:
    return Observation(url="http://x/", title="", tree="", node_count=1, text="\n".join(lines))


def put(entry: str, new: str, old: str, *, step: AnyStep | None = None, stood: bool = True) -> str | None:
    did = Touched(step or Fill(selector="#f", value=entry), "http://x/", FIELD)
    before, after = page("Shelf", "12 pieces", new, "Bench"), page("Shelf", "12 pieces", old, "Bench")
    return put_back([did], {old} if stood else set(), before, after)


@pytest.mark.parametrize(("entry", "new", "old"), BACK)
def test_what_stood_there_before_is_back(entry: str, new: str, old: str):
    assert put(entry, new, old) == new


@pytest.mark.parametrize(("entry", "new", "old"), NOT_BACK)
def test_other_words_in_its_place_are_not_what_stood_there(entry: str, new: str, old: str):
    assert put(entry, new, old) is None


def test_what_nobody_saw_before_is_not_back():
    assert put("79", "€79.00", "€64.00", stood=False) is None


def test_what_was_chosen_is_an_entry_too():
    step = SelectOption(selector="#f", value="High")

    assert put("", "Priority: High", "Priority: old", step=step) == "Priority: High"


def test_a_secret_is_no_entry_that_could_be_told():
    assert put("", "hush", "old", step=Fill(selector="#f", value="hush", secret=True)) is None


def test_what_a_list_shows_of_itself_is_no_entry_that_is_kept():
    step = SelectOption(selector="#f", value="Card")
    before, after = (
        replace(page("Pay with", value, "Apply"), controls=(replace(FIELD, tag="select", value=value),))
        for value in ("Card", "Cash")
    )

    assert put_back([Touched(step, "http://x/", FIELD)], {"Cash"}, before, after) is None
