"""Goals as people write them on a first day: with titles and stories, in the page's words, values with labels."""

from __future__ import annotations

import pytest
from looks import asked, box, button, control, field, link, page, passed, plan, told

from ghostly.assist.goals.expected import labelled
from ghostly.assist.goals.instruction import Target
from ghostly.assist.goals.language import understand
from ghostly.assist.offline.planning import propose
from ghostly.domain.observation import Control

ROWS = page(
    field("Name", "#name"), field("Work e-mail", "#mail", type="email"),
    field("New task", "#task"), control("searchbox", "Search", "#search"),
    box("I accept the terms", "#terms"), button("Save profile", "#save"), button("Add task", "#add"),
    button("Accept all", "#accept", in_dialog=True), button("Reject all", "#reject", in_dialog=True),
    button("Archive", "#a1", neighbours=("INV-1", "Ana")), button("Archive", "#a2", neighbours=("INV-2", "Bo")),
    button("Marcar como leída", "#m", neighbours=("Tu pedido",)), link("Continue to delivery", "#next"),
    button("This year", "#year", headings=("Revenue",)),
    dialogs=("We use cookies. Accept all Reject all",),
)  # fmt: skip

WRITTEN = [
    ("Accept all cookies", ["click #accept"]),
    ("Archive the invoice INV-2", ["click #a2"]),
    ("Marca como leída la notificación 'Tu pedido'", ["click #m"]),
    ("Continue to delivery", ["click #next"]),
    ("fill 'Name' with 'Ana' and save", ["fill #name = Ana", "click #save"]),
    ("change the name to 'Ana' and save it", ["fill #name = Ana", "click #save"]),
    ("As an admin I want to rename myself: fill Name with Ana", ["fill #name = Ana"]),
    ("Quiero buscar algo: busca 'taza'", ["fill #search = taza", "press #search Enter"]),
    ("Enter 'Ana' as the name and 'a@b.c' as the work e-mail", ["fill #name = Ana", "fill #mail = a@b.c"]),
    ("Fill in the form: name 'Ana', work e-mail 'a@b.c'", ["fill #name = Ana", "fill #mail = a@b.c"]),
    ("Switch the revenue chart to 'This year'", ["click #year"]),
    ("Add a new task called 'Write'", ["fill #task = Write", "click #add"]),
]


@pytest.mark.parametrize(("goal", "steps"), WRITTEN)
def test_a_goal_as_people_write_it_becomes_these_steps(goal: str, steps: list[str]):
    assert [told(step) for step in plan(goal, ROWS)] == steps


@pytest.mark.parametrize(
    "goal",
    [
        "Archive the invoice INV-3",
        "Archive the invoice",
        "Delete everything of INV-1",
        "Frobnicate the quux",
        "Archive",
    ],
)
def test_what_the_page_has_no_control_for_or_two_is_not_done(goal: str):
    assert propose(asked(goal, ROWS)).steps == ()


def row(selector: str, *says: str, beside: tuple[str, ...] = ()) -> Control:
    return button("Archive", selector, row=(*says, "Archive"), neighbours=(*says, *beside))


@pytest.mark.parametrize("goal", ["Archive the invoice INV-2", "Archive the invoice 'INV-2'"])
def test_what_the_next_row_says_is_not_said_of_a_row(goal: str):
    first, third = row("#a1", "INV-1", beside=("INV-2",)), row("#a3", "INV-3", beside=("INV-2",))

    assert plan(goal, page(first, third)) == []
    assert [told(step) for step in plan(goal, page(first, row("#a2", "INV-2"), third))] == ["click #a2"]


def test_the_row_that_says_just_the_name_is_the_one_that_is_meant():
    both = row("#a1", "Mug, blue"), row("#a2", "Cup", "Mug")

    assert [told(step) for step in plan("Archive the article 'Mug'", page(*both))] == ["click #a2"]


@pytest.mark.parametrize(
    "goal", ["make sure that it looks right", "Transfer 250 € from 'A' to 'B'", "The row should say Admin"]
)
def test_what_cannot_be_looked_for_is_not_understood(goal: str):
    assert understand(goal).unclear is not None


def test_all_that_is_not_understood_is_named():
    found = understand("click Save. Be happy. Make sure that it looks right")

    assert (found.unclear, found.others) == ("Be happy", ("Make sure that it looks right",))


@pytest.mark.parametrize(
    ("goal", "verb", "name", "values"),
    [
        ("It should say 'Profile updated'", "see", "Profile updated", ()),
        ("The total must be 23.70 €", "reads", "total", ("23.70 €",)),
        ("el total es 23,70 €", "reads", "total", ("23,70 €",)),
        ("El contador debe mostrar '2 sin leer'", "see", "2 sin leer", ()),
        ("The list should show only 2 people", "see", "2 people", ()),
        ("the balance should show 'None'", "reads", "balance", ("None",)),
    ],
)
def test_what_must_be_told_is_a_text_or_a_value_with_its_label(
    goal: str, verb: str, name: str, values: tuple[str]
):
    (one,) = understand(goal).instructions

    assert (one.verb, one.target and one.target.name, one.values) == (verb, name, values)


def test_a_value_stands_with_its_own_label_and_no_other():
    assert "total" in labelled(Target("total"), "5.00")
    assert labelled(Target("total"), "5.00") != labelled(Target("subtotal"), "5.00")


def test_what_is_made_anew_is_not_typed_twice():
    first = propose(asked("Add a new task called 'Write'", ROWS)).steps
    then = propose(asked("Add a new task called 'Write'", ROWS, passed(*first))).steps

    assert [told(step) for step in then] == ["click #add"]
