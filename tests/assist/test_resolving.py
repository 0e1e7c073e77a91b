"""Which control is meant: by role and name, one alone, or none."""

from __future__ import annotations

import pytest
from looks import asked, box, button, control, field, link, native, page, passed, plan, told

from ghostly.assist.offline.planning import propose
from ghostly.domain.observation import Control


def steps(goal: str, *controls: Control) -> list[str]:
    return [told(step) for step in plan(goal, page(*controls))]


def test_two_equal_buttons_are_no_guess():
    proposal = propose(asked("click Delete", page(button("Delete", "#a"), button("Delete", "#b"))))

    assert (proposal.steps, proposal.completes, proposal.unclear) == ((), False, None)


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("click the first Delete button", "click #a"),
        ("click the second 'Delete'", "click #b"),
        ("click the last Delete", "click #c"),
        ("pulsa el último botón Delete", "click #c"),
        ("pulsa el segundo 'Delete'", "click #b"),
    ],
)
def test_an_ordinal_says_which(goal: str, expected: str):
    assert steps(goal, button("Delete", "#a"), button("Delete", "#b"), button("Delete", "#c")) == [expected]


def test_an_ordinal_beyond_the_last_is_nobody():
    assert steps("click the third Delete", button("Delete", "#a"), button("Delete", "#b")) == []


@pytest.mark.parametrize(
    "goal", ["click Delete next to 'Bo'", "click Delete in the row of Bo", "click Delete in the Bo row"]
)
def test_what_stands_beside_it_says_which(goal: str):
    ana, bo = button("Delete", "#a", neighbours=("Ana",)), button("Delete", "#b", neighbours=("Bo", "Edit"))

    assert steps(goal, ana, bo) == ["click #b"]


def test_a_row_begins_with_what_it_is_about():
    ana = button("Delete", "#a", neighbours=("Name", "Ana", "Bo", "Delete"))
    bo = button("Delete", "#b", neighbours=("Delete", "Bo", "Cy", "Delete"))

    assert steps("click Delete in the row of Bo", ana, bo) == ["click #b"]


def test_a_part_of_the_page_says_which():
    above, below = link("Help", "#a", path="html/body/nav/a"), link("Help", "#b", path="html/body/footer/a")

    assert steps("click Help in the footer", above, below) == ["click #b"]


def test_links_to_one_place_are_one():
    assert steps("click Lamp", link("Lamp", "#a", href="/lamp"), link("Lamp", "#b", href="/lamp")) == ["click #a"]


def test_an_open_dialog_comes_first():
    assert steps("click OK", button("OK", "#under"), button("OK", "#over", in_dialog=True)) == ["click #over"]


def test_what_can_be_used_comes_first():
    assert steps("click OK", button("OK", "#grey", enabled=False), button("OK", "#live")) == ["click #live"]


def test_what_is_not_seen_is_not_there():
    assert steps("click OK", button("OK", visible=False)) == []


def test_a_name_counts_more_than_what_only_authors_see():
    assert steps("click Save", button("Send", "#a", test_id="save"), button("Save", "#b")) == ["click #b"]


@pytest.mark.parametrize("name", ["SAVE", "Save…", "  save ", "Sáve:"])
def test_case_accents_and_space_do_not_count(name: str):
    assert steps("click 'Save'", button(name, "#a")) == ["click #a"]


@pytest.mark.parametrize(("wanted", "name"), [("Sumbit order", "Submit order"), ("Save", "Save changes")])
def test_a_name_that_is_nearly_the_same_will_do(wanted: str, name: str):
    assert steps(f"click '{wanted}'", button(name, "#a"), button("Cancel", "#b")) == ["click #a"]


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Save and leave", "Save"),
        ("Item 1", "Item 2"),
        ("Subscribe", "Unsubscribe"),
        ("Launch rocket", "Delete"),
        ("Sign in", "Sign out"),
    ],
)
def test_a_name_that_means_something_else_will_not_do(wanted: str, name: str):
    assert steps(f"click '{wanted}'", button(name, "#a")) == []


def test_two_names_that_are_equally_near_are_no_guess():
    assert steps("click 'Save'", button("Save copy", "#a"), button("Save page", "#b")) == []


