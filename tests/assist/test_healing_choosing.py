"""What tells a control from others that are like it."""

import pytest
from msgspec.structs import replace

from ghostly.domain.observation import Box, Control
from ghostly.domain.steps import Check, Click
from tests.lost import CANCEL, SAVE, card, heal, renamed


def row(of, selector, *, address):
    texts = (of, "Report")
    return Control(selector=selector, role="link", name="Get", text="Get", tag="a", href=address, neighbours=texts)


def test_of_links_called_the_same_the_one_is_found_that_keeps_its_address_wherever_it_stands_now():
    lost, moved = row("May", "#lost", address="/may"), row("News", "#b", address="/may")

    healed = heal(row("June", "#a", address="/june"), moved, step=Click(selector="#lost"), fingerprint=lost)

    assert healed.control.selector == "#b"


def test_the_next_of_a_numbered_series_is_not_taken_for_the_one_that_is_gone():
    lost, other = row("May", "#lost", address="/r/5"), row("June", "#a", address="/r/6")

    assert heal(other, step=Click(selector="#lost"), fingerprint=lost) is None


def test_a_series_that_went_on_where_it_stood_is_the_same_control():
    lost, onwards = row("Pages", "#lost", address="?page=2"), row("Pages", "#a", address="?page=3")

    assert heal(onwards, step=Click(selector="#lost"), fingerprint=lost).control.selector == "#a"


def test_a_row_of_which_one_text_is_another_is_another_row():
    lost = replace(card("Monday", "#lost"), alike=2, neighbours=("Change", "Doctor Vega", "Monday"))
    other = replace(lost, selector="#a", neighbours=("Change", "Doctor Vega", "Friday"))

    assert heal(other, fingerprint=lost) is None


def test_a_row_in_which_a_text_was_retold_is_the_same_row():
    lost = replace(card("Monday", "#lost"), alike=2, neighbours=("Change", "Doctor Vega", "Monday"))
    retold = replace(lost, selector="#a", neighbours=("Change it", "Doctor Vega", "MONDAY"))
    other = replace(lost, selector="#b", neighbours=("Change it", "Doctor Brown", "Friday"))

    assert heal(retold, other, fingerprint=lost).control.selector == "#a"


def test_of_two_rows_that_are_told_together_the_other_is_not_taken():
    lost = replace(card("Ana", "#lost"), alike=1, neighbours=("Ana", "Bo"))
    other = replace(lost, selector="#a", neighbours=("Bo", "Ana"))

    assert heal(other, fingerprint=lost) is None


def twin(day, selector="#a"):
    return replace(card("Early, Nora", selector), alike=1, twins=1, headings=(day, "Week"))


def test_of_two_rows_that_say_the_same_the_one_under_the_same_headings_is_taken():
    healed = heal(twin("Monday"), twin("Friday", "#b"), fingerprint=twin("FRIDAY", "#lost"))

    assert healed.control.selector == "#b"


@pytest.mark.parametrize("headings", [("Monday", "Week"), ("Week",), ("Friday", "Week", "May"), ()])
def test_the_twin_under_other_headings_is_not_taken_for_the_one_that_is_gone(headings):
    other = replace(twin("Friday"), headings=headings)

    assert heal(other, fingerprint=twin("Friday", "#lost")) is None


def test_where_nothing_told_twins_apart_the_one_that_is_left_is_not_taken():
    bare = replace(twin("Monday"), headings=())

    assert heal(bare, fingerprint=replace(bare, selector="#lost")) is None


def test_of_rows_that_were_the_same_under_the_same_headings_none_is_taken():
    lost = replace(twin("Monday", "#lost"), copies=1)

    assert heal(twin("Monday"), fingerprint=lost) is None


def test_headings_count_among_twins_only():
    lost = replace(twin("Monday", "#lost"), twins=0)

    assert heal(twin("Friday"), fingerprint=lost).control.selector == "#a"


def test_a_renamed_one_of_many_is_found_by_its_row_though_the_others_kept_the_name():
    lost = replace(card("Blue mug", "#lost"), alike=1)
    renamed_one = replace(card("Blue mug", "#b"), name="Add now", text="Add now")

    assert heal(card("Red mug", "#a"), renamed_one, fingerprint=lost).control.selector == "#b"


def test_what_is_called_the_same_goes_before_what_is_called_similarly():
    lost = Control(selector="#x", role="checkbox", name="Select all", tag="input", type="checkbox")
    similar = [replace(lost, selector=f"#{i}", name="Select", path="html/body") for i in range(3)]

    healed = heal(*similar, replace(lost, selector="#all"), step=Check(selector="#x"), fingerprint=lost)

    assert healed.control.selector == "#all"


