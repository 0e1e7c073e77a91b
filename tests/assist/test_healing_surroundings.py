"""How much of what stood around a control stands around another one."""

import pytest

from ghostly.assist.healing.surroundings import Around, around, rarities
from ghostly.domain.observation import Control


def control(*neighbours):
    return Control(selector="#x", role="button", name="Edit", tag="button", neighbours=neighbours)


def near(ours, theirs, *others):
    page = [control(*theirs), *(control(*each) for each in others)]
    return around(control(*ours), page[0], rarities(page))


def test_the_same_texts_in_the_same_order_are_all_of_it():
    assert near(("Ana", "Admin"), ("Ana", "Admin")) == Around(1.0, 1.0, 1.0, 1.0)


@pytest.mark.parametrize("theirs", [("ana", "ADMIN"), ("Ana", "Admin role"), ("Ana  ", "Admni")])
def test_a_text_that_was_retold_is_kept(theirs):
    assert near(("Ana", "Admin"), theirs).turn == 1.0


def test_of_texts_that_changed_places_all_are_kept_and_their_order_is_not():
    kept = near(("Ana", "Bo"), ("Bo", "Ana"))

    assert (kept.lost, kept.here) == (1.0, 1.0)
    assert kept.turn < 0.6


@pytest.mark.parametrize(
    ("theirs", "replaced"),
    [(("Ana",), False), (("Ana", "Admin", "New"), False), (("Ana", "Editor"), True), ((), True)],
    ids=["one went", "one came", "one went and one came", "nothing is there"],
)
def test_what_went_or_came_is_no_other_row_but_both_together_are(theirs, replaced):
    assert near(("Ana", "Admin"), theirs).replaced is replaced


def test_what_stands_around_many_says_little():
    others = [("Ana", "Stock")] * 5

    assert near(("Mug", "Stock"), ("Tray", "Stock"), *others).turn < near(("Mug", "Stock"), ("Tray", "Stock")).turn


def test_what_something_nearer_drove_out_of_sight_is_not_gone():
    ours = ("Ana", "Admin", "Rome", "May", "Edit", "Title")

    pushed = near(ours, ("Ana", "New", "Admin", "Rome", "May", "Edit"))

    assert pushed.lost == 1.0
    assert not pushed.replaced


def test_the_farthest_are_gone_where_nothing_nearer_came():
    ours = ("Edit", "Share", "Open", "Star", "May", "Ana")

    assert near(ours, ("Edit", "Share", "Open", "Star", "June", "Bo")).replaced


def test_what_took_the_place_of_another_drove_nothing_out_of_sight():
    ours = ("Edit", "Share", "Open", "12.00", "Bakery", "May")

    assert near(ours, ("Edit", "Share", "Open", "88.50", "Bakery", "June")).replaced


def test_others_that_are_called_the_same_say_nothing_of_where_it_stands():
    assert near(("Ana", "Admin"), ("EDIT", "Ana", "Admin")).turn == 1.0


def test_what_came_between_leaves_the_order_of_what_was_there():
    assert near(("Ana", "Admin"), ("New", "Ana", "Admin")).kept == 1.0
