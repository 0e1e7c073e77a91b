from __future__ import annotations

from ghostly.assist.pursuit.victory import stood_alone
from ghostly.domain.observation import Control, Observation

ADD = Control(selector="#add", role="button", name="Add", tag="button")


def shown(*lines: str, controls: tuple[Control, ...] = (ADD,)) -> Observation:
    return Observation(url="http://x/", title="", tree="", node_count=1, text="\n".join(lines), controls=controls)


def test_an_entry_that_alone_is_gone_stood_alone():
    before, after = shown("To-dos", "Buy milk", "Saved"), shown("To-dos")

    assert stood_alone("Buy milk", before, after)


def test_an_entry_that_is_still_there_did_not_get_lost():
    before, after = shown("To-dos", "Buy milk", "Saved"), shown("To-dos", "Buy milk")

    assert not stood_alone("Buy milk", before, after)


def test_a_name_within_a_sentence_is_no_entry():
    before, after = shown("Contact", "Thank you, Ada."), shown("Contact")

    assert not stood_alone("Ada", before, after)


def test_a_page_that_has_not_the_same_controls_any_more_is_another_one():
    before, after = shown("Order", "Ada"), shown("Order", controls=())

    assert not stood_alone("Ada", before, after)


def test_a_page_that_lost_most_of_its_lines_is_another_one():
    before, after = shown("Your order", "Ada", "Lamp", "12 €", "Paid"), shown("Order here")

    assert not stood_alone("Ada", before, after)