@pytest.mark.parametrize("goal", ["fill Name with x", "check Name", "upload 'x' to Name", "click the Name link"])
def test_a_control_of_another_kind_is_never_taken(goal: str):
    assert steps(goal, button("Name")) == []


def test_only_lists_that_have_the_option_are_lists_for_it():
    sizes = native("Size", "S", "M", selector="#shirt"), native("Size", "40", "41", selector="#shoe")

    assert steps("select '41' as Size", *sizes) == ["selectOption #shoe = 41"]


def test_a_list_of_its_own_making_is_opened_once_and_then_chosen_from():
    closed = page(control("combobox", "Country", "#country", tag="div"))
    opened = page(*closed.controls, control("option", "Spain", "#spain"))
    first = propose(asked("select Spain in Country", closed)).steps

    assert [told(step) for step in first] == ["click #country"]
    assert [told(step) for step in propose(asked("select Spain in Country", opened, passed(*first))).steps] == [
        "click #spain"
    ]
    assert propose(asked("select Spain in Country", closed, passed(*first))).steps == ()


def test_a_box_behind_its_own_label_is_ticked_although_it_is_not_seen():
    assert steps("check Terms", box("Terms", "#terms", visible=False)) == ["check #terms"]


def test_the_user_is_typed_before_the_password():
    newsletter, user = field("E-mail", "#news", type="email"), field("Username", "#user")
    word, enter = field("Password", "#pass", type="password"), button("Sign in", "#go", type="submit")
    typed = steps("log in as ana with password x", newsletter, user, word, link("Sign in", "#no"), enter)

    assert typed == ["fill #user = ana", "fill #pass = x", "click #go"]


def test_close_means_the_dialogs_own_button():
    assert steps("close the dialog", button("Close", "#no"), button("\u00d7", "#yes", in_dialog=True)) == [
        "click #yes"
    ]


@pytest.mark.parametrize("name", ["Add row", "Copy link", "First steps", "Open menu"])
def test_a_name_that_sounds_like_a_kind_or_a_number_is_a_name(name: str):
    assert steps(f"click {name}", button("Save", "#no"), button(name, "#yes")) == ["click #yes"]


def shelf(*names: str) -> list[Control]:
    """A button in each row; what stands around it is told of the rows beside it as well."""
    return [button("Add", f"#{at}", row=(name, "Add"), neighbours=names) for at, name in enumerate(names)]


@pytest.mark.parametrize("where", ["next to 'Plate'", "in the row of 'Plate'", "in the 'Plate' row"])
def test_a_row_says_which_whatever_stands_around(where: str):
    assert steps(f"click 'Add' {where}", *shelf("Cup", "Plate", "Dinner plate")) == ["click #1"]


def test_a_row_that_says_more_than_its_name_will_do():
    assert steps("click 'Add' next to 'Plate'", *shelf("Cup", "Plate (large)")) == ["click #1"]


def test_what_the_row_beside_it_says_is_no_reason_to_use_a_control():
    sold_out = [each for each in shelf("Cup", "Plate", "Bowl") if each.row[0] != "Plate"]

    assert steps("click 'Add' next to 'Plate'", *sold_out) == []


def test_a_name_in_two_parts_of_a_row_is_one():
    ana = button("Edit", "#a", row=("Ana", "Petrova"))
    olga = button("Edit", "#b", row=("Olga", "Petrova"))

    assert steps("click 'Edit' in the row of 'Olga Petrova'", ana, olga) == ["click #b"]


@pytest.mark.parametrize(
    ("option", "taken"),
    [("Express (£6.00)", True), ("Express \u2013 tomorrow", True), ("Express plus", False), ("No express", False)],
)
def test_an_option_may_say_more_than_its_name(option: str, taken: bool):
    chosen = steps("choose 'Express'", control("radio", "Free", "#a"), control("radio", option, "#b"))

    assert chosen == (["check #b"] if taken else [])


def test_an_option_that_is_called_just_so_comes_first():
    chosen = steps("choose 'Express'", control("radio", "Express (slow)", "#a"), control("radio", "Express", "#b"))

    assert chosen == ["check #b"]


def test_a_native_list_has_an_option_that_says_more():
    chosen = steps("select 'Express' in Delivery", native("Delivery", "Free", "Express (£6.00)", selector="#d"))

    assert chosen == ["selectOption #d = Express (£6.00)"]
