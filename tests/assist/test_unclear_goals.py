"""A sentence that nobody understands is named; nothing is guessed, and nothing is done before it."""

import pytest
from looks import asked, button, page

from ghostly.assist.goals.language import understand
from ghostly.assist.goals.unclear import advice
from ghostly.assist.offline.planning import propose

UNCLEAR = [
    ("Click 'Save'. Then be happy. Click 'Next'", "be happy"),
    ("click it", "click it"),
    ("haz clic en eso", "haz clic en eso"),
    ("Click Save if it is there", "Click Save if it is there"),
    ("si hay un aviso, pulsa Aceptar", "si hay un aviso"),
    ("click Next 3 times", "click Next 3 times"),
    ("wait 5 seconds", "wait 5 seconds"),
    ("see an error message", "see an error message"),
    ("verify that the page works", "verify that the page works"),
    ("see 'Milk' in the cart", "see 'Milk' in the cart"),
    ("type 'hello'", "type 'hello'"),
    ("I should be taken to the dashboard", "I should be taken to the dashboard"),
    ("see ''", "see ''"),
    ("...", "..."),
]


@pytest.mark.parametrize(("goal", "sentence"), UNCLEAR)
def test_the_sentence_is_named(goal: str, sentence: str):
    proposal = propose(asked(goal, page(button("Save"), button("Next"))))

    assert (proposal.unclear, proposal.steps) == (sentence, ())


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Click the 'Price' frobnicator", "'frobnicator'"),
        ("Pulsa el 'Precio' cachivache", "'cachivache'"),
        ("click it", "'it'"),
        ("click Next if it is there", "Conditions"),
        ("see an error message", "which text"),
        ("type 'hello'", "done to"),
        ("go to https://evil.example", "another site"),
    ],
)
def test_what_is_an_instruction_already_is_told_which_word_is_not_known(sentence: str, told: str):
    assert told in advice(sentence)


@pytest.mark.parametrize(
    "url", ["https://evil.example/x", "evil.example", "//evil.example/", "http://shop.example:81/"]
)
def test_no_step_leads_to_another_origin(url: str):
    proposal = propose(asked(f"click Save, go to {url}", page(button("Save"))))

    assert proposal.steps == ()
    assert proposal.unclear


@pytest.mark.parametrize(
    "goal",
    [
        "click any button but 'Delete'",
        "click any button, but 'Delete'",
        "check 'A' but 'B'",
        "pulsa cualquier botón pero 'Borrar'",
        "click 'Save', 'Send' but 'Delete'",
        "select 'Red' but 'Blue'",
    ],
)
def test_what_is_left_out_is_no_second_name(goal: str):
    assert understand(goal).instructions == ()


def test_but_may_stand_before_an_instruction():
    assert [one.verb for one in understand("click 'Save', but fill Name with Ana").instructions] == [
        "click",
        "fill",
    ]