def moved_search(**changes):
    bare = replace(SAVE, name="Search", text="Search", id="", neighbours=("Home",), box=Box(0, 0, 60, 20))
    other = {"selector": "#new", "path": "html/body/main/nav/button", "box": Box(900, 700, 120, 20)}
    return bare, replace(bare, neighbours=("Prices",), **other, **changes)


def test_a_name_that_grew_is_known_elsewhere_where_nothing_else_is_called_similarly():
    lost, grown = moved_search(name="Search today", text="Search today")

    assert heal(grown, step=Click(selector="form > button"), fingerprint=lost) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Search today", "text": "Search today", "id": "its-own"},
        {"name": "Search in all the old orders", "text": "Search in all the old orders"},
        {"name": "Look up", "text": "Look up"},
    ],
    ids=["it has an id, and the lost one had none", "it says much more", "it says it in other words"],
)
def test_elsewhere_a_similar_name_is_not_enough(changes):
    lost, other = moved_search(**changes)

    assert heal(other, step=Click(selector="form > button"), fingerprint=lost) is None


def test_what_has_the_id_is_not_taken_if_another_control_has_the_name():
    thief = replace(CANCEL, selector="#thief", name="Print", text="Print", id="save")

    assert heal(thief, renamed(id="x")) is None


def test_identifiers_that_point_to_two_controls_prove_nothing():
    lost = replace(SAVE, test_id="save")

    assert heal(renamed(test_id="t"), replace(lost, selector="#b", id="x"), fingerprint=lost) is None


def test_a_link_elsewhere_is_not_taken_only_because_it_leads_where_the_lost_one_led():
    lost = replace(row("Prices", "#logo", address="/"), name="Acme", classes="logo", box=Box(0, 0, 90, 40))
    home = replace(row("Terms", "#home", address="/"), name="Start", classes="foot", box=Box(500, 900, 60, 20))

    assert (
        heal(replace(home, text="Start"), step=Click(selector="#logo"), fingerprint=replace(lost, text="")) is None
    )


def test_what_pictures_tell_apart_is_told_apart():
    lost = replace(row("A", "#lost", address="/next"), name="Next part →", text="Next part →", alike=1)
    plain = replace(lost, selector="#a", name="Next part", text="Next part", neighbours=("B",))
    moved = replace(lost, selector="#b", neighbours=("C",))

    assert heal(plain, moved, step=Click(selector="#lost"), fingerprint=lost).control.selector == "#b"
    assert heal(plain, step=Click(selector="#lost"), fingerprint=lost) is None


def cross(of, selector):
    return replace(SAVE, selector=selector, name=f"Remove {of}", text="✕", id="", neighbours=(of, "Members"))


def test_what_is_labelled_is_called_as_its_label_says_wherever_it_stands_now():
    moved = replace(cross("Ana", "#b"), neighbours=("Bo", "✕"), box=Box(400, 600, 80, 30))

    healed = heal(cross("Bo", "#a"), moved, fingerprint=cross("Ana", "#lost"))

    assert healed.control.selector == "#b"


def test_the_same_sign_under_another_label_is_another_control():
    assert heal(cross("Bo", "#a"), fingerprint=cross("Ana", "#lost")) is None


def test_a_sister_named_after_the_same_pattern_is_not_taken_for_the_one_that_is_gone():
    lost = replace(SAVE, id="", test_id="add-doing-card", neighbours=("Doing", "Pay"))
    sister = replace(lost, selector="#a", test_id="add-todo-card", neighbours=("To do", "Call"))

    assert heal(sister, fingerprint=lost) is None
    assert heal(replace(sister, test_id="x-17"), fingerprint=lost) is not None


def test_of_rows_that_are_all_there_still_the_one_is_taken_beside_which_something_new_stands():
    lost = replace(card("Blue mug", "#lost"), alike=1)
    grown = replace(lost, selector="#b", neighbours=("Compare", "Gift", "New", *lost.neighbours))

    assert heal(card("Red mug", "#a"), grown, fingerprint=lost).control.selector == "#b"


def test_what_has_the_id_may_take_the_name_of_a_neighbour_that_still_has_it():
    taken = renamed(id="save", name="Email", text="Email")
    field = Control(selector="#mail", role="textbox", name="Email", tag="input", type="email")

    assert heal(taken, field).control.selector == "#new"
    assert heal(taken) is None


def test_of_two_that_are_called_alike_neither_is_taken_for_its_place():
    lost = replace(SAVE, id="")
    there = replace(lost, selector="#a", name="Save please", text="Save please")

    assert heal(there, fingerprint=lost) is not None
    assert heal(there, replace(there, selector="#b", box=Box(400, 600, 80, 30)), fingerprint=lost) is None
