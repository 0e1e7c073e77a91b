"""What may be meant otherwise is not done: no wrong button is clicked for it, and no wrong value entered."""

from __future__ import annotations

from typing import Any

import pytest
from looks import asked, button, control, field, link, page, told

from ghostly.assist.brain import Proposal
from ghostly.assist.goals.language import understand
from ghostly.assist.offline.planning import propose
from ghostly.domain.observation import Control

FORM = "html/body/main/form"
CUSTOMER = field("Customer", "#c", path=f"{FORM}/input")
AMOUNT = control("spinbutton", "Amount", "#a", type="number")
NOTE, REASON = field("Note", "#n"), field("Reason", "#r")
HERMES: dict[str, Any] = {"headings": ("Hermes",)}


def proposed(goal: str, *controls: Control, **more: Any) -> Proposal:
    return propose(asked(goal, page(*controls, **more)))


def steps(goal: str, *controls: Control, **more: Any) -> list[str]:
    return [told(one) for one in proposed(goal, *controls, **more).steps]


def clicks(goal: str, *controls: Control, **more: Any) -> list[str]:
    return [one for one in steps(goal, *controls, **more) if one.startswith("click")]


@pytest.mark.parametrize(
    "goal",
    [
        "See 'Orders'. The list is sorted by date.",
        "The list is not empty. See 'Orders'.",
        "See 'Orders'. No order is unpaid.",
        "See 'Orders'. Every order has a total.",
        "See 'Orders'. The user is not logged in.",
        "See 'Orders'. Test the delete button.",
        "See 'Orders'. Check that total",
    ],
)
def test_what_is_expected_is_never_passed_over_as_a_remark(goal: str):
    found = understand(goal)

    assert found.unclear is not None or len(found.instructions) == 2


# ---- what is clicked


@pytest.mark.parametrize(
    ("goal", "controls"),
    [
        ("delete the project Apollo", (button("Delete", **HERMES), link("Apollo"), link("Projects"))),
        ("archive the project Apollo", (button("Archive"), link("Apollo"), link("Projects"))),
        ("approve the invoice of Ana", (button("Approve", row=("Bo", "Invoice")), link("Ana"), link("Invoice"))),
        ("approve Apollo with note fine", (field("Note", **HERMES), button("Approve", **HERMES), link("Apollo"))),
        ("delete Apollo reason old", (REASON, button("Delete", **HERMES), link("Apollo"))),
    ],
)
def test_a_link_elsewhere_does_not_say_what_a_button_is_for(goal: str, controls: tuple[Control, ...]):
    assert steps(goal, *controls) == []


def test_a_link_elsewhere_does_not_say_what_a_field_is_for():
    assert steps("set the amount of Basil to 20", AMOUNT, link("Basil")) == []


@pytest.mark.parametrize("goal", ["fill in the order:\nCustomer: Ana", "add the customer Ana"])
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Log out", "html/body/header/form/button"),
        ("Subscribe", "html/body/footer/form/button"),
        ("Sign out", f"{FORM}/button"),
        ("Reset", f"{FORM}/button"),
        ("Delete account", f"{FORM}/button"),
        ("Delete recipe", f"{FORM}/button"),
    ],
)
def test_a_button_of_another_form_or_of_another_kind_sends_nothing(goal: str, name: str, path: str):
    assert clicks(goal, CUSTOMER, button(name, path=path, type="submit")) == []


@pytest.mark.parametrize("name", ["Save as draft", "Create account", "Add row", "Subscribe to newsletter"])
def test_a_button_that_says_more_than_was_asked_sends_nothing(name: str):
    assert clicks("reserve the customer Ana", CUSTOMER, button(name, path=f"{FORM}/button", type="submit")) == []


def test_a_button_of_the_dialog_that_undoes_sends_nothing():
    mail = control("textbox", "E-mail", "#e", type="email", in_dialog=True)
    seen = (mail, button("Remove team", in_dialog=True))

    assert clicks("invite ana@x.com to the team", *seen, dialogs=("Invite to the team",)) == []


def test_who_cancels_a_booking_does_not_dismiss_the_dialog():
    reason = field("Reason", "#r", in_dialog=True)
    seen = (reason, button("Cancel", "#x", in_dialog=True), button("Confirm", "#y", in_dialog=True))

    assert "click #x" not in clicks("cancel the booking with reason 'late'", *seen, dialogs=("Cancel booking",))


def test_a_search_by_an_act_sends_no_form():
    save = button("Save", path=f"{FORM}/button", type="submit")

    assert clicks("filter by customer Ana", CUSTOMER, save) == []


def test_a_button_of_a_row_is_not_clicked_for_whom_nothing_names():
    assert steps("assign ticket 14 to Ana", button("Assign", row=("14", "Floor"))) == []


def test_what_is_ticked_already_is_not_clicked():
    terms = control("checkbox", "I accept the terms", tag="input", type="checkbox", checked=True)

    assert clicks("accept the terms", terms) == []


# ---- what is done


@pytest.mark.parametrize("verb", ["publish", "send", "pay", "transfer", "archive", "log"])
def test_an_act_that_no_button_does_is_not_done_by_filling_in(verb: str):
    assert not proposed(f"{verb} the amount 20", AMOUNT, button("Log visit")).completes


def test_an_act_that_two_buttons_do_is_not_done():
    assert not proposed(
        "publish the amount 20", AMOUNT, button("Publish", "#1"), button("Publish", "#2")
    ).completes


# ---- what is entered


@pytest.mark.parametrize(
    ("goal", "name"),
    [
        ("Never use Ana as customer", "Customer"),
        ("Nunca pongas a Ana como cliente", "Cliente"),
        ("The customer became Ana", "Customer"),
        ("El cliente era Ana", "Cliente"),
    ],
)
def test_what_is_denied_or_told_is_not_typed(goal: str, name: str):
    assert not any(one.startswith("fill") for one in steps(goal, field(name)))


@pytest.mark.parametrize("value", ["At home", "Called twice", "Back in May", "As you like it", "To do"])
@pytest.mark.parametrize("sign", [": ", " = "])
def test_what_stands_behind_a_label_and_its_sign_is_typed_as_it_is_or_not_at_all(sign: str, value: str):
    typed = [one for one in steps(f"fill in the visit:\nNote{sign}{value}", NOTE) if one.startswith("fill")]

    assert typed in ([f"fill #n = {value}"], [])


@pytest.mark.parametrize(
    ("goal", "wrong"),
    [
        ("change the customer from Ana to Bo", "from Ana to Bo"),
        ("change customer Ana to Bo", "Ana to Bo"),
        ("register Ana as customer", "register Ana"),
        ("amount under 20", "20"),
        ("amount 1,000.50", "1"),
    ],
)
def test_half_or_too_much_of_a_value_is_not_typed(goal: str, wrong: str):
    assert not any(one.endswith(f"= {wrong}") for one in steps(goal, CUSTOMER, AMOUNT))


@pytest.mark.parametrize("goal", ["Note: Delete all", "Delivery note: Save order"])
def test_a_value_behind_its_label_is_not_clicked(goal: str):
    assert clicks(goal, NOTE, button("Delete all"), button("Save order")) == []


def test_what_is_made_anew_is_not_typed_where_others_are_looked_for():
    search = control("searchbox", "Search contacts", "#s", type="search")

    assert steps("Add a contact called 'Ana'", search) == []
