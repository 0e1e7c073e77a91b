"""What a statement points back at is the only thing that was named, or the statement is not understood."""

from __future__ import annotations

import pytest

from ghostly.assist.goals import understand
from ghostly.assist.goals.expected import victory

JANE = "In the row of Jane Cooper click Edit, set Role to Admin and press Save. "
MAKE = "Create an event called Sprint review. "
DELETE = "Delete the invoice INV-7. "
IN_ROWS = [
    (JANE + "The row should say Admin", "Admin", "Jane Cooper"),
    (JANE + "Its row should now show 'Admin'", "Admin", "Jane Cooper"),
    ("En la fila de Juana Pérez pulsa Editar. La fila debe mostrar Administrador", "Administrador", "Juana Pérez"),
    ("Renew the book 'Middlemarch'. Its row should then say '28 May'", "28 May", "Middlemarch"),
    ("the row of Noah Becker should still show B+", "B+", "Noah Becker"),
    ("Noah Becker's row shows B+", "B+", "Noah Becker"),
    ("la fila de 'Ana' debe decir 'Activa'", "Activa", "Ana"),
    ("see 'Admin' in the row of 'Ana'", "Admin", "Ana"),
    ("en la fila de Ana se ve 'Activa'", "Activa", "Ana"),
]
SEEN = [
    ("Delete the invoice 'INV-7'. It should no longer be visible", "unseen", "INV-7"),
    ("Delete the invoice 'INV-7'. Verify it's not in the list anymore", "unseen", "INV-7"),
    (MAKE + "It must be visible", "see", "Sprint review"),
    ("the event should then say You're going with 2 guests", "see", "You're going with 2 guests"),
    ("the form should show the error 'Too late'", "see", "Too late"),
    ("the answer must mention 30 days", "see", "30 days"),
    ("Old drafts is shown in the sidebar", "see", "Old drafts"),
    ("Type 'ber' into City. The field must contain 'Berlin, Germany'", "holds", "City"),
]
BESIDES = [
    ("see 'Saved' but not 'Error'", ["see Saved", "unseen Error"]),
    ("verify the title 'Cups' and the price '34,00'", ["see Cups", "reads price 34,00"]),
    ("the status is Shipped and tracking number TRK-9", ["reads status Shipped", "reads tracking number TRK-9"]),
    ("the Blue Mug costs $12.99 instead of €11.85", ["reads Blue Mug $12.99", "unseen €11.85"]),
    ("la lista debe tener 'b.docx' y no 'a.docx'", ["see b.docx", "unseen a.docx"]),
    ("Pablo debe seguir Activo", ["reads Pablo Activo"]),
    ("el campo Correo debe seguir teniendo 'a@x.org'", ["holds Correo a@x.org"]),
]
UNCLEAR = [
    "Renew the book Middlemarch. Its row should then say '28 May'",
    "Click 'Archive' next to 'INV-7'. It should appear in the archive with 'Paid'",
    "the row of Ana should show the status Active",
    MAKE + "Then the event is listed",
    "Create a project called 'Apollo'. The message should be displayed",
    DELETE + "It should no longer be visible",
    "Delete the invoice INV-7 of Globex. It should no longer be visible",
    "Delete the invoice 'INV-7'. The invoice disappears",
    "Type 'on my way' into Text and press Enter. The message appears in the chat",
    "Type Globex as the company name. The summary should list Globex",
    "turn on 'Alerts', the switch should stay on",
    "see 'Saved' and no error is shown",
    "Set Volume to 80 and Theme to Dark, save, reload, both should still be set",
    "Fill Name with Ana and City with Rome. Click Cancel. Both should be unchanged",
    "Delete 'Ana'. After saving, 'Ana' is no longer shown",
    "Fill Name with 'b'. Al guardarlo debe verse 'x'",
    "the list should contain 'Ana' with 'Admin' and 'Bo'",
    "see 'Saved' and frob 'B'",
    "see 'Saved' and the price",
    "see 'Saved' and the button 'B'",
    "click 'Save' and the price '34,00'",
    "click 'Save' and not 'Cancel'",
    "see 'A' instead of clicking 'B'",
    "the total is 5 instead of 7 or 8",
    "the total is 5 instead of the old one",
    "The row should say Admin",
    JANE + "The row should say Admin or Editor",
    JANE + "The row should not say Viewer",
    JANE + "The row should say anything but Viewer",
    JANE + "The row should look right",
    JANE + "Only the row should say Admin",
    "Click Edit in the row of Ana. Click Edit in the row of Bo. The row should say Admin",
    "the row of the first user should say Admin",
    "the row of Ana should say more",
    "Assign the ticket to Dana. Its row should say Open",
    "Remove Greta from the team 'Design'. She is no longer there",
    "It should no longer be visible",
    DELETE + "It should not be on the home page anymore",
    DELETE + "It should not be empty",
    DELETE + "It should be visible when I come back",
    MAKE + "Delete the invoice INV-7. It should be visible",
    "the message appears in the chat",
    "Type 'a' into A and 'b' into B. The message appears in the chat",
    "the summary should list Globex",
    "Type Admin into Role. The summary should list Admin",
    "Type Admin into Role. The message appears in the chat",
    "the wishlist should contain Oak Table",
    "the switch should stay on",
    "turn on 'Alerts' and 'News', the switch should stay on",
    "turn on 'Alerts', fill Name with Ana, it should be on",
    "fill A with 1. Both should still be set",
    "The field must contain 'Berlin'",
    "the event should then say You're late and the button is red",
    "click Save and verify no error is shown",
    "no error is shown",
    "the list should contain everything with a total of €360.00",
]  # fmt: skip


