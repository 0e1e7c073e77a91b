"""What the healer takes for the lost control, and when it takes none."""

import pytest
from msgspec.structs import replace

from ghostly.domain.observation import Box, Control
from ghostly.domain.steps import (
    Check,
    Click,
    ExpectVisible,
    Fill,
    Goto,
    SelectOption,
    WaitForSelector,
)
from tests.lost import CANCEL, SAVE, card, heal, renamed

EMAIL = Control(
    selector="#mail", role="textbox", name="Email", tag="input", type="email", id="mail", label="Email"
)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "x-17"},
        {"name": "Save changes", "text": "Save changes", "id": "x-17"},
        {"name": "SAVE", "text": "SAVE", "id": "x-17"},
        {"name": "Svae", "text": "Svae", "id": "x-17"},
        {"name": "Guardar", "text": "Guardar", "id": "x-17"},
        {
            "id": "x-17",
            "path": "html/body/div/button",
            "neighbours": ("Phone",),
            "box": Box(600, 9, 80, 30),
        },
        {"name": "Put away", "text": "Put away", "classes": "b"},
    ],
)
def test_what_was_changed_in_some_ways_is_found_by_the_others(changes):
    healed = heal(CANCEL, renamed(**changes))

    assert healed is not None
    assert healed.step == Click(selector="#new")


def test_of_rows_the_one_is_found_that_stands_in_the_same_row():
    lost = replace(card("Blue mug", "#lost"), alike=2)

    healed = heal(card("Red mug", "#a"), card("Blue mug", "#b"), card("Tray", "#c"), fingerprint=lost)

    assert healed.control.selector == "#b"


def test_all_else_of_the_step_stays():
    fill = Fill(selector="#mail", value="a@b.c", timeout_ms=900, label="Mail")

    healed = heal(renamed(EMAIL, id="m2"), step=fill, fingerprint=EMAIL)

    assert healed.step == replace(fill, selector="#new")


def test_score_runner_up_and_reasons_are_told():
    other = replace(SAVE, selector="#o", id="", name="Save all", text="Save all", neighbours=(), box=None)

    healed = heal(renamed(id="x", name="Save changes", text="Save changes"), other)

    assert 0.5 < healed.score <= 1
    assert healed.runner_up["name"] == "Save all"
    assert healed.runner_up["score"] < healed.score
    assert healed.rationale.startswith("The button 'Save' was renamed: 'Save changes' stands where it stood, same")


def test_what_was_never_seen_is_found_by_the_words_of_its_selector():
    healed = heal(
        CANCEL, renamed(id="x-1", name="Save address"), step=Click(selector="#save-address"), fingerprint=None
    )

    assert healed.control.name == "Save address"
    assert healed.rationale.startswith("Nothing matches '#save-address' any more")


def test_a_selector_in_which_a_letter_is_missing_is_understood():
    healed = heal(CANCEL, renamed(id="add-todo", name="Add"), step=Click(selector="#ad-todo"), fingerprint=None)

    assert healed.control.id == "add-todo"


@pytest.mark.parametrize(
    "controls",
    [
        (),
        (CANCEL,),
        (renamed(id="", box=None), replace(renamed(id="", box=None), selector="#other")),
        (renamed(role="link", tag="a", id=""),),
        (renamed(enabled=False),),
        (renamed(visible=False),),
        (renamed(id="x", name="Name", text="Name"),),
        (renamed(id="x", name="Print", text="Print"),),
        (renamed(id="x", name="Discard", text="Discard"),),
    ],
    ids=[
        *("nothing is there", "a neighbour", "equally good", "another kind", "disabled", "hidden"),
        *("what stood beside it", "another name in its place", "the contrary"),
    ],
)
def test_in_doubt_nothing_is_taken(controls):
    assert heal(*controls) is None


def test_the_last_row_that_is_left_is_not_taken_for_the_one_that_was_deleted():
    lost = replace(card("Blue mug", "#lost"), alike=1)

    assert heal(card("Red mug", "#a"), fingerprint=lost) is None


def test_what_a_person_rejected_is_not_taken_again():
    assert heal(renamed(id="x"), rejected=("#new",)) is None


def test_the_contrary_is_not_taken_though_it_has_the_same_id():
    follow = replace(SAVE, name="Follow", text="Follow")

    assert heal(renamed(follow, name="Unfollow", text="Unfollow"), fingerprint=follow) is None


@pytest.mark.parametrize("name", ["No", "So", "Gone", "Go on"])
def test_of_a_tiny_text_a_letter_more_is_another_word(name):
    go = replace(SAVE, name="Go", text="Go", id="", neighbours=(), box=None, path="", classes="")

    assert heal(renamed(go, name=name, text=name), fingerprint=go) is None


@pytest.mark.parametrize(
    ("step", "other"),
    [
        (Fill(selector="#x", value="a"), {"role": "button", "tag": "button"}),
        (Check(selector="#x"), {"role": "textbox", "tag": "input", "type": "text"}),
        (SelectOption(selector="#x", value="a"), {"role": "combobox", "tag": "input", "type": "text"}),
        (Fill(selector="#x", value="a"), {"role": "checkbox", "tag": "input", "type": "checkbox"}),
    ],
)
def test_a_step_is_never_done_with_a_control_that_it_cannot_be_done_with(step, other):
    control = Control(selector="#y", name="Terms", id="terms", **other)

    assert heal(control, step=step, fingerprint=None) is None
    assert heal(control, step=step, fingerprint=replace(control, selector="#x")) is None


def test_what_was_typed_into_a_password_is_never_typed_where_it_can_be_seen():
    password = Control(selector="#p", role="textbox", name="Password", tag="input", type="password", id="p")
    fill = Fill(selector="#p", value="x", secret=True)

    assert heal(renamed(password, type="text"), step=fill, fingerprint=password) is None


@pytest.mark.parametrize(
    "step",
    [
        ExpectVisible(selector="#save"),
        WaitForSelector(selector="#save", state="hidden"),
        Goto(url="/"),
    ],
)
def test_what_only_looks_is_not_repaired(step):
    assert heal(renamed(id="x"), step=step) is None


def test_a_selector_that_says_nothing_of_the_control_heals_nothing():
    assert heal(SAVE, CANCEL, step=Click(selector="form > button:nth-child(2)"), fingerprint=None) is None