@pytest.mark.parametrize(("goal", "text", "near"), IN_ROWS)
def test_a_row_is_the_one_that_was_named(goal: str, text: str, near: str) -> None:
    one = understand(goal).instructions[-1]

    assert one.target is not None
    assert (one.verb, one.target.name, one.target.near) == ("see", text, near)


@pytest.mark.parametrize(("goal", "verb", "name"), SEEN)
def test_a_pronoun_is_the_only_thing_that_was_named(goal: str, verb: str, name: str) -> None:
    one = understand(goal).instructions[-1]

    assert (one.verb, one.target.name if one.target else "") == (verb, name)


@pytest.mark.parametrize("goal", UNCLEAR)
def test_what_may_be_meant_of_something_else_is_not_understood(goal: str) -> None:
    assert understand(goal).unclear is not None


@pytest.mark.parametrize(("goal", "meant"), BESIDES)
def test_what_is_expected_besides_is_looked_for_as_well(goal: str, meant: list[str]) -> None:
    read = understand(goal).instructions

    assert [" ".join([one.verb, *([one.target.name] if one.target else []), *one.values]) for one in read] == meant


def test_all_that_a_list_shall_show_is_looked_for_in_the_list() -> None:
    read = understand("the list should contain INV-1 and 'INV-2'").instructions

    assert [one.target.within for one in read if one.target] == ["list", "list"]


@pytest.mark.parametrize("goal", ["neither Anna nor Bruno among them", "no están ni Anna ni Bruno"])
def test_of_two_that_are_denied_none_is_to_be_seen(goal: str) -> None:
    assert [(one.verb, one.target.name) for one in understand(goal).instructions if one.target] == [
        ("unseen", "Anna"),
        ("unseen", "Bruno"),
    ]


def test_after_a_reload_the_page_is_loaded_anew_before_it_is_looked_at() -> None:
    read = understand("turn on 'Alerts' and check that it stays on after reloading the page").instructions

    assert [(one.verb, one.how) for one in read[1:]] == [("visit", "again"), ("state", "checked")]


def test_a_dialog_that_must_be_gone_is_any_dialog_whatever_the_page_calls_it() -> None:
    read = understand("Open the dialog New customer, press Escape, and it shouldn't be visible any longer")

    assert getattr(victory(read.instructions), "selector_hidden", None) == ("role=dialog >> visible=true",)


def test_what_has_no_room_in_a_condition_of_victory_is_not_understood() -> None:
    assert understand(f"the row of '{'x' * 400}' should say '{'y' * 400}'").unclear is not None
